import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud } from "../run.ts";

const FILE = "stacks/tenants/hrss/job-service.yaml";
const HEADER = "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage";

let work = "";
let tree = "";
let usage = "";
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-C", tree, ...args], { env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" } });
const commitOn = (day: string) => {
  const date = `${day}T09:00:00+08:00`;
  git("add", "--all");
  execFileSync("git", ["-C", tree, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=x"], {
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: "/dev/null" },
  });
};

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-judged-by-use-"));
  tree = join(work, "tree");
  cpSync(SAMPLES, tree, { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  commitOn("2025-12-01");
  usage = join(work, "usage.csv");
  writeFileSync(
    usage,
    [
      HEADER,
      "hrss/job-service,app,1,2025-12-01,2025-12-31,20,50,40,1",
      "hrss/job-service,app,2,2025-12-01,2025-12-31,22,50,40,1",
      "hrss/job-service,db,1,2025-12-01,2025-12-31,75,50,40,0.5",
      "",
    ].join("\n"),
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function planned(...args: readonly string[]): {
  readonly code: number | null;
  readonly result: PlanResult;
  readonly sizing: readonly string[];
} {
  const { code, stdout, stderr } = govcloud(["plan", "--tree", tree, "--format", "json", ...args]);
  if (stdout === "") throw new Error(stderr);
  const result = JSON.parse(stdout) as PlanResult;
  const findings = [...result.findings, ...result.systems.flatMap((system) => system.findings)];
  const sizing = findings.filter(({ policy }) => policy.startsWith("sizing/"));
  return {
    code,
    result,
    sizing: sizing.map(({ policy, result: kind, address, attribute }) => `${policy} ${kind} ${address}#${attribute}`),
  };
}

test("growth against use is refused, growth without figures undetermined, and the plan says by which month", () => {
  const declared = readFileSync(join(tree, FILE), "utf8");
  const grown = declared
    .replace(/(\n {2}app:\n[\s\S]*?cpu: )4/, (_, above: string) => `${above}8`)
    .replace(/(\n {2}db:\n[\s\S]*?cpu: )8/, (_, above: string) => `${above}16`);
  writeFileSync(join(tree, FILE), grown);
  const { code, result, sizing } = planned("--at", "2026-01-15", "--usage", usage);
  writeFileSync(join(tree, FILE), declared);
  expect([code, result.verdict]).toEqual([2, "refused"]);
  expect(sizing).toEqual([
    "sizing/no-growth-against-use violation servers.app#cpu",
    "sizing/no-growth-against-use undetermined servers.db#cpu",
  ]);
  expect(result.notes).toContain("Sizing was judged by the use of 2025-12 (Annex 2 §7)");
});

test("growth that a later request adds to a growth by the same month is undetermined: the use is of the size at the month's end", () => {
  const declared = readFileSync(join(tree, FILE), "utf8");
  const appOf = (cpu: number) => declared.replace(/(\n {2}app:\n[\s\S]*?cpu: )4/, (_, above: string) => `${above}${cpu}`);
  const busy = join(work, "busy.csv");
  writeFileSync(busy, readFileSync(usage, "utf8").replace("20,50,40,1", "55,50,40,1").replace("22,50,40,1", "55,50,40,1"));
  const growTo = (cpu: number) => {
    writeFileSync(join(tree, FILE), appOf(cpu));
    return planned("--at", "2026-01-15", "--usage", busy).sizing;
  };
  const head = execFileSync("git", ["-C", tree, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  expect(growTo(8)).toEqual([]);
  commitOn("2026-01-10");
  // By a base of git, by one that is a folder, and by one whose history is cut off.
  expect(growTo(16)).toEqual(["sizing/no-growth-against-use undetermined servers.app#cpu"]);
  writeFileSync(join(tree, FILE), appOf(8));
  const [folder, shallow] = [join(work, "base"), join(work, "shallow")];
  execFileSync("git", ["clone", "--quiet", tree, folder]);
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${tree}`, shallow]);
  writeFileSync(join(tree, FILE), appOf(16));
  const byFolder = (base: string) => planned("--at", "2026-01-15", "--usage", busy, "--base", base).sizing;
  expect(byFolder(folder)).toEqual(["sizing/no-growth-against-use undetermined servers.app#cpu"]);
  expect(byFolder(shallow)).toEqual(["sizing/no-growth-against-use undetermined servers.app#cpu"]);
  // A folder without a history: what it holds is all that is known.
  rmSync(join(folder, ".git"), { recursive: true });
  expect(byFolder(folder)).toEqual([]);
  git("reset", "--quiet", "--hard", head);
});

test("without use the plan states that sizing was not judged", () => {
  const { result, sizing } = planned("--at", "2026-01-15");
  expect(sizing).toEqual([]);
  expect(result.notes).toContain("No use was given (--usage): sizing was not judged (Annex 2 §7)");
});

test("advice of a month ago that nobody answered is advice to do so", () => {
  const late = ["--at", "2026-02-10", "--month", "2025-12", "--usage", usage, "--base", "none", "--system", "hrss/job-service"];
  expect(planned(...late).sizing).toEqual(["sizing/require-advice-answered violation servers.app#cpu"]);
});

test("--month alone is refused", () => {
  const { code, stderr } = govcloud(["plan", "--tree", tree, "--month", "2025-12"]);
  expect([code, stderr.includes("wanted --usage with it")]).toEqual([3, true]);
});
