import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Delivery } from "../../../scripts/delivery/delivery.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "../engine/fixtures.ts";
import { govcloud } from "../run.ts";

const title = ENGINE.reason === undefined ? "with the engine" : `with the engine (skipped: ${ENGINE.reason})`;
const CI = { CI_COMMIT_SHA: "c".repeat(40), GOVCLOUD_REQUEST: "7", GITHUB_SHA: "" };
const GOOD = stackOf("hrss--good", { one: { input: "x" } });
const BAD = stackOf("hrss--bad", { one: { command: "exit 7" } });

async function apply(folder: string, options: { readonly args?: string[]; readonly env?: NodeJS.ProcessEnv } = {}) {
  const plan = join(scratch(), "plan");
  const saved = await saveFixture(folder, plan, [GOOD, BAD]);
  const env = environmentIn(folder, { ...CI, ...options.env });
  return { saved, ...govcloud(["apply", "--plan", plan, "--format", "json", ...(options.args ?? [])], { env }) };
}

function recordsIn(file: string): Delivery[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Delivery);
}

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  test("records what was applied and nothing else, behind what stands in the file", async () => {
    const folder = scratch();
    const file = join(folder, "deliveries.jsonl");
    // A record that was broken off stays a line of its own.
    writeFileSync(file, '{"schema":"govcloud/delivery/1"}\n{"half');
    const { code, saved } = await apply(folder, { args: ["--deliveries", file] });
    expect(code).toBe(1);
    const [first, half, ...records] = readFileSync(file, "utf8").split("\n");
    expect([first, half]).toEqual(['{"schema":"govcloud/delivery/1"}', '{"half']);
    expect(records.length).toBe(2);
    expect(records[1]).toBe("");
    expect(JSON.parse(records[0] ?? "")).toEqual({
      schema: "govcloud/delivery/1",
      system: "hrss/good",
      stack: "hrss--good",
      action: "changed",
      evidence: "applied",
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      fingerprint: saved.fingerprint,
      commit: CI.CI_COMMIT_SHA,
      request: "7",
      approvedBy: null,
      stage: null,
      lines: null,
      list: null,
    });
  });

  test("hands each record to the command of GOVCLOUD_RECORD, which no shell reads", async () => {
    const folder = scratch();
    const kept = join(folder, "kept by hand");
    const command = JSON.stringify([
      process.execPath,
      "-e",
      `require("fs").appendFileSync(process.argv[1], require("fs").readFileSync(0))`,
      kept,
    ]);
    const { stderr } = await apply(folder, { env: { GOVCLOUD_RECORD: command } });
    expect(stderr).not.toContain("not recorded");
    expect(recordsIn(kept).map(({ system }) => system)).toEqual(["hrss/good"]);

    const marker = join(folder, "marker");
    const { code, stderr: words } = await apply(scratch(), { env: { GOVCLOUD_RECORD: `true; touch ${marker}` } });
    expect(existsSync(marker)).toBe(false);
    expect([code, words]).toEqual([1, expect.stringContaining("hrss/good: applied but not recorded (GOVCLOUD_RECORD true;: ")]);
  });

  test("what could not be recorded is told in full, and the command fails", async () => {
    const folder = scratch();
    const plan = join(scratch(), "plan");
    await saveFixture(folder, plan, [GOOD]);
    const record = join(folder, "record");
    writeFileSync(record, "#!/bin/sh\ncat >/dev/null\necho the ledger is closed >&2\nexit 3\n");
    chmodSync(record, 0o755);
    const { code, stdout, stderr } = govcloud(["apply", "--plan", plan, "--format", "json"], {
      env: environmentIn(folder, { ...CI, GOVCLOUD_RECORD: record }),
    });
    const { verdict } = JSON.parse(stdout) as { verdict: string };
    expect([code, verdict]).toEqual([1, "applied"]);
    const [, line] =
      /applied but not recorded \(GOVCLOUD_RECORD .*: exit 3: the ledger is closed\)\. Keep this record by hand:\n(.*)\n/.exec(stderr) ??
      [];
    expect(JSON.parse(line ?? "")).toMatchObject({ schema: "govcloud/delivery/1", system: "hrss/good", request: "7" });
  });

  test.each([
    { why: "a folder", args: (folder: string) => ["--deliveries", folder], env: {} },
    { why: "no folder", args: (folder: string) => ["--deliveries", join(folder, "none", "deliveries.jsonl")], env: {} },
    { why: "a command that is no list", args: () => [], env: { GOVCLOUD_RECORD: '["record", 1]' } },
  ])("begins nothing where it could not be recorded: $why", async ({ args, env }) => {
    const folder = scratch();
    mkdirSync(join(folder, "state"), { recursive: true });
    const { code, stdout } = await apply(folder, { args: args(folder), env });
    expect([code, stdout, existsSync(join(folder, "state", "hrss--good.tfstate"))]).toEqual([3, "", false]);
  });
});
