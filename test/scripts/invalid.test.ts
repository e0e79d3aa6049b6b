import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIAGNOSTIC_RULES } from "../../scripts/render/diagnostic-rules.ts";
import { SAMPLES } from "../tree.ts";
import { govcloud, ROOT } from "./run.ts";

const FILE = "stacks/tenants/hrss/job-service.yaml";
const STALE = "the report of an earlier run\n";

let work: string;
let tree: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-invalid-"));
  tree = join(work, "request");
  cpSync(SAMPLES, tree, { recursive: true });
  const declared = readFileSync(join(tree, FILE), "utf8");
  writeFileSync(join(tree, FILE), declared.replace("stage: production", "stagee: production"));
  writeFileSync(join(work, "broken.json"), '{"format_version": "1.2"');
  writeFileSync(
    join(work, "usage.csv"),
    "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage\nhrss/job-service,web,1,2026-01-01,2026-01-31,101,,,1\n",
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const validators = Object.fromEntries(
  ["plan", "check", "right-size", "right-size-review"].map((name) => [
    name,
    new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(`${ROOT}/scripts/schema/${name}.schema.json`, "utf8")) as object,
    ),
  ]),
);

/** One way to call each command with something invalid, and what a document of each format begins with and holds. */
const FINDINGS = ["sarif", "junit", "codequality", "github"];
const COMMANDS = [
  {
    command: "plan",
    schema: "plan",
    args: () => ["plan", "--base", "none", "--tree", tree],
    file: FILE,
    code: "unknown-key",
    formats: ["text", "markdown", "json", ...FINDINGS],
  },
  {
    command: "check",
    schema: "check",
    args: () => ["check", "--base", "none", "--tree", tree],
    file: FILE,
    code: "unknown-key",
    formats: ["text", "json", ...FINDINGS],
  },
  {
    command: "judge",
    schema: "plan",
    args: () => ["judge", join(work, "broken.json"), "--tree", SAMPLES],
    file: "broken.json",
    code: "syntax",
    formats: ["text", "markdown", "json", ...FINDINGS],
  },
  {
    command: "right-size",
    schema: "right-size",
    args: () => ["right-size", "--month", "2026-01", "--usage", join(work, "usage.csv"), "--at", "2026-02-02", "--tree", SAMPLES],
    file: "usage.csv",
    code: "out-of-range",
    formats: ["text", "markdown", "json", "csv", "html"],
  },
  {
    command: "right-size of an invalid tree",
    schema: "right-size",
    args: () => ["right-size", "--month", "2026-01", "--usage", join(work, "usage.csv"), "--at", "2026-02-02", "--tree", tree],
    file: FILE,
    code: "unknown-key",
    formats: ["text", "markdown", "json", "csv", "html"],
  },
  {
    command: "right-size --review",
    schema: "right-size-review",
    args: () => ["right-size", "--review", "2026-01", "--usage", join(work, "usage.csv"), "x", "--at", "2026-03-02", "--tree", SAMPLES],
    file: "usage.csv",
    code: "out-of-range",
    formats: ["text", "markdown", "json"],
  },
] as const;

const FIRST: Readonly<Record<string, RegExp>> = {
  text: /broken\.json:1:|usage\.csv:2:46: |job-service\.yaml:\d+:\d+: /,
  markdown: /^## ⛔ INVALID\n/,
  json: /^\{\n {2}"schema": "govcloud\/(plan|check|right-size|right-size-review)\/1",\n {2}"verdict": "invalid"/,
  sarif: /^\{\n {2}"\$schema": "https:\/\/docs\.oasis-open\.org\/sarif/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="govcloud (plan|check|judge)" tests="\d+" failures="\d+"/,
  codequality: /^\[\n {2}\{\n {4}"description"/,
  github: /^::error file=/,
  csv: /^file,line,column,code,message,remedy\r\n\S+,\d+,\d+,/,
  html: /^<!doctype html>\n<html lang="en">.*<h1>⛔ INVALID<\/h1>/s,
};

const CASES = COMMANDS.flatMap((each) => each.formats.map((format) => ({ ...each, format })));

describe("An invalid request", () => {
  test.each(CASES)("of $command is told in $format too, in the place of an earlier report", ({ args, file, code, format }) => {
    const out = join(work, `report.${format}`);
    writeFileSync(out, STALE);
    const printed = govcloud([...args(), "--format", format]);
    const kept = govcloud([...args(), "--format", format, "--out", out]);
    expect([printed.code, kept.code, kept.stdout]).toEqual([3, 3, ""]);
    for (const { stderr } of [printed, kept]) expect(stderr).toContain(file);
    const written = readFileSync(out, "utf8");
    expect(written).toMatch(FIRST[format] ?? /^$/);
    expect(written).toContain(file);
    // In text the errors stand on standard error already.
    if (format === "text") expect([printed.stdout, written]).toEqual(["", printed.stderr]);
    else expect(written).toBe(printed.stdout);
    if (format !== "text") expect(written).toContain(code);
  });

  test.each(COMMANDS)("of $command follows the schema of its result, in both languages", ({ args, schema, code }) => {
    for (const lang of ["zh", "en"] as const) {
      const result = JSON.parse(govcloud([...args(), "--format", "json", "--lang", lang]).stdout);
      const validate = validators[schema];
      expect(validate?.(result), JSON.stringify(validate?.errors)).toBe(true);
      expect(result.schema).toBe(`govcloud/${schema}/1`);
      expect(result.diagnostics.map((each: { code: string }) => each.code)).toContain(code);
      for (const { message, remedy } of result.diagnostics) {
        expect(/\p{Script=Han}/u.test(message), message).toBe(lang === "zh");
        expect(/\p{Script=Han}/u.test(remedy), remedy).toBe(lang === "zh");
      }
    }
  });

  test("names file, line, column and the spelling that was meant", () => {
    const { diagnostics } = JSON.parse(govcloud(["check", "--base", "none", "--tree", tree, "--format", "json"]).stdout);
    const line = readFileSync(join(tree, FILE), "utf8").split("\n").indexOf("stagee: production") + 1;
    expect(diagnostics).toContainEqual({
      code: "unknown-key",
      message: expect.stringContaining('"stagee"'),
      remedy: "Did you mean: stage",
      location: { file: FILE, line, column: 1 },
    });
  });

  test.each([
    { what: "a base that does not exist", args: ["plan", "--base", "no-such-revision"] },
    { what: "a selection of nothing", args: ["check", "--select", "price", "--skip", "price"] },
    { what: "a plan file that does not exist", args: ["judge", "no-such.json"] },
    { what: "use from nowhere", args: ["right-size"] },
    { what: "a review of no month", args: ["right-size", "--review", "2026-13", "--usage", "http://127.0.0.1:9"] },
  ])("is told without a place where the command was called wrongly: $what", ({ args }) => {
    const out = join(work, "called.json");
    writeFileSync(out, STALE);
    const { code, stderr } = govcloud([...args, "--format", "json", "--out", out], { env: { CI: "", GOVCLOUD_USAGE: "" } });
    const { verdict, diagnostics } = JSON.parse(readFileSync(out, "utf8"));
    expect({ code, verdict }).toEqual({ code: 3, verdict: "invalid" });
    expect(diagnostics).toEqual([
      {
        code: "invalid-request",
        message: stderr.trimEnd(),
        remedy: "Mend the options or what is compared with, and call it again; --help shows how",
        location: null,
      },
    ]);
  });

  test("is told in every report that was asked for, each in its format", () => {
    const [junit, sarif] = [join(work, "more.xml"), join(work, "more.sarif")];
    for (const file of [junit, sarif]) writeFileSync(file, STALE);
    const { code } = govcloud(["check", "--base", "none", "--tree", tree, "--report", `junit=${junit}`, "--report", `sarif=${sarif}`]);
    expect(code).toBe(3);
    expect([readFileSync(junit, "utf8"), readFileSync(sarif, "utf8")]).toEqual([
      expect.stringMatching(/<testsuites .*stagee/s),
      expect.stringMatching(/"version": "2\.1\.0".*stagee/s),
    ]);
  });

  test("whose report cannot be written either is told once, and exits with 3", () => {
    const { code, stdout, stderr } = govcloud(["check", "--tree", tree, "--format", "json", "--out", "no/such/folder/x.json"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(FILE);
  });

  test("has a title and a remedy in both languages for every kind of error", () => {
    for (const { title, remedy } of Object.values(DIAGNOSTIC_RULES))
      for (const { zh, en } of [title, remedy]) {
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).not.toMatch(/\p{Script=Han}/u);
      }
  });
});
