import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deliveryRecorder } from "../../../scripts/delivery/record-deliveries.ts";
import type { SavedPlan, SavedStack } from "../../../scripts/engine/saved-plan.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { scratch } from "../engine/fixtures.ts";

const stack = (id: string, changes: boolean): SavedStack => ({
  id,
  stack: id.replace("/", "--"),
  changes,
  planned: "",
  state: null,
  files: {},
});
const system = (id: string, change: string) => ({ id, change, stage: "production", lines: [], monthly: { before: "0.00", after: "0.00" } });

test("what a run that was broken off had made is recorded by the next one as found; what no change asked for is not", async () => {
  const file = join(scratch(), "deliveries.jsonl");
  const saved = {
    fingerprint: `sha256:${"a".repeat(64)}`,
    stacks: [stack("hrss/made", false), stack("hrss/now", true), stack("hrss/failed", true), stack("hrss/idle", false)],
  } as unknown as SavedPlan;
  const systems = [
    system("hrss/made", "added"),
    system("hrss/now", "added"),
    system("hrss/failed", "added"),
    system("hrss/idle", "unchanged"),
  ];
  const recorder = await deliveryRecorder(
    { saved, result: { systems } as unknown as PlanResult, approvedBy: { kind: "signed", by: [] } },
    { deliveries: file, lang: "en" },
    { CI_COMMIT_SHA: "not a commit", CI_MERGE_REQUEST_IID: "7; rm" },
  );
  recorder.tell({ stack: "hrss--now", result: "applied", done: [], unfinished: [], failed: [] });
  recorder.tell({ stack: "hrss--failed", result: "failed", done: [], unfinished: [], failed: [] });
  recorder.tellFound();
  const records = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(records.map(({ system, evidence, action, commit, request }) => ({ system, evidence, action, commit, request }))).toEqual([
    { system: "hrss/now", evidence: "applied", action: "delivered", commit: null, request: null },
    { system: "hrss/made", evidence: "found", action: "delivered", commit: null, request: null },
  ]);
  expect(recorder.lost()).toBe(0);
});
