import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POLICIES } from "../../../policies/index.ts";
import type { CheckResult } from "../../../scripts/check.ts";
import { SAMPLES } from "../../tree.ts";
import { checkResult } from "../plan/planned.ts";
import { govcloud, ROOT } from "../run.ts";
import { PATH, systemFile } from "./reports.ts";

const AT = ["--at", "2026-01-15"];
/** No pipeline, whatever runs these tests. */
const LOCAL = { env: { CI: "" } };
describe("On the command line", () => {
  let work: string;
  let refused: string;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "govcloud-formats-"));
    refused = join(work, "request");
    cpSync(SAMPLES, refused, { recursive: true });
    mkdirSync(dirname(join(refused, PATH)), { recursive: true });
    writeFileSync(join(refused, PATH), systemFile("新系统"));
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
