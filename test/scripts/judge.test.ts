import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
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
