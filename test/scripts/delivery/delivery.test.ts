import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
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
  change: "added",
  lines: [{ item: "14", before: "0", after: "500", ...LINE }],
  monthly: { before: "0.00", after: "135.00", delta: "135.00" },
  resources: [],
  exposure: [],
  findings: [],
};
const ORIGIN = { fingerprint: `sha256:${"a".repeat(64)}`, commit: "b".repeat(40), request: "12" };
const LINES = [{ item: "14", before: "0", after: "500" }];
const LIST = { before: "0.00", after: "135.00" };

function recordOf(system: SystemResult | undefined, instant = "2026-01-15T10:00:00.999Z"): Delivery {
  const systems = system === undefined ? [] : [system];
  return delivery({ id: "hrss/a", stack: "hrss--a" }, { systems }, { evidence: "applied", instant: new Date(instant), origin: ORIGIN });
}

test.each([
  { why: "a new system", system: SYSTEM, expected: { action: "delivered", lines: LINES, list: LIST } },
  { why: "a change", system: { ...SYSTEM, change: "changed" as const }, expected: { action: "changed", lines: LINES, list: LIST } },
  {
    why: "a retirement, which leaves a tombstone",
    system: { ...SYSTEM, change: "changed" as const, stage: "retired" },
    expected: { action: "withdrawn", lines: LINES, list: LIST },
  },
  { why: "a removal", system: { ...SYSTEM, change: "removed" as const }, expected: { action: "withdrawn", lines: LINES, list: LIST } },
  { why: "a system that the plan does not show", system: undefined, expected: { action: "changed", lines: null, list: null } },
])("records $why", ({ system, expected }) => {
  const record = recordOf(system);
  expect(record).toEqual({
    schema: "govcloud/delivery/1",
    system: "hrss/a",
    stack: "hrss--a",
    evidence: "applied",
    at: "2026-01-15T18:00:00+08:00",
    ...ORIGIN,
    ...expected,
  });
  expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
});

test("a delivery late in the evening, UTC, is the next day's in Shanghai", () => {
  expect(recordOf(SYSTEM, "2025-12-31T16:00:00Z").at).toBe("2026-01-01T00:00:00+08:00");
});
