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
