import { describe, expect, test } from "vitest";
import { readDay } from "../../../scripts/options.ts";
import { buildPlan, type Plan } from "../../../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { renderCodeQuality } from "../../../scripts/render/findings-codequality.ts";
import { renderGithub } from "../../../scripts/render/findings-github.ts";
import { renderJunit } from "../../../scripts/render/findings-junit.ts";
import { allFindings } from "../../../scripts/render/findings-report.ts";
import { renderSarif } from "../../../scripts/render/findings-sarif.ts";
import { treeWith } from "../../tree.ts";
import { findingOf, NAME, PATH, PLAN, planOf, report, systemFile, TENANT } from "./reports.ts";

describe("A report", () => {
  const findings = allFindings(report());

  test("leads every finding back to the line and the characters that somebody wrote", () => {
    expect(findingOf(findings, "security/no-classified-system").place).toEqual({ file: PATH, line: 5, column: 13, endColumn: 17 });
    expect(findingOf(findings, "size/require-server-within-limits").place).toEqual({ file: PATH, line: 9, column: 10, endColumn: 13 });
  });

  test("leads a finding at a synthesised resource to what brings it", () => {
    const [first] = PLAN.systems.flatMap(({ findings: found }) => found);
    if (first === undefined) throw new Error("wanted a finding");
    const { at: _, ...resourceFinding } = first;
    const at = (address: string) => ({ ...resourceFinding, system: "hrss/new-system", address, attribute: "x" });
    const plan = {
      ...PLAN,
      findings: [],
      systems: PLAN.systems.map((system) =>
        system.id === "hrss/new-system"
          ? { ...system, findings: [at("openstack_compute_instance_v2.servers_app-1"), at("terraform_data.records_mlps-bundle")] }
          : { ...system, findings: [] },
      ),
    };
    expect(allFindings(report(plan)).map(({ place }) => [place?.file, place?.line])).toEqual([
      [PATH, 8],
      [PATH, 3],
    ]);
  });

  test("leads a finding of the contract without a place to the contract", () => {
    const contract = { address: "contract", attribute: "", message: { zh: "错", en: "wrong" }, remedy: { zh: "改", en: "mend" } };
    const finding = { ...contract, policy: "price/x", level: "mandatory", result: "violation", clause: "合同 7" } as const;
    const [only] = allFindings(report({ ...PLAN, findings: [finding], systems: [] }));
    expect(only?.place).toEqual({ file: "catalog/contracts/baotou-2025.yaml", line: 1, column: 1, endColumn: undefined });
  });

  test("leads a finding on a file that vanished to that file, in every format", () => {
    const before = readCheckedTree(treeWith({ ...TENANT, [PATH]: systemFile("新系统") }));
    const plan = buildPlan(readCheckedTree(treeWith(TENANT)), { at: readDay("2026-01-15"), base: before, all: true });
    const vanished = findingOf(allFindings(report(plan)), "life-cycle/no-vanished-file");
    expect([vanished.place, vanished.location]).toEqual([
      { file: PATH, line: 1, column: 1, endColumn: undefined },
      { file: PATH, line: 1, column: 1 },
    ]);
    for (const { location, place } of allFindings(report(plan)))
      expect(location).toEqual({ file: place?.file, line: place?.line, column: place?.column });
    expect(renderSarif(report(plan))).toContain(`"uri": "${PATH}"`);
    expect(renderJunit(report(plan))).toContain(`${PATH}:1:1: Cannot let`);
    expect(renderCodeQuality(report(plan))).toContain(`"path": "${PATH}"`);
    expect(renderGithub(report(plan))).toContain(`::error file=${PATH},line=1,col=1,title=life-cycle/no-vanished-file::`);
  });

  test("fingerprints survive lines that move, and are unique", () => {
    const moved = planOf({ [PATH]: systemFile(NAME, "# a comment\n\n# another\n") });
    const prints = (plan: Plan) => allFindings(report(plan)).map(({ fingerprint }) => fingerprint);
    expect(findingOf(allFindings(report(moved)), "security/no-classified-system").place?.line).toBe(8);
    expect(prints(moved)).toEqual(prints(PLAN));
    expect(new Set(prints(PLAN)).size).toBe(prints(PLAN).length);
    const twice = { ...PLAN, systems: PLAN.systems.map((system) => ({ ...system, findings: [...system.findings, ...system.findings] })) };
    expect(new Set(prints(twice)).size).toBe(prints(twice).length);
    expect(prints(twice)).toEqual(expect.arrayContaining(prints(PLAN)));
  });

  test("fingerprints do not depend on the language", () => {
    expect(allFindings(report(PLAN, "zh")).map(({ fingerprint }) => fingerprint)).toEqual(findings.map(({ fingerprint }) => fingerprint));
  });
});
