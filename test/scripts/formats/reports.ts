import { diagnoseFile, InvalidInput, InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import type { Lang } from "../../../catalog/text.ts";
import type { Waiver } from "../../../catalog/waiver.ts";
import { readDay } from "../../../scripts/options.ts";
import { buildPlan, type Plan } from "../../../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { allFindings, type FindingsReport, findingsReport, type ReportedFinding } from "../../../scripts/render/findings-report.ts";
import { invalidReport } from "../../../scripts/render/invalid-report.ts";
import { waiver } from "../../policies/waiver/waivers.ts";
import { treeWith } from "../../tree.ts";

export const PATH = "stacks/tenants/hrss/new-system.yaml";
export const TENANT = { "stacks/tenants/hrss/tenant.yaml": "name: 人力资源和社会保障局\n" };
export const NAME = `"]]>&<b> %0A::error::[x](https://evil.example){0}`;

/** A system that is classified (line 5) and has a server of 999 cores (line 9). */
export const systemFile = (name: string, before = "") => `${before}name: ${JSON.stringify(name)}
stage: trial
mlps: 2
pool: gov
classified: true
servers:
  app:
    family: general
    cpu: 999
    memoryGb: 16
    image: kylin-v10-sp3
    systemDisk: { type: ssd, sizeGb: 60 }
`;

export function planOf(files: Readonly<Record<string, string>>, waivers: readonly Waiver[] = []): Plan {
  const tree = readCheckedTree(treeWith({ ...TENANT, ...files }));
  return buildPlan(tree, { at: readDay("2026-01-15"), base: undefined, all: true, waivers });
}

const WAIVER = waiver({ policy: "size/require-server-within-limits", system: "hrss/new-system", address: "servers.app" });
export const PLAN = planOf({ [PATH]: systemFile(NAME) });
export const WAIVED = planOf({ [PATH]: systemFile(NAME) }, [WAIVER]);

export function report(plan: Plan = PLAN, lang: Lang = "en", selection?: FindingsReport["selection"]): FindingsReport {
  return findingsReport(plan, { command: "check", lang, selection });
}

/** The first finding of a policy. */
export function findingOf(findings: readonly ReportedFinding[], policy: string): ReportedFinding {
  const found = findings.find((finding) => finding.policy === policy);
  if (found === undefined) throw new Error(`wanted a finding of ${policy}`);
  return found;
}

/** A report with one finding of which every text is these words. */
export function hostileReport(words: string): FindingsReport {
  const finding = findingOf(allFindings(report()), "security/no-classified-system");
  const suites = [
    {
      id: words,
      name: words,
      judging: [],
      findings: [{ ...finding, address: words, attribute: words, message: words, remedy: words, clause: words }],
    },
  ];
  return { ...report(), notices: [], suites };
}

/** A file with two errors, one of them with a spelling that was meant, and a command that was called wrongly. */
export const INVALID = new InvalidInput([
  {
    ...diagnoseFile(PATH, "unknown-key", { zh: "没有键 “familiy”", en: 'Cannot use the key "familiy"' }),
    range: { line: 9, column: 3, length: 7 },
    didYouMean: "family",
  },
  {
    ...diagnoseFile(PATH, "too-deep", { zh: "嵌套超过 20 层", en: "Cannot read more than 20 levels" }),
    range: { line: 12, column: 1, length: 1 },
  },
]);
export const MISCALLED = new InvalidRequest({ zh: "没有基准 x", en: "Cannot find base x" });

export function reportInvalid(error: InvalidInput | InvalidRequest = INVALID, lang: Lang = "en"): FindingsReport {
  return invalidReport(error, { command: "check", lang });
}

export const HOSTILE = [
  `</failure></testcase></testsuite><testcase name="x"/>`,
  "]]>",
  "<!-- -->",
  "<?xml?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
  `"' onload="x`,
  "line\n::error file=x::forged",
  "line\r\n::add-mask::x",
  "%0A::set-output name=x::y",
  "a:b,c%d",
  "\u001b[31mred\u001b]8;;https://evil.example\u0007link",
  "\u0000\u0008\ufffe\uffff",
  "\ud800 half",
  "\u202egnirts",
  "[click](https://evil.example) ![i](x)",
  "{0} {{1}} \\[",
  "| a | b |\n|---|---|",
  "${jndi:ldap://x} %{if true} $${x}",
  "=cmd()",
  "__proto__",
];
