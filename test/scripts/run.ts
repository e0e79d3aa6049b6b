import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { SAMPLES } from "../tree.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const TREE_COMMANDS = new Set(["plan", "check", "synth", "catalog", "explain", "apply", "right-size"]);

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
