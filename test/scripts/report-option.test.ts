import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { govcloud } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "govcloud-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["plan", "check"])(
  "one run of %s writes every report that a forge reads, the same as by itself, and exits with its verdict",
  (command) => {
    const at = ["--at", "2026-01-15", ...(command === "plan" ? ["--base", "none", "--system", "hrss/job-service"] : [])];
    const formats = command === "plan" ? ["json", "markdown"] : ["codequality", "junit"];
    const file = (format: string) => join(folder, `${command}.${format}`);
    const together = govcloud([command, ...at, ...formats.flatMap((format) => ["--report", `${format}=${file(format)}`])]);
    const alone = govcloud([command, ...at]);
    expect([together.code, together.stdout]).toEqual([alone.code, alone.stdout]);
    for (const format of formats) {
      const { stdout } = govcloud([command, ...at, "--format", format]);
      expect(readFileSync(file(format), "utf8") === stdout, format).toBe(true);
    }
  },
);

test.each([["sarif"], ["sarif="], ["pdf=plan.pdf"], ["=x"]])("refuses --report %s, naming what is wanted", (value) => {
  const before = readdirSync(folder);
  const { code, stderr } = govcloud(["check", "--report", value]);
  expect(code).toBe(3);
  expect(stderr).toContain("wanted <format>=<file>, the format one of text, json, sarif, junit, codequality, github");
  expect(readdirSync(folder)).toEqual(before);
});
