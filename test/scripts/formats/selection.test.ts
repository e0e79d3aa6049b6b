import { describe, expect, test } from "vitest";
import { isSelected } from "../../../policies/evaluate.ts";
import { POLICIES } from "../../../policies/index.ts";
import { areaOf, readSelection, selectFindings } from "../../../scripts/plan/selection.ts";
import { PLAN } from "./reports.ts";

describe("A selection", () => {
  test.each([
    { select: [], skip: [], policy: "price/no-x", judges: true },
    { select: ["price"], skip: [], policy: "price/no-x", judges: true },
    { select: ["price"], skip: [], policy: "pricey/no-x", judges: false },
    { select: ["price/no-x"], skip: [], policy: "price/no-x", judges: true },
    { select: ["price/no-x"], skip: [], policy: "price/no-x-more", judges: false },
    { select: ["price"], skip: ["price/no-x"], policy: "price/no-x", judges: false },
    { select: ["price/no-x"], skip: ["price"], policy: "price/no-x", judges: false },
    { select: [], skip: ["size"], policy: "price/no-x", judges: true },
  ])("select $select, skip $skip: $policy judges: $judges", ({ select, skip, policy, judges }) => {
    expect(isSelected(policy, { select, skip })).toBe(judges);
  });

  test("takes findings out and judges again; what no known policy says stays", () => {
    const without = selectFindings(PLAN, { select: [], skip: POLICIES.map(({ id }) => areaOf(id)) });
    expect([PLAN.verdict, without.verdict]).toEqual(["refused", "partial"]);
    const [finding] = PLAN.systems.flatMap(({ findings }) => findings);
    if (finding === undefined) throw new Error("wanted a finding");
    const strange = { ...PLAN, findings: [{ ...finding, policy: "nobody/knows" }] };
    expect(selectFindings(strange, { select: ["size"], skip: ["size"] }).verdict).toBe("refused");
  });

  test.each([{ CI: "true" }, { CI: "1" }, { CI: "TRUE" }, { CI: "yes" }])("is refused in a pipeline: %j", (environment) => {
    expect(() => readSelection({ select: ["price"] }, environment)).toThrow("Cannot use --select or --skip in a pipeline");
    expect(readSelection({}, environment)).toBeUndefined();
  });

  test.each([{}, { CI: "" }, { CI: "false" }, { CI: "0" }])("is allowed where no pipeline runs: %j", (environment) => {
    expect(readSelection({ select: ["price"] }, environment)?.judged).toBe(POLICIES.filter(({ id }) => id.startsWith("price/")).length);
  });
});
