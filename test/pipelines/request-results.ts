import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { PlanResult } from "../../scripts/plan/result.ts";

/** What a request's jobs leave, whatever day it is: the request's growth, planned by the protected branch's program. */
export function expectResults(folder: string): void {
  const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as PlanResult;
  expect(plan.schema).toBe("govcloud/plan/1");
  expect(plan.systems.map(({ id, change, monthly }) => ({ id, change, delta: monthly.delta }))).toEqual([
    // One server more: 4 × 21.60 + 8 × 21.60 + 60 × 0.27.
    { id: "hrss/job-service", change: "changed", delta: "275.40" },
  ]);
  expect(readFileSync(join(folder, "plan.md"), "utf8")).toContain("275.40");
  expect(readFileSync(join(folder, "junit.xml"), "utf8")).toContain("<testsuites");
  expect((JSON.parse(readFileSync(join(folder, "findings.sarif"), "utf8")) as { version: string }).version).toBe("2.1.0");
}
