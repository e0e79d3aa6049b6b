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
  execFileSync("git", ["-C", tree, ...args], {
    env: {
      ...process.env,
      GIT_AUTHOR_DATE: "2025-12-01T09:00:00+08:00",
      GIT_COMMITTER_DATE: "2025-12-01T09:00:00+08:00",
      GIT_CONFIG_GLOBAL: "/dev/null",
    },
  });

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-judged-by-use-"));
  tree = join(work, "tree");
  cpSync(SAMPLES, tree, { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=samples");
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
