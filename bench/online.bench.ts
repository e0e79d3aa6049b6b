import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../scripts/engine/find-engine.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SAMPLES = join(ROOT, "test/fixtures/tree");
const SAMPLE = join(ROOT, "stacks/tenants/hrss/job-service.yaml");
const SYSTEMS = 50;

/**
 * New systems planned by the engine without a cloud: what this program adds to the engine's own time. Several run at once, so what is compared is the time
 * that some engine was running with the time that the whole took.
 */
export async function run(): Promise<void> {
  const engine = await findEngine().catch(() => undefined);
  if (engine === undefined) return skip("no engine on PATH");
  const folder = mkdtempSync(join(tmpdir(), "govcloud-bench-"));
  try {
    const [tree, log, wrapper] = [join(folder, "tree"), join(folder, "times"), join(folder, "engine")];
    writeTree(tree);
    writeFileSync(log, "");
    // Written in one call each, so that several engines at once do not mix their lines.
    writeFileSync(
      wrapper,
      `#!/bin/bash\nbegan=$EPOCHREALTIME\n'${engine.path}' "$@"\ncode=$?\necho "$1 $began $EPOCHREALTIME" >> '${log}'\nexit $code\n`,
      { mode: 0o700 },
    );
    const began = performance.now();
    const { stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "scripts/govcloud.ts"), "plan", "--online", "--cloud", "none", "--tree", tree, "--base", "none", "--format", "json"],
      {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 2 ** 30,
        env: { ...process.env, GOVCLOUD_ENGINE: wrapper },
      },
    );
    const whole = performance.now() - began;
    const calls = readCalls(log);
    const planned = calls.filter(({ step }) => step === "show").length;
    if (planned < SYSTEMS) return skip(`only ${planned} of ${SYSTEMS} systems could be planned: ${stderr.trim().split("\n").at(-1) ?? ""}`);
    const sum = calls.reduce((total, { from, to }) => total + to - from, 0);
    const busy = timeCovered(calls);
    const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1).padStart(8)} s`;
    process.stdout.write(
      `${planned} systems, ${calls.length} calls of ${engine.kind} ${engine.version}, ${availableParallelism()} at a time\n`,
    );
    process.stdout.write(`  whole run                     ${seconds(whole)}\n`);
    process.stdout.write(`  engines, each by itself, sum  ${seconds(sum)}\n`);
    process.stdout.write(`  while any engine was running  ${seconds(busy)}\n`);
    process.stdout.write(`  overhead over the engine's    ${(100 * (whole / busy - 1)).toFixed(1).padStart(8)} %  target 10 %\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Call {
  readonly step: string;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
}

function readCalls(log: string): Call[] {
  return readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [step = "", from, to] = line.split(" ");
      return { step, from: 1000 * Number(from), to: 1000 * Number(to) };
    });
}

/** Milliseconds in which at least one call ran. */
function timeCovered(calls: readonly Call[]): number {
  let [covered, until] = [0, 0];
  for (const { from, to } of [...calls].sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
}

/** The samples' catalogue with copies of one system. */
function writeTree(tree: string): void {
  cpSync(join(SAMPLES, "catalog"), join(tree, "catalog"), { recursive: true });
  const text = readFileSync(SAMPLE, "utf8");
  for (let system = 0; system < SYSTEMS; system += 1) {
    const folder = join(tree, "stacks/tenants", `bureau-${Math.floor(system / 25)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "tenant.yaml"), `name: 第${Math.floor(system / 25)}局\n`);
    writeFileSync(
      join(folder, `system-${system}.yaml`),
      text.replace(/from: tenant/g, "from: 10.0.0.0/8").replace(/^name: .*$/m, `name: 系统${system}`),
    );
  }
}

function skip(why: string): void {
  process.stdout.write(`skipped: ${why}\n`);
}
