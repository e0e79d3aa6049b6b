import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { READMES } from "../../../scripts/setup/generate-readme.ts";
import { CONTRACT } from "../../declared.ts";
import { govcloud, ROOT } from "../run.ts";
import { checkRightSize } from "./right-size-result.ts";

const HEADER = "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage";
const CSV = [
  HEADER,
  "hrss/job-service,web,1,2026-01-01,2026-01-31,10,35,51.5,1",
  "hrss/job-service,web,2,2026-01-01,2026-01-31,15,35,44,1",
  "hrss/job-service,db,1,2026-01-01,2026-01-31,70,40,400,0.8",
  "hrss/job-service,app,1,2026-01-01,2026-01-31,70,40,40,0.79",
  "hrss/nobody,app,1,2026-01-01,2026-01-31,70,40,40,1",
].join("\n");

let work = "";
let usage = "";
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-right-size-"));
  usage = join(work, "usage.csv");
  writeFileSync(usage, `${CSV}\n`);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const run = (...args: readonly string[]) => govcloud(["right-size", "--month", "2026-01", "--usage", usage, "--at", "2026-02-02", ...args]);

test("advises from a file of CSV, as JSON by its schema", () => {
  const { code, stdout, stderr } = run("--format", "json", "--system", "hrss/job-service");
  expect([code, stderr]).toEqual([0, ""]);
  const result = checkRightSize(JSON.parse(stdout));
  expect(result.servers.map(({ server, cpu, memory, disk }) => [server, cpu.target, memory.target, disk.target])).toEqual([
    ["db", 24, 32, 470],
    ["web", 1, 4, 60],
  ]);
  expect(result.leftOut.map(({ server, index, reason }) => `${server} ${index}: ${reason}`)).toEqual([
    "app 1: system hrss/nobody is not declared",
    "app null: Of 2 servers only 0 were measured for 80 % of the month or more, fewer than half: no advice",
  ]);
});

test.each(["text", "markdown", "csv"])("writes %s in both languages", (format) => {
  const [zh, en] = ["zh", "en"].map((lang) => run("--format", format, "--lang", lang));
  expect([zh?.code, en?.code]).toEqual([0, 0]);
  expect(zh?.stdout).toMatch(/附件2 7.2/);
  expect(en?.stdout).toMatch(/Annex 2 7.2/);
});

test("writes the result to a file, and nothing but that", () => {
  const out = join(work, "advice.json");
  expect(run("--format", "json", "--out", out)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(checkRightSize(JSON.parse(readFileSync(out, "utf8"))).month).toBe("2026-01");
});

test.each([
  { what: "a month that has not ended", args: ["--at", "2026-01-31"], says: "Cannot judge usage of 2026-01" },
  { what: "a month that is none", args: ["--month", "2026-13"], says: "2026-13" },
  { what: "two places of use for one month", args: ["--usage", "/nowhere.csv"], says: "--month takes one --usage" },
  { what: "a system that is not there", args: ["--system", "hrss/job-servic"], says: "did you mean hrss/job-service" },
])("refuses $what with exit code 3", ({ args, says }) => {
  const { code, stdout, stderr } = run(...args);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain(says);
});

// What a monthly job calls; an empty variable is how a pipeline hands on what nobody defined.
test.each([
  { what: "the last month that has ended, from GOVCLOUD_USAGE", at: "2026-02-28", hasOption: false },
  { what: "the month on the first day after it", at: "2026-02-01", hasOption: false },
  { what: "--usage before GOVCLOUD_USAGE", at: "2026-02-02", hasOption: true },
])("takes $what", ({ at, hasOption }) => {
  const out = join(work, "watched.json");
  const called = ["right-size", "--at", at, "--format", "json", "--out", out, ...(hasOption ? ["--usage", usage] : [])];
  const env = { GOVCLOUD_USAGE: hasOption ? "/nowhere.csv" : usage };
  expect(govcloud(called, { env })).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(checkRightSize(JSON.parse(readFileSync(out, "utf8"))).month).toBe("2026-01");
});

test.each([
  { args: [], env: undefined },
  { args: [], env: "" },
  { args: ["--review", "2026-01"], env: undefined },
])("refuses to look for use nowhere: $args, GOVCLOUD_USAGE $env", ({ args, env }) => {
  const found = (lang: string) => govcloud(["right-size", "--at", "2026-03-02", "--lang", lang, ...args], { env: { GOVCLOUD_USAGE: env } });
  expect(found("en")).toEqual({
    code: 3,
    stdout: "",
    stderr:
      "Cannot run right-size: wanted where use is read from, --usage with an address or a file, or GOVCLOUD_USAGE in the environment\n",
  });
  expect(found("zh").stderr).toContain("GOVCLOUD_USAGE");
});

test("says in its help where month and use come from", () => {
  const { stdout } = govcloud(["right-size", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/--month .*that has ended, default: the last one.*--usage .*default: GOVCLOUD_USAGE/);
});

test.each([...READMES, "--help"])("%s calls it for months and days that the samples have a contract for", (where) => {
  const words = where === "--help" ? govcloud(["right-size", "--help"]).stdout : readFileSync(`${ROOT}/${where}`, "utf8");
  const calls = words.match(/npm run right-size -- (?:--month|--review) \d.*/g) ?? [];
  expect(calls.length).toBeGreaterThanOrEqual(4);
  for (const call of calls) {
    const [, month = "", at = ""] = /--(?:month|review) (\S+) --at (\S+)/.exec(call) ?? [];
    const days = [CONTRACT.from.toString(), `${month}-01`, `${month}-31`, at, CONTRACT.to.toString()];
    expect([call, days]).toEqual([call, [...days].sort()]);
  }
});

test("refuses a file that is not there with exit code 3", () => {
  const { code, stdout, stderr } = govcloud(["right-size", "--month", "2026-01", "--at", "2026-02-02", "--usage", "/nowhere.csv"]);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("Cannot read --usage /nowhere.csv");
});
