import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clauseWords } from "../../catalog/clause-words.ts";
import { diagnoseFile, InvalidInput, InvalidRequest } from "../../catalog/source/diagnostic.ts";
import type { Lang } from "../../catalog/text.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import { isSelected } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { CheckResult } from "../../scripts/check.ts";
import { readDay } from "../../scripts/options.ts";
import { buildPlan, type Plan } from "../../scripts/plan/build-plan.ts";
import { countFindings } from "../../scripts/plan/count-findings.ts";
import { planResult } from "../../scripts/plan/put-into-words.ts";
import { readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { areaOf, readSelection, selectFindings } from "../../scripts/plan/selection.ts";
import { renderCodeQuality } from "../../scripts/render/findings-codequality.ts";
import { renderGithub } from "../../scripts/render/findings-github.ts";
import { renderJunit } from "../../scripts/render/findings-junit.ts";
import { allFindings, type FindingsReport, findingsReport, type ReportedFinding } from "../../scripts/render/findings-report.ts";
import { renderSarif } from "../../scripts/render/findings-sarif.ts";
import { invalidReport } from "../../scripts/render/invalid-report.ts";
import { renderPlanMarkdown } from "../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../scripts/render/plan-text.ts";
import { waiver } from "../policies/waiver/waivers.ts";
import { SAMPLES, treeWith } from "../tree.ts";
import { checkResult } from "./plan/planned.ts";
import { govcloud, ROOT } from "./run.ts";

const AT = ["--at", "2026-01-15"];
/** No pipeline, whatever runs these tests. */
const LOCAL = { env: { CI: "" } };
const PATH = "stacks/tenants/hrss/new-system.yaml";
const TENANT = { "stacks/tenants/hrss/tenant.yaml": "name: 人力资源和社会保障局\n" };
const NAME = `"]]>&<b> %0A::error::[x](https://evil.example){0}`;

/** A system that is classified (line 5) and has a server of 999 cores (line 9). */
const SYSTEM = (name: string, before = "") => `${before}name: ${JSON.stringify(name)}
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

function planOf(files: Readonly<Record<string, string>>, waivers: readonly Waiver[] = []): Plan {
  const tree = readCheckedTree(treeWith({ ...TENANT, ...files }));
  return buildPlan(tree, { at: readDay("2026-01-15"), base: undefined, all: true, waivers });
}

const WAIVER = waiver({ policy: "size/require-server-within-limits", system: "hrss/new-system", address: "servers.app" });
const PLAN = planOf({ [PATH]: SYSTEM(NAME) });
const WAIVED = planOf({ [PATH]: SYSTEM(NAME) }, [WAIVER]);

function report(plan: Plan = PLAN, lang: Lang = "en", selection?: FindingsReport["selection"]): FindingsReport {
  return findingsReport(plan, { command: "check", lang, selection });
}

const of = (findings: readonly ReportedFinding[], policy: string): ReportedFinding => {
  const found = findings.find((finding) => finding.policy === policy);
  if (found === undefined) throw new Error(`wanted a finding of ${policy}`);
  return found;
};

/** A report with one finding of which every text is these words. */
function hostileReport(words: string): FindingsReport {
  const finding = of(allFindings(report()), "security/no-classified-system");
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
const INVALID = new InvalidInput([
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
const MISCALLED = new InvalidRequest({ zh: "没有基准 x", en: "Cannot find base x" });

function reportInvalid(error: InvalidInput | InvalidRequest = INVALID, lang: Lang = "en"): FindingsReport {
  return invalidReport(error, { command: "check", lang });
}

const HOSTILE = [
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

describe("A report", () => {
  const findings = allFindings(report());

  test("leads every finding back to the line and the characters that somebody wrote", () => {
    expect(of(findings, "security/no-classified-system").place).toEqual({ file: PATH, line: 5, column: 13, endColumn: 17 });
    expect(of(findings, "size/require-server-within-limits").place).toEqual({ file: PATH, line: 9, column: 10, endColumn: 13 });
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
    const before = readCheckedTree(treeWith({ ...TENANT, [PATH]: SYSTEM("新系统") }));
    const plan = buildPlan(readCheckedTree(treeWith(TENANT)), { at: readDay("2026-01-15"), base: before, all: true });
    const vanished = of(allFindings(report(plan)), "life-cycle/no-vanished-file");
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
    const moved = planOf({ [PATH]: SYSTEM(NAME, "# a comment\n\n# another\n") });
    const prints = (plan: Plan) => allFindings(report(plan)).map(({ fingerprint }) => fingerprint);
    expect(of(allFindings(report(moved)), "security/no-classified-system").place?.line).toBe(8);
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

describe("SARIF", () => {
  // Microsoft's package carries the schema of the standard in an older dialect of JSON Schema, whose only difference here is `id`.
  const schemaFile = `${ROOT}/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json`;
  const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8")) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  ajv.addFormat("uri", (value) => URL.canParse(value));
  ajv.addFormat("uri-reference", (value) => URL.canParse(value, "https://base.example/") && !/[\s<>"{}|\\^`]/.test(value));
  ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T/);
  const validate = ajv.compile(schema);

  // biome-ignore lint/suspicious/noExplicitAny: the tests look into a foreign format
  function sarif(of: FindingsReport): any {
    const log: unknown = JSON.parse(renderSarif(of));
    if (!validate(log)) throw new Error(`breaks the schema of SARIF: ${JSON.stringify(validate.errors, null, 2)}`);
    return log;
  }

  test("is refused by the schema where it is wrong, so that passing means something", () => {
    const log = JSON.parse(renderSarif(report())) as { runs: { results: { level: string }[] }[] };
    const [result] = log.runs[0]?.results ?? [];
    if (result !== undefined) result.level = "fatal";
    expect(validate(log)).toBe(false);
  });

  test.each(["zh", "en"] as const)("is valid in %s, with every policy as a rule in that language", (lang) => {
    const [run] = sarif(report(PLAN, lang)).runs;
    const { driver } = run.tool;
    expect([driver.name, run.language, run.columnKind]).toEqual(["govcloud", lang === "zh" ? "zh-CN" : "en-US", "utf16CodeUnits"]);
    expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual(POLICIES.map(({ id }) => id));
    for (const [index, rule] of driver.rules.entries()) {
      const policy = POLICIES[index];
      expect(rule.shortDescription.text).toBe(policy?.title[lang]);
      expect(rule.fullDescription.text).toBe(policy?.why[lang]);
      expect(rule.help.text).toContain(policy?.remedy[lang]);
      expect(rule.help.text).toContain(clauseWords(policy?.clause ?? "", lang));
      expect(rule.defaultConfiguration.level).toBe(policy?.level === "mandatory" ? "error" : "warning");
      expect(rule.name).toMatch(/^(No|Require)[A-Za-z0-9]+$/);
    }
  });

  test("has a result at the characters that cause it, by rule and logical place", () => {
    const [run] = sarif(report()).runs;
    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "size/require-server-within-limits");
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe("size/require-server-within-limits");
    expect(result.level).toBe("error");
    expect(result.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: PATH, uriBaseId: "SRCROOT" },
          region: { startLine: 9, startColumn: 10, endColumn: 13 },
        },
        logicalLocations: [{ name: "servers.app", fullyQualifiedName: "hrss/new-system/servers.app.cpu", kind: "object" }],
      },
    ]);
    expect(Object.keys(run.originalUriBaseIds)).toEqual(["SRCROOT"]);
    expect(result.partialFingerprints["govcloudFinding/v1"]).toMatch(/^[0-9a-f]{64}$/);
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 2 });
  });

  test("gives a Terraform address as a resource, and advice as a warning", () => {
    const base = report();
    const finding = of(allFindings(base), "size/require-server-within-limits");
    const address = "openstack_compute_instance_v2.servers_app-1";
    const suites = [
      { id: "a/b", name: "", judging: [], findings: [{ ...finding, level: "advisory", address, attribute: "flavor_id" } as const] },
    ];
    const [result] = sarif({ ...base, suites }).runs[0].results;
    expect(result.level).toBe("warning");
    expect(result.locations[0].logicalLocations[0]).toEqual({
      name: address,
      fullyQualifiedName: `hrss/new-system/${address}.flavor_id`,
      kind: "resource",
    });
  });

  test("shows what is waived as suppressed, with who decided and where", () => {
    const { results } = sarif(report(WAIVED)).runs[0];
    const of = (policy: string) => results.find(({ ruleId }: { ruleId: string }) => ruleId === policy);
    expect(of("size/require-server-within-limits").suppressions).toEqual([
      {
        kind: "external",
        status: "accepted",
        justification: "Waived until 2026-01-15 (0 days left): 年终结算; owner 信息科, approver 大数据中心主任",
        location: {
          physicalLocation: {
            artifactLocation: { uri: "policies/waivers.yaml", uriBaseId: "SRCROOT" },
            region: { startLine: 2, startColumn: 5 },
          },
        },
      },
    ]);
    expect(of("security/no-classified-system").suppressions).toEqual([]);
  });

  test.each(HOSTILE)("keeps %j as text: no link, no placeholder, no control character", (words) => {
    const written = renderSarif(hostileReport(words));
    const { message, locations } = sarif(hostileReport(words)).runs[0].results[0];
    expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|\\u00(0|1)|\\u202e|\\ud800/i);
    // An unescaped bracket would begin a link, a single brace a placeholder.
    expect(message.text.replace(/\\[\\[\]]/g, "").replace(/\{\{|\}\}/g, "")).not.toMatch(/[[\]{}]/);
    expect(locations).toHaveLength(1);
  });

  test("of more results than GitHub shows keeps the gravest, and says how many are left out", () => {
    const base = report();
    const grave = of(allFindings(base), "security/no-classified-system");
    const advice = Array.from({ length: 5000 }, () => ({ ...grave, level: "advisory" as const }));
    const run = sarif({ ...base, notices: [], suites: [{ id: "a/b", name: "", judging: [], findings: [...advice, grave] }] }).runs[0];
    expect([run.results.length, run.results[0].level]).toEqual([5000, "error"]);
    expect(run.invocations[0].toolConfigurationNotifications).toEqual([
      { level: "warning", message: { text: "1 more is left out: see --format json" } },
    ]);
  });

  test("of an invalid request has a rule for each kind of error, and every error where it stands", () => {
    const [run] = sarif(reportInvalid()).runs;
    expect(run.tool.driver.rules.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      ["invalid-input/unknown-key", "UnknownKey"],
      ["invalid-input/too-deep", "TooDeep"],
    ]);
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 3, exitCodeDescription: "INVALID" });
    expect(run.properties).toEqual({ verdict: "invalid" });
    expect(
      run.results.map((each: { ruleId: string; level: string; message: { text: string }; locations: object[] }) => [
        each.ruleId,
        each.level,
        each.message.text,
        each.locations,
      ]),
    ).toEqual([
      [
        "invalid-input/unknown-key",
        "error",
        'Cannot use the key "familiy"',
        [
          {
            physicalLocation: {
              artifactLocation: { uri: PATH, uriBaseId: "SRCROOT" },
              region: { startLine: 9, startColumn: 3, endColumn: 10 },
            },
          },
        ],
      ],
      ["invalid-input/too-deep", "error", "Cannot read more than 20 levels", [expect.anything()]],
    ]);
    expect(sarif(reportInvalid(MISCALLED, "zh")).runs[0].results).toMatchObject([
      { ruleId: "invalid-input/invalid-request", message: { text: "没有基准 x" }, locations: [] },
    ]);
  });

  test("encodes a path that is none of a plain name", () => {
    const base = report();
    const [finding] = allFindings(base);
    if (finding === undefined) throw new Error("wanted a finding");
    const place = { file: "stacks/tenants/a b/100%#?.yaml", line: 1, column: 1, endColumn: undefined };
    const suites = [{ id: "a/b", name: "", judging: [], findings: [{ ...finding, place }] }];
    const { uri } = sarif({ ...base, suites }).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe("stacks/tenants/a%20b/100%25%23%3F.yaml");
  });
});

describe("JUnit", () => {
  function parse(of: FindingsReport): Element {
    const xml = renderJunit(of);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    const root = new DOMParser({
      onError: (level, message) => {
        if (level !== "warning") throw new Error(`${level}: ${message}`);
      },
    }).parseFromString(xml, "text/xml").documentElement;
    if (root === null) throw new Error("wanted an element");
    return root;
  }
  const children = (element: Element, name: string) => [...element.childNodes].filter((node): node is Element => node.nodeName === name);
  const suiteOf = (root: Element, name: string): Element => {
    const suite = children(root, "testsuite").find((each) => each.getAttribute("name") === name);
    if (suite === undefined) throw new Error(`wanted the suite ${name}`);
    return suite;
  };
  const caseOf = (suite: Element, name: string) => children(suite, "testcase").find((each) => each.getAttribute("name") === name);

  // Elements with their attributes and children, as junit-10.xsd of Jenkins' xUnit plugin allows them and as far as they are used here.
  const ALLOWED: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
    testsuites: { attributes: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
    testsuite: { attributes: ["name", "time", "tests", "failures", "errors", "skipped"], children: ["properties", "testcase"] },
    properties: { attributes: [], children: ["property"] },
    property: { attributes: ["name", "value"], children: [] },
    testcase: { attributes: ["name", "time", "classname"], children: ["failure", "skipped"] },
    failure: { attributes: ["type", "message"], children: [] },
    skipped: { attributes: ["type", "message"], children: [] },
  };

  test.each([
    { what: "refused", of: report() },
    { what: "with waivers", of: report(WAIVED, "zh") },
    { what: "invalid", of: reportInvalid() },
    { what: "called wrongly", of: reportInvalid(MISCALLED) },
    { what: "partial", of: report(PLAN, "en", { select: ["price"], skip: [], judged: 1, of: 2 }) },
  ])("holds to the schema of its readers: $what", ({ of }) => {
    for (const element of [...parse(of).getElementsByTagName("*"), parse(of)]) {
      const allowed = ALLOWED[element.nodeName];
      expect(allowed, element.nodeName).toBeDefined();
      for (const { name } of [...element.attributes]) expect(allowed?.attributes, element.nodeName).toContain(name);
      for (const child of [...element.childNodes].filter(({ nodeType }) => nodeType === 1))
        expect(allowed?.children, element.nodeName).toContain(child.nodeName);
    }
  });

  test("has a suite per system and a case per finding and per policy that passes, each counted", () => {
    const root = parse(report());
    expect(children(root, "testsuite").map((suite) => suite.getAttribute("name"))).toEqual([
      "govcloud",
      "contract",
      "platform",
      "hrss/new-system",
    ]);
    const system = suiteOf(root, "hrss/new-system");
    const names = children(system, "testcase").map((each) => each.getAttribute("name"));
    for (const { id, scope } of POLICIES) if (scope === "system") expect(names).toContain(id);
    for (const element of [root, ...children(root, "testsuite")]) {
      const count = (name: string) => String(element.getElementsByTagName(name).length);
      expect([element.getAttribute("tests"), element.getAttribute("failures")]).toEqual([count("testcase"), count("failure")]);
      if (element !== root) expect(element.getAttribute("skipped")).toBe(count("skipped"));
    }
  });

  test("says what failed, where, and what to do; what passed is empty", () => {
    const suite = suiteOf(parse(report()), "hrss/new-system");
    const failed = caseOf(suite, "security/no-classified-system");
    expect(failed?.getAttribute("classname")).toBe("hrss/new-system");
    const [failure] = failed === undefined ? [] : children(failed, "failure");
    expect(failure?.getAttribute("type")).toBe("mandatory violation");
    expect(failure?.getAttribute("message")).toBe("Cannot host a classified system (classified: true)");
    expect(failure?.textContent).toBe(
      `${PATH}:5:13: Cannot host a classified system (classified: true). Remedy: Take a classified system through its own channel; if this was a slip, write classified: false · system hrss/new-system · address hrss/new-system · attribute classified · contract 8.2.5`,
    );
    expect(caseOf(suite, "price/require-every-resource-priced")?.childNodes).toHaveLength(0);
  });

  test("says what makes a request invalid, where, and what to do", () => {
    const told = (error: InvalidInput | InvalidRequest) => {
      const root = parse(reportInvalid(error));
      expect(root.getAttribute("failures")).toBe(root.getAttribute("tests"));
      return [...root.getElementsByTagName("testcase")].map((each) => [each.getAttribute("name"), each.textContent?.trim()]);
    };
    expect(told(INVALID)).toEqual([
      ["invalid-input/too-deep", `${PATH}:12:1: Cannot read more than 20 levels. Remedy: Nest less deep`],
      ["invalid-input/unknown-key", `${PATH}:9:3: Cannot use the key "familiy". Remedy: Did you mean: family`],
    ]);
    expect(told(MISCALLED)).toEqual([
      [
        "invalid-input/invalid-request",
        "Cannot find base x. Remedy: Mend the options or what is compared with, and call it again; --help shows how",
      ],
    ]);
  });

  test("shows what is waived as skipped", () => {
    const waived = caseOf(suiteOf(parse(report(WAIVED)), "hrss/new-system"), "size/require-server-within-limits");
    const [skipped] = waived === undefined ? [] : children(waived, "skipped");
    expect(skipped?.getAttribute("message")).toContain("Waived until 2026-01-15");
  });

  test("shows advice as skipped, and does not fail for it", () => {
    const plan = buildPlan(readCheckedTree(treeWith(TENANT)), { at: readDay("2026-07-01"), base: undefined, all: true });
    const root = parse(report(plan));
    const advice = caseOf(suiteOf(root, "contract"), "life-cycle/require-contract-in-force");
    expect(root.getAttribute("failures")).toBe("0");
    const [skipped] = advice === undefined ? [] : children(advice, "skipped");
    expect(skipped?.getAttribute("message")).toMatch(/^advice: Contract baotou-2025 ended/);
  });

  test("a policy on the whole contract that finds something in a system does not pass for the contract", () => {
    const files = Object.fromEntries(
      ["one", "two"].map((system) => [
        `stacks/tenants/hrss/${system}.yaml`,
        `name: 系统${system}\nstage: production\nmlps: 2\npool: gov\nclassified: false\ncolocation: { rackUnits: [{ rack: A01, from: 1, to: 2, powerW: 100 }] }\n`,
      ]),
    );
    const root = parse(report(planOf(files)));
    const overlap = children(root, "testsuite").filter((suite) => caseOf(suite, "capacity/no-rack-overlap") !== undefined);
    expect(overlap.map((suite) => suite.getAttribute("name"))).toEqual(["hrss/two"]);
  });

  test("says in every suite that a run is partial", () => {
    const partial = parse(report(PLAN, "en", { select: ["price"], skip: [], judged: 1, of: 2 }));
    for (const suite of children(partial, "testsuite")) {
      const properties = [...suite.getElementsByTagName("property")].map(
        (each) => `${each.getAttribute("name")}=${each.getAttribute("value")}`,
      );
      expect(properties).toContain("partial=PARTIAL: only 1 of 2 policies judged (--select price); this verdict accepts nothing");
    }
  });

  test("numbers the further findings of a policy, so that forges tell them apart", () => {
    const base = report();
    const one = of(allFindings(base), "security/no-classified-system");
    const suites = [{ id: "a/b", name: "", judging: [], findings: [one, one, one] }];
    const cases = children(suiteOf(parse({ ...base, suites }), "a/b"), "testcase");
    expect(cases.map((each) => each.getAttribute("name"))).toEqual([
      "security/no-classified-system",
      "security/no-classified-system (2)",
      "security/no-classified-system (3)",
    ]);
  });

  test("carries a system's display name as it is", () => {
    const properties = suiteOf(parse(report()), "hrss/new-system").getElementsByTagName("property");
    expect([...properties].map((each) => `${each.getAttribute("name")}=${each.getAttribute("value")}`)).toContain(`name=${NAME}`);
  });

  test.each(HOSTILE)("keeps %j as text", (words) => {
    const root = parse(hostileReport(words));
    const suites = children(root, "testsuite");
    expect(suites).toHaveLength(1);
    expect(suites.flatMap((suite) => children(suite, "testcase"))).toHaveLength(1);
    expect(root.getElementsByTagName("failure")).toHaveLength(1);
  });
});

describe("GitLab code quality", () => {
  interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issues = (of: FindingsReport) => JSON.parse(renderCodeQuality(of)) as readonly Issue[];

  test("has an issue per finding with its own fingerprint and its line", () => {
    const found = issues(report());
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length);
    const issue = found.find(({ check_name: name }) => name === "security/no-classified-system");
    expect(issue).toEqual({
      description:
        "Cannot host a classified system (classified: true). Remedy: Take a classified system through its own channel; if this was a slip, write classified: false · system hrss/new-system · address hrss/new-system · attribute classified · contract 8.2.5",
      check_name: "security/no-classified-system",
      fingerprint: of(allFindings(report()), "security/no-classified-system").fingerprint,
      severity: "blocker",
      location: { path: PATH, lines: { begin: 5 } },
    });
  });

  test.each([
    { what: "a mandatory violation", finding: {}, severity: "blocker" },
    { what: "what a mandatory policy cannot determine", finding: { result: "undetermined" }, severity: "critical" },
    { what: "advice", finding: { level: "advisory" }, severity: "minor" },
  ] as const)("$what is $severity", ({ finding, severity }) => {
    const base = report();
    const one = of(allFindings(base), "security/no-classified-system");
    const suites = [{ id: "a/b", name: "", judging: [], findings: [{ ...one, ...finding }] }];
    expect(issues({ ...base, notices: [], suites }).map((issue) => issue.severity)).toEqual([severity]);
  });

  test("what is waived is info", () => {
    const waived = issues(report(WAIVED)).filter(({ check_name: name }) => name === "size/require-server-within-limits");
    expect(waived.map(({ severity }) => severity)).toEqual(["info"]);
  });

  test.each(HOSTILE)("keeps %j as text", (words) => {
    const [issue] = issues(hostileReport(words));
    expect(Object.keys(issue ?? {})).toEqual(["description", "check_name", "fingerprint", "severity", "location"]);
    expect(issue?.description).not.toMatch(/[\u0000-\u001f\u202e]|\p{Surrogate}/u);
  });
});

describe("GitHub annotations", () => {
  test("have one line per finding, at its place", () => {
    const lines = renderGithub(report()).trimEnd().split("\n");
    expect(lines).toHaveLength(1 + allFindings(report()).length);
    expect(lines.at(-1)).toMatch(/^::notice title=govcloud::Nothing was compared, /);
    expect(lines).toContain(
      `::error file=${PATH},line=5,col=13,endColumn=17,title=security/no-classified-system::Cannot host a classified system (classified: true)%0ARemedy: Take a classified system through its own channel; if this was a slip, write classified: false%0Asystem hrss/new-system · address hrss/new-system · attribute classified%0Acontract 8.2.5`,
    );
  });

  test("put the gravest first and alike ones together, for GitHub shows ten of a kind", () => {
    const base = report();
    const grave = of(allFindings(base), "security/no-classified-system");
    const advice = { ...grave, level: "advisory" as const };
    const findings = [advice, { ...grave, address: "b", fingerprint: "2" }, grave];
    const written = renderGithub({ ...base, notices: [], suites: [{ id: "a/b", name: "", judging: [], findings }] });
    expect(written.split("\n").map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", ""]);
    expect(written).toContain("address b, hrss/new-system (2 places)");
  });

  test("what is waived is a notice, and nothing found is nothing written", () => {
    const waived = renderGithub(report(WAIVED)).split("\n");
    expect(waived.filter((line) => line.includes("title=size/require-server-within-limits")).join()).toMatch(/^::notice .*Waived until/);
    expect(renderGithub({ ...report(), notices: [], suites: [] })).toBe("");
  });

  test("escape what separates, in properties more than in the message", () => {
    const base = report();
    const one = of(allFindings(base), "security/no-classified-system");
    const finding = {
      ...one,
      message: "50% a:b,c\r\nd",
      remedy: "r",
      clause: "c",
      place: { file: "a:b,c%.yaml", line: 5, column: 13, endColumn: undefined },
    };
    const written = renderGithub({ ...base, notices: [], suites: [{ id: "a/b", name: "", judging: [], findings: [finding] }] });
    expect(written).toBe(
      "::error file=a%3Ab%2Cc%25.yaml,line=5,col=13,title=security/no-classified-system::50%25 a:b,c��d%0ARemedy: r%0Asystem hrss/new-system · address hrss/new-system · attribute classified%0Ac\n",
    );
  });

  test.each(HOSTILE)("keep %j in their one line", (words) => {
    const written = renderGithub(hostileReport(words));
    expect(written.split("\n")).toEqual([expect.stringMatching(/^::error file=[^:]*::/), ""]);
    expect(written.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(written.match(/%(?!25|0D|0A|3A|2C)/g)).toBeNull();
  });
});

describe("A waiver in force is shown with its days left", () => {
  const result = planResult(WAIVED, "en");
  const decoded = (words: string) => words.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  test.each([
    { format: "text", written: renderPlanText(result, { lang: "en" }) },
    { format: "Markdown", written: renderPlanMarkdown(result, "en") },
    { format: "SARIF", written: renderSarif(report(WAIVED)) },
    { format: "JUnit", written: renderJunit(report(WAIVED)) },
    { format: "code quality", written: renderCodeQuality(report(WAIVED)) },
    { format: "GitHub annotations", written: renderGithub(report(WAIVED)) },
  ])("in $format", ({ written }) => {
    expect(decoded(written)).toContain("Waived until 2026-01-15 (0 days left): 年终结算; owner 信息科, approver 大数据中心主任");
  });

  test("and in JSON", () => {
    expect(result.systems.flatMap(({ findings }) => findings.flatMap(({ waiver: shown }) => shown ?? []))).toEqual([
      {
        reason: "年终结算",
        owner: "信息科",
        approver: "大数据中心主任",
        expires: "2026-01-15",
        daysLeft: 0,
        location: { file: "policies/waivers.yaml", line: 2, column: 5 },
      },
    ]);
  });
});

describe("What is counted in one format is counted in all", () => {
  test.each([
    { what: "refused", plan: PLAN },
    { what: "with a waiver", plan: WAIVED },
  ])("$what", ({ plan }) => {
    const { mandatory, advisory, waived } = countFindings(allFindings(report(plan)));
    const counted = (words: string, pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);
    const text = renderPlanText(planResult(plan, "en"), { lang: "en" });
    const junit = renderJunit(report(plan));
    const issues = JSON.parse(renderCodeQuality(report(plan))) as readonly { readonly severity: string }[];
    const lines = renderGithub(report(plan)).split("\n");
    expect(mandatory).toBeGreaterThan(0);
    expect([counted(text, /(\d+) mandatory/), counted(text, /(\d+) waived/), counted(text, /(\d+) of advice/)]).toEqual([
      mandatory,
      waived,
      advisory,
    ]);
    expect([counted(junit, /<testsuites [^>]*failures="(\d+)"/), junit.match(/<failure /g)?.length]).toEqual([mandatory, mandatory]);
    expect(junit.match(/<skipped /g)?.length ?? 0).toBe(advisory + waived + report(plan).notices.length);
    expect(issues.filter(({ severity }) => severity === "blocker" || severity === "critical").length).toBe(mandatory);
    expect(lines.filter((line) => line.startsWith("::error ")).length).toBe(mandatory);
  });
});

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

describe("On the command line", () => {
  let work: string;
  let refused: string;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "govcloud-formats-"));
    refused = join(work, "request");
    cpSync(SAMPLES, refused, { recursive: true });
    mkdirSync(dirname(join(refused, PATH)), { recursive: true });
    writeFileSync(join(refused, PATH), SYSTEM("新系统"));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const FIRST: Readonly<Record<string, RegExp>> = {
    sarif: /^\{\n {2}"\$schema": "https:\/\/docs\.oasis-open\.org\/sarif/,
    junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="govcloud /,
    codequality: /^\[\n {2}\{\n {4}"description"/,
    github: /^::error file=/,
  };

  test.each(["check", "plan"].flatMap((command) => Object.keys(FIRST).map((format) => ({ command, format }))))(
    "$command --format $format says where, exits with 2, and writes the same bytes twice",
    ({ command, format }) => {
      const args = [command, "--tree", refused, "--base", command === "plan" ? SAMPLES : "none", "--format", format, ...AT];
      const { code, stdout, stderr } = govcloud(args);
      expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
      expect(stdout).toMatch(FIRST[format] ?? /./);
      expect(stdout).toContain(PATH);
      const file = join(work, `${command}.${format}`);
      expect(govcloud([...args, "--out", file])).toMatchObject({ code: 2, stdout: "" });
      expect(readFileSync(file, "utf8")).toBe(stdout);
    },
  );

  test.each(Object.keys(FIRST))("check --format %s exits with 0 where the samples pass", (format) => {
    expect(govcloud(["check", "--format", format, ...AT]).code).toBe(0);
  });

  const validateCheck = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(`${ROOT}/scripts/schema/check.schema.json`, "utf8")) as object,
  );
  function checked(stdout: string): CheckResult {
    const result: unknown = JSON.parse(stdout);
    if (!validateCheck(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validateCheck.errors, null, 2)}`);
    return result as CheckResult;
  }

  test("check --format json follows its schema, what refuses first", () => {
    const { code, stdout } = govcloud(["check", "--tree", refused, "--format", "json", ...AT]);
    const result = checked(stdout);
    expect(code).toBe(2);
    expect([result.schema, result.at, result.base, result.verdict, result.selection]).toEqual([
      "govcloud/check/1",
      "2026-01-15",
      null,
      "refused",
      null,
    ]);
    expect(result.counts.systems).toBe(21);
    expect(result.counts.mandatory + result.counts.advisory + result.counts.waived).toBe(result.findings.length);
    const levels = result.findings.map(({ level }) => level);
    expect(levels).toEqual([...levels].sort().reverse());
    expect(result.findings.map(({ policy }) => policy)).toContain("security/no-classified-system");
  });

  test("the schema of check defines findings as that of plan does", () => {
    const definitions = (name: string) =>
      (JSON.parse(readFileSync(`${ROOT}/scripts/schema/${name}.schema.json`, "utf8")) as { $defs: Record<string, unknown> }).$defs;
    const [check, plan] = [definitions("check"), definitions("plan")];
    expect([check["finding"], check["waiver"]]).toEqual([plan["finding"], plan["waiver"]]);
  });

  test("check --select and --skip say first that the verdict is partial", () => {
    const args = ["check", "--tree", refused, "--select", "waiver", "--skip", "waiver/no-unused-waiver", ...AT];
    const judged = POLICIES.filter(({ id }) => id.startsWith("waiver/")).length - 1;
    const { code, stdout } = govcloud(args, LOCAL);
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe(
      `PARTIAL: only ${judged} of ${POLICIES.length} policies judged (--select waiver --skip waiver/no-unused-waiver); this verdict accepts nothing`,
    );
    expect(govcloud([...args, "--lang", "zh"], LOCAL).stdout).toMatch(/^部分结论：/);
    expect(checked(govcloud([...args, "--format", "json"], LOCAL).stdout).selection).toEqual({
      select: ["waiver"],
      skip: ["waiver/no-unused-waiver"],
      judged,
      of: POLICIES.length,
    });
  });

  test("plan --select says it in every format, and its fingerprint is never that of a whole plan", () => {
    const args = ["plan", "--base", SAMPLES, ...AT];
    const whole = checkResult(JSON.parse(govcloud([...args, "--format", "json"]).stdout));
    const partial = (format: string) => govcloud([...args, "--select", "price", "--format", format], LOCAL).stdout;
    const { selection, ...rest } = JSON.parse(partial("json")) as Record<string, unknown>;
    const result = checkResult(rest);
    expect(selection).toMatchObject({ select: ["price"], skip: [] });
    expect([whole.verdict, result.verdict]).toEqual(["accepted", "partial"]);
    expect(result.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(result.fingerprint).not.toBe(whole.fingerprint);
    expect(partial("text")).toMatch(/^PARTIAL: /);
    expect(partial("markdown")).toMatch(/^> \*\*PARTIAL/);
    expect(partial("sarif")).toContain('"toolConfigurationNotifications"');
    expect(partial("junit")).toContain("not judged: --select or --skip leaves it out");
    expect(partial("junit")).toContain('<testcase classname="govcloud" name="partial" time="0">');
    expect(partial("junit")).toContain('<skipped message="PARTIAL: only ');
    expect(partial("codequality")).toContain("govcloud/partial");
    expect(partial("github")).toMatch(/^::warning title=govcloud::PARTIAL: /);
  });

  test.each([
    { what: "in a pipeline", args: ["--select", "price"], env: { CI: "true" }, says: "Cannot use --select or --skip in a pipeline" },
    {
      what: "in a pipeline, skipping",
      args: ["--skip", "price"],
      env: { CI: "true" },
      says: "Cannot use --select or --skip in a pipeline",
    },
    {
      what: "of an unknown area",
      args: ["--select", "prise"],
      env: { CI: "" },
      says: 'Cannot find a policy or area "prise"; did you mean price',
    },
    { what: "that leaves nothing", args: ["--select", "price", "--skip", "price"], env: { CI: "" }, says: "leave no policy" },
  ])("a selection $what exits with 3", ({ args, env, says }) => {
    for (const command of ["check", "plan"]) {
      const { code, stdout, stderr } = govcloud([command, ...args, ...AT], { env });
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain(says);
    }
  });

  test("without a selection a pipeline is judged as anybody", () => {
    expect(govcloud(["check", ...AT], { env: { CI: "true" } }).code).toBe(0);
  });

  test("an unknown format is refused with those that there are", () => {
    const { code, stderr } = govcloud(["check", "--format", "pdf"]);
    expect(code).toBe(3);
    expect(stderr).toContain("wanted one of text, json, sarif, junit, codequality, github");
  });
});
