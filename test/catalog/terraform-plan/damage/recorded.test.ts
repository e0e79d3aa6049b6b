import { describe, expect, test } from "vitest";
import { RECORDED_PLANS } from "../recorded-plans.ts";
import { FIREWALL, shop, VENDED } from "../shop.ts";
import { EXPOSURE } from "./recorded/exposure.ts";
import { NETWORKS } from "./recorded/networks.ts";
import { PLATFORM } from "./recorded/platform.ts";
import { SERVERS } from "./recorded/servers.ts";
import { STORAGE } from "./recorded/storage.ts";
import { changesOf, check, damageOf, edit, type Row } from "./rows.ts";

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  Servers: SERVERS,
  "Networks and addresses": NETWORKS,
  Exposure: EXPOSURE,
  "Volumes, shares, containers": STORAGE,
  "Quotas, identity, pools, keys, VPN, security cluster": PLATFORM,
};

describe("A whole system, as recorded:", () => {
  test("no-op: the same configuration changes nothing, and lists every resource so", () => {
    const changes = changesOf(shop(), shop());
    expect(changes).toHaveLength(22);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["no-op"]));
    expect(damageOf(changes)).toEqual([]);
  });

  test("create-system, delayed-auth-no-cloud: all is created and nothing is harmed", () => {
    const system = { ...shop(), ...FIREWALL, ...VENDED };
    const changes = changesOf({}, system);
    expect(changes).toHaveLength(33);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["create"]));
    expect(damageOf(changes)).toEqual([]);
  });

  test("retire-all: all is deleted, and the damage is data lost", () => {
    const changes = changesOf({ ...shop(), ...FIREWALL }, {});
    expect(changes).toHaveLength(26);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(["delete"]));
    expect(damageOf(changes)).toEqual(["data-lost"]);
  });

  test("retire-all with its project, aggregate and namespace: data lost too, and nothing else that anybody could notice", () => {
    expect(damageOf(changesOf({ ...shop(), ...FIREWALL, ...VENDED }, {}))).toEqual(["data-lost"]);
  });

  test("declaration-only-change: a record is updated and no cloud object is touched", () => {
    check({
      row: "",
      after: edit("terraform_data.declaration", { input: { owner: "team-b" } }),
      changes: ["update terraform_data.declaration"],
      damage: [],
    });
  });
});

describe.each(Object.entries(ROWS))("%s, as recorded:", (_subject, rows) => {
  test.each(rows)("$row", check);
});

/** Recorded plans of a whole system, which the tests above tell. */
const WHOLE = ["no-op", "create-system", "delayed-auth-no-cloud", "retire-all", "declaration-only-change"];

/** What only the engine's own plan, or the cloud, can tell: two configurations do not differ in it. */
const UNSEEN: Readonly<Record<string, string>> = {
  tainted: "the state holds the mark, no configuration does",
  "power-state-drift": "nothing changes in the configuration: a server was stopped behind it",
  "image-deleted": "nothing changes in the configuration: an image was deleted behind it",
  "image-deleted-by-name": "nothing changes in the configuration: an image was deleted behind it",
  drift: "nothing changes in the configuration: volume, server and rules changed behind it",
  "flavor-deleted-then-changed": "a flavor deleted behind the configuration makes a replacement of what is a resize",
  "quota-exceeded": "the quota is the cloud's, and other systems' servers count too",
  "quota-volume-type-endless-diff": "nothing changes in the configuration: the cloud reads back more keys",
  forget: "a removed block is no resource: compared, what it names is deleted",
  import: "an import block is no resource",
  moved: "a moved block is no resource: compared, one address goes and another comes",
};

test("Every recorded plan is told by a row, or stands among those that a comparison cannot see", () => {
  const told = new Set([...WHOLE, ...Object.values(ROWS).flatMap((rows) => rows.map(({ row }) => row))]);
  expect(RECORDED_PLANS.filter((plan) => !told.has(plan)).sort()).toEqual(Object.keys(UNSEEN).sort());
  expect(Object.keys(UNSEEN).filter((plan) => !RECORDED_PLANS.includes(plan))).toEqual([]);
});
