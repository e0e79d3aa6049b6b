import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { govcloud } from "../run.ts";
import type { Repository } from "./repository.ts";
import { checkRightSize } from "./right-size-result.ts";
import { sampleRepository } from "./sample-repository.ts";

const JOB = "stacks/tenants/hrss/job-service.yaml";
const BUSES = "stacks/tenants/transport/bus-dispatch.yaml";
const row = (server: string, cpu: number, memory: number) => `${server},2026-01-01,2026-01-31,${cpu},${memory},,1`;
const CSV = [
  "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage",
  row("hrss/job-service,web,1", 10, 35),
  row("hrss/job-service,web,2", 14, 35),
  row("transport/bus-dispatch,gateway,1", 20, 50),
  row("transport/bus-dispatch,gateway,2", 22, 50),
].join("\n");

let repository: Repository;
let usage: string;
beforeEach(() => {
  repository = sampleRepository("2026-01-05");
  usage = join(repository.folder, "usage.csv");
  writeFileSync(usage, `${CSV}\n`);
});
afterEach(() => repository.remove());

const run = (...args: readonly string[]) =>
  govcloud(["right-size", "--month", "2026-01", "--usage", usage, "--at", "2026-02-02", "--tree", repository.folder, ...args]);
const diff = (...args: readonly string[]) =>
  repository
    .git("diff", "-U0", ...args)
    .split("\n")
    .filter((line) => /^[+-] /.test(line));
const JOB_DIFF = ["-    cpu: 4", "-    memoryGb: 8", "+    cpu: 1", "+    memoryGb: 4"];

test("--write edits the sizes and nothing else, passes the check, and a second run changes nothing more", () => {
  const first = run("--write", "--format", "json");
  expect([first.code, first.stderr]).toEqual([0, ""]);
  const { changes } = checkRightSize(JSON.parse(first.stdout));
  expect(changes?.systems.map(({ system, file, outcome, edits }) => [system, file, outcome, edits.length])).toEqual([
    ["hrss/job-service", JOB, "written", 2],
    ["transport/bus-dispatch", BUSES, "written", 1],
  ]);
  expect(diff("--", JOB)).toEqual(JOB_DIFF);
  expect(diff("--", BUSES)).toEqual(["-    cpu: 8", "+    cpu: 4"]);
  const written = [repository.read(JOB), repository.read(BUSES)];
  expect(govcloud(["check", "--tree", repository.folder, "--base", "HEAD", "--at", "2026-02-02"]).code).toBe(0);

  const second = run("--write");
  expect([second.code, second.stderr]).toEqual([0, ""]);
  expect(second.stdout).toContain(`hrss/job-service  ${JOB}  was so already: web.cpu 4 → 1, web.memoryGb 8 → 4`);
  repository.commit("2026-02-02");
  expect(run("--write").stdout).toContain("No size to change.");
  expect([repository.read(JOB), repository.read(BUSES)]).toEqual(written);
  // The advice itself tells that it was followed.
  expect(run().stdout).toContain("Followed already: 4 → 1");
});

test("--branch makes a commit for each system and leaves all else alone; a second run finds them", () => {
  const before = [repository.git("rev-parse", "HEAD"), repository.git("status", "--porcelain")];
  const { code, stdout, stderr } = run("--branch");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("right-size/2026-01/hrss/job-service  made: web.cpu 4 → 1, web.memoryGb 8 → 4");
  expect([repository.git("rev-parse", "HEAD"), repository.git("status", "--porcelain")]).toEqual(before);
  const refs = () => repository.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/right-size").split("\n");
  const made = refs();
  expect(made.map((ref) => ref.split(" ")[0])).toEqual([
    "right-size/2026-01/hrss/job-service",
    "right-size/2026-01/transport/bus-dispatch",
  ]);
  expect(diff("main", "right-size/2026-01/hrss/job-service")).toEqual(JOB_DIFF);
  expect(repository.git("log", "-1", "--format=%s", "right-size/2026-01/hrss/job-service")).toBe(
    "调整资源：公共就业服务平台（2026-01）/ Right-size hrss/job-service, 2026-01",
  );
  expect(run("--branch").stdout).toContain("right-size/2026-01/hrss/job-service  was so already");
  expect(refs()).toEqual(made);
});

test("--write refuses a dirty tree, --system keeps the others out, and both ways at once are refused", () => {
  repository.put(BUSES, `${repository.read(BUSES)}# x\n`);
  const dirty = run("--write");
  expect([dirty.code, dirty.stdout]).toEqual([3, ""]);
  expect(dirty.stderr).toMatch(new RegExp(`^Cannot write the advice: .* first: ${BUSES}\\n$`));
  repository.git("checkout", "--quiet", "--", BUSES);
  expect(run("--write", "--system", "hrss/job-service").code).toBe(0);
  expect(repository.git("status", "--porcelain", "--untracked-files=no")).toBe(`M ${JOB}`);
  expect(run("--write", "--branch").code).toBe(3);
});

test("--format html writes the page of the month", () => {
  const out = join(repository.folder, "advice.html");
  expect(run("--format", "html", "--out", out)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(out, "utf8")).toMatch(/^<!doctype html>\n<html lang="en">.*<svg.*<\/html>\n$/s);
});

test("A disk that cannot change in place is left out of the edit, and screen, JSON and commit say so", () => {
  const disk = (server: string, used: number) => `${server},2026-01-01,2026-01-31,,,${used},1`;
  writeFileSync(usage, `${CSV}\n${[1, 2, 3].map((index) => disk(`transport/bus-dispatch,app,${index}`, 52)).join("\n")}\n`);
  const why =
    "A system disk cannot grow in place: another size rebuilds the server and loses what is on it, so this is advice only. Add a data disk, or have it backed up and accept the rebuild (accepts: root-disk-lost)";
  const { servers, changes } = checkRightSize(JSON.parse(run("--branch", "--format", "json").stdout));
  expect(servers.find(({ system, server }) => system === "transport/bus-dispatch" && server === "app")).toMatchObject({
    disk: { now: 60, target: 61 },
    damage: ["root-disk-lost"],
    notes: [why],
  });
  expect(changes?.adviceOnly).toEqual([{ system: "transport/bus-dispatch", server: "app", now: 60, target: 61, reason: why }]);
  expect(diff("main", "right-size/2026-01/transport/bus-dispatch")).toEqual(["-    cpu: 8", "+    cpu: 4"]);
  const message = repository.git("log", "-1", "--format=%b", "right-size/2026-01/transport/bus-dispatch");
  expect(message).toContain(
    "Advice only, which this request leaves as it is (in no amount above):\n- app × 3, disk (GB each) 60 → 61: A system disk cannot grow",
  );
  expect(message).toContain("只作建议、本申请没有改的（上面的金额不含这些）：\n- app × 3, 磁盘（GB/台） 60 → 61：系统盘不能就地扩容");
  expect(repository.git("log", "-1", "--format=%b", "right-size/2026-01/hrss/job-service")).not.toContain("Advice only");
  expect(run("--write").stdout).toContain(
    `Advice only, left as it is (in no monthly amount above):\n  transport/bus-dispatch app: disk (GB each) 60 → 61: ${why}\n`,
  );
});
