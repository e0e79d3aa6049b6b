import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SAMPLES } from "../tree.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const TREE_COMMANDS = new Set(["plan", "check", "synth", "catalog", "explain", "apply", "affected", "right-size"]);

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `govcloud …` as its own process, in English unless the environment says otherwise; on the frozen samples unless a tree is named, and
 * there compared with nothing, for what this repository's own history holds is nothing to test against.
 */
export function govcloud(args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Outcome {
  const named = args.includes("--tree") || args.some((arg) => arg.startsWith("--help")) || !TREE_COMMANDS.has(args[0] ?? "");
  const samples = [
    ...(named ? [] : ["--tree", SAMPLES]),
    ...(named || args[0] !== "check" || args.includes("--base") ? [] : ["--base", "none"]),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${ROOT}/scripts/govcloud.ts`, ...args, ...samples], {
    cwd: options.cwd ?? ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, LANG: "C", LC_ALL: "", INIT_CWD: options.cwd ?? ROOT, ...options.env },
  });
  return { code: status, stdout, stderr };
}

/** Runs `govcloud …` beside the test, which may answer it, with nothing of this process's environment but PATH. */
export async function govcloudBeside(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  return await outcomeOf(
    spawn(process.execPath, [`${ROOT}/scripts/govcloud.ts`, ...args], {
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

/** What a process said until its end. */
export async function outcomeOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Outcome> {
  const words = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].setEncoding("utf8").on("data", (chunk: string) => (words[name] += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...words };
}
