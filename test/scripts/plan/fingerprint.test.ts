import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { fingerprintOf, type Parts, partsAgain } from "../../../scripts/plan/fingerprint.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { digestOfProgram } from "../../../scripts/version.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { ROOT } from "../run.ts";
import { planned, wholeTreeWith } from "./planned.ts";

const JOB_SERVICE = "stacks/tenants/hrss/job-service.yaml";
const grow = withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 6", "first");
const result = planned(wholeTreeWith(grow), realTree());

/** What differs between two plans, part by part. */
function moved(before: Parts, after: Parts): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]).sort();
}

describe("the fingerprint of a plan", () => {
  test.each([
    {
      meanwhile: "another bureau adds a system",
      changes: {
        "stacks/tenants/ecology/rivers.yaml":
          "name: 河流监测\nstage: trial\nmlps: 2\npool: gov\nclassified: false\nstorage: { objectGb: 1000 }\nbackupGb: 500\n",
      },
    },
    {
      meanwhile: "another bureau grows",
      changes: withReplaced("stacks/tenants/housing/provident-fund.yaml", "cpu: 8", "cpu: 16", "first"),
    },
    { meanwhile: "another bureau's file changes", changes: withReplaced("stacks/tenants/big-data/tenant.yaml", "name:", "# 说明\nname:") },
    {
      meanwhile: "a sister system of the bureau grows",
      changes: withReplaced("stacks/tenants/hrss/social-insurance.yaml", "cpu: 8", "cpu: 10", "first"),
    },
  ])("stays through a rebase in which $meanwhile", ({ changes }) => {
    const rebased = planned(wholeTreeWith({ ...changes, ...grow }), wholeTreeWith(changes));
    expect(moved(result.parts, rebased.parts)).toEqual([]);
    expect(rebased.fingerprint).toBe(result.fingerprint);
    expect(rebased.total.list.delta).toBe(result.total.list.delta);
  });

  test("stays from day to day, and in another language", () => {
    expect(planned(wholeTreeWith(grow), realTree(), { lang: "zh" }).fingerprint).toBe(result.fingerprint);
  });

  const book = "catalog/price-books/2025-06-20.yaml";
  test.each([
    {
      edit: "one core more",
      head: withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 7", "first"),
      moves: ["declaration hrss/job-service", "money hrss/job-service", "resources hrss/job-service"],
    },
    {
      edit: "a port opened",
      head: { [JOB_SERVICE]: (grow[JOB_SERVICE] ?? "").replace("listens: [", "listens: [{ port: 8080, from: internet }, ") },
      moves: ["declaration hrss/job-service", "exposure hrss/job-service", "resources hrss/job-service"],
    },
    {
      edit: "a comment in the declaration",
      head: { [JOB_SERVICE]: `${grow[JOB_SERVICE]}# 说明\n` },
      moves: ["declaration hrss/job-service"],
    },
    {
      edit: "the bureau's own file, which touches its other system too",
      head: { ...grow, ...withReplaced("stacks/tenants/hrss/tenant.yaml", "name:", "# 说明\nname:") },
      moves: ["declaration hrss/social-insurance", "declaration-before hrss/social-insurance", "tenant hrss"],
    },
    {
      edit: "what it is compared with",
      base: withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 5", "first"),
      moves: ["declaration-before hrss/job-service", "money hrss/job-service", "resources hrss/job-service"],
    },
  ])("changes with $edit, and the parts say so", ({ head = grow, base = {}, moves }) => {
    const other = planned(wholeTreeWith(head), wholeTreeWith(base));
    expect(moved(result.parts, other.parts)).toEqual(moves);
    expect(other.fingerprint).not.toBe(result.fingerprint);
  });

  test.each([
    ["a price", withReplaced(book, '"0.45"', '"0.44"', "first")],
    ["a pool", withReplaced("catalog/pools.yaml", "pools:\n", "pools: # 说明\n")],
  ])("changes with %s of the catalogue", (_, changes) => {
    const other = planned(wholeTreeWith({ ...changes, ...grow }), wholeTreeWith(changes));
    expect(moved(result.parts, other.parts).slice(0, 2)).toEqual(["catalogue", "catalogue-before"]);
    expect(other.fingerprint).not.toBe(result.fingerprint);
  });

  test("is that of its parts, and of what a result says: an edited result has another", () => {
    expect(fingerprintOf(result.parts)).toBe(result.fingerprint);
    expect(fingerprintOf(partsAgain(result))).toBe(result.fingerprint);
    const [system] = result.systems;
    if (system === undefined) throw new Error("the plan shows no system");
    const edits: Partial<PlanResult>[] = [
      { verdict: "refused" },
      { contract: "another" },
      { systems: [] },
      { systems: [{ ...system, monthly: { ...system.monthly, delta: "0.00" } }] },
      { systems: [{ ...system, resources: system.resources.map((each) => ({ ...each, damage: [] })) }] },
      {
        systems: [
          { ...system, exposure: [] },
          { ...system, id: "hrss/other" },
        ],
      },
      { parts: { ...result.parts, "declaration hrss/job-service": "none" } },
      { parts: { ...result.parts, "anything more": "none" } },
    ];
    for (const edit of edits) expect(fingerprintOf(partsAgain({ ...result, ...edit }))).not.toBe(result.fingerprint);
    // What a result says of itself counts for nothing.
    const claimed = { ...result, systems: [{ ...system, exposure: [] }] };
    expect(fingerprintOf(partsAgain({ ...claimed, parts: { ...claimed.parts } }))).toBe(
      fingerprintOf(partsAgain({ ...claimed, parts: { ...claimed.parts, [`exposure ${system.id}`]: "sha256:0" } })),
    );
  });

  test("names what the engine plans, against which state", () => {
    const engine = { stack: "hrss--job-service", planned: "sha256:1", state: { lineage: "a", serial: 3 } };
    const print = (changes: object) => fingerprintOf(partsAgain(result, [{ ...engine, ...changes }]));
    const prints = [
      fingerprintOf(partsAgain(result)),
      print({}),
      print({ planned: "sha256:2" }),
      print({ state: { lineage: "a", serial: 4 } }),
      print({ state: { lineage: "b", serial: 3 } }),
      print({ state: null }),
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("the digest of the program", () => {
  /** A copy of what the digest covers, without what npm installs. */
  const copy = () => {
    const folder = mkdtempSync(join(tmpdir(), "govcloud-program-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    for (const name of [
      "catalog",
      "stacks",
      "policies",
      "cost",
      "scripts",
      "package-lock.json",
      "providers/openstack/schema.json",
      "providers/openstack/force-new.json",
    ]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    return `${folder}/`;
  };

  test.each([
    ["a policy", "policies/price/no-price-above-ceiling.ts", true],
    ["a reader", "catalog/day.ts", true],
    ["a schema", "catalog/schema/system.schema.json", true],
    ["the packages", "package-lock.json", true],
    ["a declaration", "stacks/tenants/hrss/job-service.yaml", false],
    ["the centre's waivers", "policies/waivers.yaml", false],
  ])("%s: %s", (_, path, counts) => {
    const folder = copy();
    const before = digestOfProgram(folder);
    appendFileSync(join(folder, path), "\n");
    expect(digestOfProgram(folder) !== before).toBe(counts);
  });
});
