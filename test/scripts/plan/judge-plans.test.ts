import { describe, expect, test } from "vitest";
import { parseForeignPlan, readPlan, readPlanBytes } from "../../../catalog/terraform-plan/read-plan.ts";
import { viewOf } from "../../../scripts/engine/read-view.ts";
import { readDay } from "../../../scripts/options.ts";
import { judgePlans } from "../../../scripts/plan/judge-plans.ts";
import { planResult } from "../../../scripts/plan/put-into-words.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { selectFindings } from "../../../scripts/plan/selection.ts";
import { findingsText } from "../../../scripts/render/findings-text.ts";
import { plain } from "../../../scripts/render/style.ts";
import { realTree } from "../../tree.ts";
import { ROOT } from "../run.ts";
import { checkResult } from "./planned.ts";

const TREE = readCheckedTree(realTree());

/** The findings of a recorded plan, as `judge` has them. */
function judged(row: string, lang: "zh" | "en" = "en") {
  const file = `test/plans/${row}.json`;
  const plan = { id: row, file, view: viewOf(readPlan(parseForeignPlan(file, readPlanBytes(`${ROOT}/${file}`, file)))) };
  const result = checkResult(
    planResult(selectFindings(judgePlans(TREE, [plan], { at: readDay("2026-01-15"), pool: undefined }), undefined), lang),
  );
  return [...result.findings, ...result.systems.flatMap(({ findings }) => findings)];
}

const ROWS = [
  "create-system",
  "retire-all",
  "port-mac-change",
  "key-pair-change",
  "subnet-cidr-change",
  "server-remove",
  "firewall-rule-open",
  "flavor-resize",
  "kubernetes-namespace",
  "key-manager-payload-change",
] as const;

describe("A plan that another pipeline made", () => {
  test.each(ROWS)("has its findings in its own file, each with its address: %s", (row) => {
    const found = judged(row);
    expect(found.length).toBeGreaterThan(0);
    for (const { location, address } of found) {
      expect(location).toEqual({ file: `test/plans/${row}.json`, line: 1, column: 1 });
      expect(address).not.toBe("");
    }
  });

  test.each(ROWS)("is not told to write in a declaration that it has not: %s", (row) => {
    for (const { policy, message, remedy } of judged(row)) {
      expect(`${policy}: ${message} ${remedy}`).not.toMatch(
        /\b(listens|accepts|removals|declares?|retirement|the platform(?!'s engineers))\b|Let from/,
      );
    }
    for (const { policy, message, remedy } of judged(row, "zh"))
      expect(`${policy}：${message} ${remedy}`).not.toMatch(/listens|accepts|removals|申报|平台没有|把 from/);
  });

  test("is not held against what nobody declared, but world-open ports are refused", () => {
    const policies = (row: string) => [...new Set(judged(row).map(({ policy }) => policy))];
    for (const row of ROWS) expect(policies(row)).not.toContain("exposure/no-undeclared-listening");
    expect(judged("firewall-rule-open").filter(({ policy }) => policy.startsWith("exposure/"))).toMatchObject([
      {
        policy: "exposure/no-world-open-admin-port",
        level: "mandatory",
        address: "openstack_fw_rule_v2.ssh",
        message: "Cannot open the administration port tcp 22 (SSH) to any address: wanted the operators' network alone",
        remedy: "Let the rule's source be the operators' network alone, or take the rule out",
      },
    ]);
  });

  test("loses nothing unasked: the change is taken back where the plan was made", () => {
    expect(judged("server-remove").filter(({ policy }) => policy === "damage/no-data-lost")).toMatchObject([
      {
        address: "openstack_compute_instance_v2.api-2",
        message: "Cannot let data be lost: server api-2 is deleted; there is no declaration that could attest to what becomes of them",
        remedy: "Take the change back where it was made: without a declaration of the system nothing can ask for it",
      },
    ]);
  });

  test("is offered no waiver: none could name it", () => {
    const context = { lang: "en", paint: plain, say: (_: string, en: string) => en } as const;
    expect(findingsText(judged("firewall-rule-open"), 40, context).join("\n")).not.toContain("waive");
  });
});
