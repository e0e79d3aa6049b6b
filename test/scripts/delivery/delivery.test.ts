import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { ApprovedBy } from "../../../scripts/approval/check-apply.ts";
import { type Delivery, delivery } from "../../../scripts/delivery/delivery.ts";
import type { SystemResult } from "../../../scripts/plan/result.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL("../../../scripts/schema/delivery.schema.json", import.meta.url), "utf8")) as object,
);

const LINE = { name: "SAS", unit: "GB", unitPrice: "0.27", unitPriceBefore: "0.27", listBefore: "0.00", listAfter: "135.00" };
const SYSTEM: SystemResult = {
  id: "hrss/a",
  tenant: "hrss",
  name: "甲系统",
  stage: "production",
  stageBefore: null,
  change: "added",
  lines: [{ item: "14", before: "0", after: "500", ...LINE }],
  monthly: { before: "0.00", after: "135.00", delta: "135.00" },
  resources: [],
  exposure: [],
  findings: [],
};
const ORIGIN = { fingerprint: `sha256:${"a".repeat(64)}`, commit: "b".repeat(40), request: "12" };
const BY = [{ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org", at: "2026-01-14T02:00:00.000Z" }] as const;
const LINES = [{ item: "14", before: "0", after: "500" }];
const LIST = { before: "0.00", after: "135.00" };

const NOBODY: ApprovedBy = { kind: "signed", by: [] };

function recordOf(system: SystemResult | undefined, instant = "2026-01-15T10:00:00.999Z", approvedBy = NOBODY): Delivery {
  const systems = system === undefined ? [] : [system];
  const run = { evidence: "applied" as const, instant: new Date(instant), origin: ORIGIN, approvedBy };
  return delivery({ id: "hrss/a", stack: "hrss--a" }, { systems }, run);
}

test.each([
  {
    why: "a new system",
    system: SYSTEM,
    expected: { action: "delivered", stage: { before: null, after: "production" }, lines: LINES, list: LIST },
  },
  {
    why: "a change of stage",
    system: { ...SYSTEM, change: "changed" as const, stageBefore: "trial" },
    expected: { action: "changed", stage: { before: "trial", after: "production" }, lines: LINES, list: LIST },
  },
  {
    why: "a retirement, which leaves a tombstone",
    system: { ...SYSTEM, change: "changed" as const, stage: "retired", stageBefore: "exiting" },
    expected: { action: "withdrawn", stage: { before: "exiting", after: "retired" }, lines: LINES, list: LIST },
  },
  {
    why: "a removal, after which nothing declares a stage",
    system: { ...SYSTEM, change: "removed" as const, stageBefore: "production" },
    expected: { action: "withdrawn", stage: { before: "production", after: null }, lines: LINES, list: LIST },
  },
  {
    why: "the platform, which has no stage",
    system: { ...SYSTEM, change: "changed" as const, stage: null },
    expected: { action: "changed", stage: { before: null, after: null }, lines: LINES, list: LIST },
  },
  { why: "a system that the plan does not show", system: undefined, expected: { action: "changed", stage: null, lines: null, list: null } },
])("records $why", ({ system, expected }) => {
  const record = recordOf(system);
  expect(record).toEqual({
    schema: "govcloud/delivery/1",
    system: "hrss/a",
    stack: "hrss--a",
    evidence: "applied",
    at: "2026-01-15T18:00:00+08:00",
    ...ORIGIN,
    approvedBy: [],
    ...expected,
  });
  expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
});

test("a delivery late in the evening, UTC, is the next day's in Shanghai", () => {
  expect(recordOf(SYSTEM, "2025-12-31T16:00:00Z").at).toBe("2026-01-01T00:00:00+08:00");
});

test.each<{ why: string; approvedBy: ApprovedBy; recorded: Delivery["approvedBy"] }>([
  { why: "those whose signatures counted", approvedBy: { kind: "signed", by: BY }, recorded: BY },
  { why: "nobody, where no rule wanted an approval", approvedBy: NOBODY, recorded: [] },
  { why: "that it is not known, where it was applied without a signature", approvedBy: { kind: "unsigned" }, recorded: null },
])("names as approvers $why", ({ approvedBy, recorded }) => {
  const record = recordOf(SYSTEM, undefined, approvedBy);
  expect(record.approvedBy).toEqual(recorded);
  expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
});
