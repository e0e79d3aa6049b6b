import { expect, test } from "vitest";
import { readDay } from "../../catalog/day.ts";
import type { Declaration } from "../../catalog/declaration.ts";
import { TAINTED } from "../../catalog/terraform-plan/planned-resource.ts";
import { applyWaivers } from "../../policies/apply-waivers.ts";
import { isSelected, judgeSystem, refuses } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import { tellOnce } from "../../policies/tell-once.ts";
import { sourceOf } from "../declared.ts";
import { changed, type Edit, SHOP, set, withApp, withDb } from "./damage/changed.ts";

const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const SMALLER = withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 50 }] });

function findings(after: Declaration, edit?: Edit) {
  const areas = POLICIES.filter(({ id }) => id.startsWith("damage/"));
  return judgeSystem(changed(SHOP, after, edit === undefined ? {} : { after: edit }), areas);
}

const policies = (found: readonly { readonly policy: string; readonly address: string }[]) =>
  found.map(({ policy, address }) => `${policy.replace("damage/", "")} ${address}`);

test.each([
  { event: "a volume shrinks", after: SMALLER, told: [`no-volume-shrink ${VOLUME}`] },
  {
    event: "a share shrinks",
    after: { ...SHOP, fileGb: 40 },
    told: ["no-volume-shrink openstack_sharedfilesystem_share_v2.storage"],
  },
  { event: "a server leaves", after: withApp({ count: 1 }), told: ["no-server-removed-without-removal servers.app"] },
  {
    event: "a volume leaves a server that stays",
    after: withDb({ dataDisks: [] }),
    told: ["no-volume-removed-without-removal servers.db.dataDisks"],
  },
  {
    event: "a server is made anew",
    after: withDb({ image: "openeuler-22.03-sp4" }),
    told: ["no-root-disk-lost openstack_compute_instance_v2.servers_db-1"],
  },
])("$event: told once", ({ after, told }) => {
  expect(policies(tellOnce(findings(after)))).toEqual(told);
});

test("What an interrupted apply left half made is told by that alone", () => {
  const server = "openstack_compute_instance_v2.servers_db-1";
  const subject = changed(SHOP, SHOP);
  const changes = subject.changes.map((each) =>
    each.address === server ? { ...each, action: "replace" as const, damage: ["root-disk-lost" as const], reason: TAINTED } : each,
  );
  const found = judgeSystem(
    { ...subject, changes },
    POLICIES.filter(({ id }) => id.startsWith("damage/")),
  );
  expect(policies(found)).toHaveLength(3);
  expect(policies(tellOnce(found))).toEqual([`no-tainted-replacement ${server}`]);
});

test("Another range for the subnet is told by what fails, and by the outages that come with it", () => {
  const found = changed({ ...SHOP, subnet: "10.20.2.0/24" }, { ...SHOP, subnet: "10.20.3.0/24" });
  expect(
    policies(
      tellOnce(
        judgeSystem(
          found,
          POLICIES.filter(({ id }) => id.startsWith("damage/")),
        ),
      ),
    ),
  ).toEqual([
    "no-change-that-fails openstack_networking_subnet_v2.network",
    "no-outage openstack_networking_router_interface_v2.network",
    "no-outage openstack_sharedfilesystem_share_access_v2.storage",
  ]);
});

test("A policy that is skipped hides nothing: what yielded to it tells the event", () => {
  const kept = findings(SMALLER).filter(({ policy }) => isSelected(policy, { select: [], skip: ["damage/no-volume-shrink"] }));
  expect(policies(tellOnce(kept))).toEqual([`no-change-that-fails ${VOLUME}`]);
});

test("A waiver of one policy hides nothing: what yielded to it still refuses", () => {
  const waiver = {
    policy: "damage/no-volume-shrink",
    system: "hrss/social",
    address: VOLUME,
    reason: "测试",
    owner: "a",
    approver: "b",
    expires: "2026-12-31",
    source: sourceOf("waivers: []\n", "policies/waivers.yaml"),
    index: 0,
    attribute: undefined,
    covers: "violation" as const,
  };
  const told = tellOnce(applyWaivers(findings(SMALLER), [waiver], readDay("2026-01-15")).findings);
  expect(policies(told)).toEqual([`no-change-that-fails ${VOLUME}`, `no-volume-shrink ${VOLUME}`]);
  expect(refuses(told)).toBe(true);
});

test("An event elsewhere is told beside it", () => {
  const found = findings(
    withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 50 }], image: "openeuler-22.03-sp4" }),
    set(VOLUME, { name: "x" }),
  );
  expect(policies(tellOnce(found))).toEqual(["no-root-disk-lost openstack_compute_instance_v2.servers_db-1", `no-volume-shrink ${VOLUME}`]);
});

test("Whatever a policy yields to is a mandatory policy that is there", () => {
  const mandatory = new Set(POLICIES.filter(({ level }) => level === "mandatory").map(({ id }) => id));
  expect(POLICIES.flatMap(({ yieldsTo = [] }) => yieldsTo.filter((id) => !mandatory.has(id)))).toEqual([]);
  expect(POLICIES.filter(({ id, yieldsTo = [] }) => yieldsTo.includes(id))).toEqual([]);
});
