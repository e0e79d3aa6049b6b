import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { clauseWords } from "../../../catalog/clause-words.ts";
import { POLICIES } from "../../../policies/index.ts";
import { allFindings, type FindingsReport } from "../../../scripts/render/findings-report.ts";
import { renderSarif } from "../../../scripts/render/findings-sarif.ts";
import { ROOT } from "../run.ts";
import { findingOf, HOSTILE, hostileReport, MISCALLED, PATH, PLAN, report, reportInvalid, WAIVED } from "./reports.ts";

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
    const finding = findingOf(allFindings(base), "size/require-server-within-limits");
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
    const grave = findingOf(allFindings(base), "security/no-classified-system");
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
