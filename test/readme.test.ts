import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { approversOf } from "../catalog/approver.ts";
import { readSource } from "../catalog/read-catalogue.ts";
import { readDeclarations } from "../catalog/read-declarations.ts";
import { readWaivers } from "../catalog/read-waivers.ts";
import { POLICIES } from "../policies/index.ts";
import { readDay } from "../scripts/options.ts";
import { buildPlan } from "../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { FINDINGS_FORMATS } from "../scripts/render/findings-formats.ts";
import { READMES, withRealOutputs } from "../scripts/setup/generate-readme.ts";
import { CATALOGUE } from "./declared.ts";
import { wholeTreeWith } from "./scripts/plan/planned.ts";
import { ROOT } from "./scripts/run.ts";
import { realTree, treeOf, withReplaced } from "./tree.ts";

const APPROVERS = "policies/approvers.yaml";

describe.each(READMES)("%s", (name) => {
  const readme = readFileSync(`${ROOT}/${name}`, "utf8");

  test("shows what the commands really print (`npm run generate` renews it)", () => {
    expect(readme).toMatch(/<!-- output of: plan /);
    expect(withRealOutputs(readme)).toBe(readme);
  });

  test("names only files and folders that exist", () => {
    const paths = [...readme.matchAll(/`((?:catalog|stacks|policies|cost|scripts|test|bench|providers)\/[A-Za-z0-9_./-]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(`${ROOT}/${path}`))).toEqual([]);
  });

  test("shows a waiver that works: without it the size is refused, with it nothing is", () => {
    const yaml = /<!-- waiver that works -->\n```yaml\n# (\S+)\n([\s\S]*?)```/.exec(readme);
    const [, path = "", words = ""] = yaml ?? [];
    expect(path).toBe("stacks/tenants/hrss/waivers.yaml");
    const head = readCheckedTree(wholeTreeWith(withReplaced("stacks/tenants/hrss/job-service.yaml", "cpu: 4", "cpu: 65", "first")));
    const systems = new Set(head.declarations.systems.map(({ id }) => id));
    const source = readSource(treeOf({ [path]: words }), path, "waivers");
    if (source.kind === "rejected") throw new Error("the README's waiver is no waivers file");
    const approvers = readSource(treeOf({ [APPROVERS]: readFileSync(`${ROOT}/${APPROVERS}`, "utf8") }), APPROVERS, "approvers");
    if (approvers.kind === "rejected") throw new Error("the program's approvers cannot be read");
    const { waivers, diagnostics } = readWaivers(source.file, {
      policies: new Map(POLICIES.map(({ id, waivableBy }) => [id, waivableBy])),
      systems,
      tenant: "hrss",
      approvers: approversOf(approvers.file),
      authorsOf: () => [{ name: "bureau", email: "bureau@example.org" }],
    });
    expect(diagnostics).toEqual([]);
    const plan = (given: typeof waivers) => {
      const {
        verdict,
        findings,
        systems: shown,
      } = buildPlan(head, {
        at: readDay("2026-01-15"),
        base: undefined,
        only: new Set(["hrss/job-service"]),
        waivers: given,
      });
      const all = [...findings, ...shown.flatMap((system) => system.findings)];
      return [verdict, all.map(({ policy, address, waiver }) => `${policy} ${address}${waiver === undefined ? "" : " waived"}`)];
    };
    expect(plan([])).toEqual(["refused", ["size/require-server-within-limits servers.web"]]);
    expect(plan(waivers)).toEqual(["accepted", ["size/require-server-within-limits servers.web waived"]]);
  });

  test("shows how damage is asked for in words that a declaration may hold", () => {
    const block = /```yaml\n(accepts: [\s\S]*?)```/.exec(readme)?.[1] ?? "";
    expect(block).toMatch(/^removals: /m);
    const path = "stacks/tenants/hrss/job-service.yaml";
    const entry = realTree().entries.get(path);
    const words = entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "";
    const { declarations, diagnostics } = readDeclarations(wholeTreeWith({ [path]: `${words}${block}` }), CATALOGUE);
    expect(diagnostics).toEqual([]);
    const system = declarations.systems.find(({ id }) => id === "hrss/job-service");
    expect([system?.accepts.length, system?.removals.length, system?.changeReason]).toEqual([1, 2, expect.stringMatching(/./)]);
  });

  test("names every format that findings are written in", () => {
    for (const format of FINDINGS_FORMATS) expect(readme).toContain(`| \`${format}\` |`);
  });

  test("gives a reason for every dependency", () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(all.filter((dependency) => !readme.includes(`\`${dependency}\``))).toEqual([]);
  });

  test("names every command", () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as { scripts: Record<string, string> };
    for (const command of ["plan", "check", "explain", "synth", "catalog", "cdktf", "bench", "generate"]) {
      expect(scripts[command], command).toBeDefined();
      expect(readme).toContain(`npm run ${command}`);
    }
  });
});
