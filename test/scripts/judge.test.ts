import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanResult } from "../../scripts/plan/result.ts";
import { SAMPLES } from "../tree.ts";
import { govcloud, ROOT } from "./run.ts";

test("A plan that would make anew what is half made is refused, and that is told once", () => {
  const args = ["judge", `${ROOT}/test/plans/tainted.json`, "--tree", SAMPLES, "--at", "2026-01-15", "--format", "json"];
  const { code, stdout } = govcloud(args);
  const [system] = (JSON.parse(stdout) as PlanResult).systems;
  const address = "openstack_compute_instance_v2.img-1";
  expect(code).toBe(2);
  expect(
    system?.findings.filter((each) => each.address === address && each.policy.startsWith("damage/")).map(({ policy }) => policy),
  ).toEqual(["damage/no-tainted-replacement"]);
  expect(system?.resources.find((each) => each.address === address)).toMatchObject({
    action: "replace",
    reason: "replace_because_tainted",
    damage: ["root-disk-lost"],
  });
});

test("A plan file that is called platform.json is not the platform, and its sums are of no contract", () => {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-judge-"));
  const file = join(folder, "platform.json");
  copyFileSync(`${ROOT}/test/plans/volume-grow-online.json`, file);
  const run = (...options: string[]) => govcloud(["judge", file, "--tree", SAMPLES, "--at", "2026-01-15", ...options]).stdout;
  const [system] = (JSON.parse(run("--format", "json")) as PlanResult).systems;
  const words = [run(), run("--format", "markdown")];
  rmSync(folder, { recursive: true });
  expect([system?.id, system?.name]).toEqual(["platform.json", "platform.json"]);
  for (const each of words) {
    expect(each).toContain("These plans, a month (CNY)");
    expect(each).not.toMatch(/whole contract|Term forecast|estimate/i);
  }
});

describe("A resource that can be priced on one side alone is in neither sum, which every format says", () => {
  const CONTAINER = "openstack_objectstorage_container_v1.archive";
  const SHARE = "openstack_sharedfilesystem_share_v2.common";
  let folder = "";
  let file = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "govcloud-judge-"));
    file = join(folder, "cq.json");
    const plan = JSON.parse(readFileSync(`${ROOT}/test/plans/container-quota-and-share-grow.json`, "utf8")) as {
      resource_changes: { address: string; change: { after: { metadata: object } } }[];
    };
    // 50·10⁹ bytes are no whole number of GB.
    for (const { address, change } of plan.resource_changes)
      if (address === CONTAINER) change.after.metadata = { "Quota-Bytes": "50000000000" };
    writeFileSync(file, JSON.stringify(plan));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...options: string[]) => govcloud(["judge", file, "--tree", SAMPLES, "--at", "2026-01-15", ...options]);

  test("in JSON", () => {
    const { code, stdout } = run("--format", "json");
    const { lines, total, notes, systems } = JSON.parse(stdout) as PlanResult;
    expect(code).toBe(2);
    // Volume 100 GB SAS at 0.27 and share 50 → 80 GB at 0.18: 27.00 + 9.00 → 27.00 + 14.40.
    expect(lines.map(({ item, before, after }) => `${item}: ${before} → ${after}`)).toEqual(["14: 100 → 100", "17: 50 → 80"]);
    expect(total.list).toEqual({ before: "36.00", after: "41.40", delta: "5.40" });
    expect(systems.map(({ monthly }) => monthly)).toEqual([total.list]);
    const servers = ["app-1", "app-2"].map((name) => `openstack_compute_instance_v2.${name}`);
    expect(notes.slice(0, 2)).toEqual([
      `3 resources cannot be priced by the catalogue and are in no sum: ${[...servers, CONTAINER].join(", ")}`,
      // 100 GB at 0.18.
      `${CONTAINER} can be priced before the change alone (18.00 CNY a month at list price) and is in neither sum: that is no saving and no rise`,
    ]);
    const [system] = systems;
    expect(system?.resources.filter(({ action }) => action === "update").map(({ address }) => address)).toEqual([CONTAINER, SHARE]);
  });

  test.each([
    { format: "text", lang: "en", sum: "36.00 → 41.40", note: "is in neither sum: that is no saving and no rise" },
    { format: "markdown", lang: "zh", sum: "41.40", note: "前后合计都不含它：不能算作节省或增加" },
  ])("in $format, in $lang", ({ format, lang, sum, note }) => {
    const { stdout } = run("--format", format, "--lang", lang);
    expect(stdout).toContain(sum);
    expect(stdout).toContain(note);
    expect(stdout).not.toMatch(/12\.60|54\.00|16 *\|? *(Object storage|对象存储)/);
  });
});

test("A volume that is made anew without a type that can be priced saves nothing", () => {
  const file = `${ROOT}/test/plans/volume-create-before-destroy.json`;
  const { stdout } = govcloud(["judge", file, "--tree", SAMPLES, "--at", "2026-01-15", "--format", "json"]);
  const { total, lines, notes } = JSON.parse(stdout) as PlanResult;
  expect([total.list, lines]).toEqual([{ before: "0.00", after: "0.00", delta: "0.00" }, []]);
  expect(notes).toEqual([
    "1 resource cannot be priced by the catalogue and is in no sum: openstack_blockstorage_volume_v3.v",
    // 2 GB SAS at 0.27.
    "openstack_blockstorage_volume_v3.v can be priced before the change alone (0.54 CNY a month at list price) and is in neither sum: that is no saving and no rise",
  ]);
});
