import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { text } from "../text.ts";
import { InvalidRequest } from "./diagnostic.ts";
import { requireSelfContained } from "./git-repository.ts";

/** Git answers at once; a repository that keeps it busy for longer is broken or hostile. */
const MOST_MILLISECONDS = 60_000;
/** The listing of the largest tree that is read takes a quarter of it. */
const MOST_OUTPUT_BYTES = 1 << 27;

/** What git said, or why it said nothing. */
export type GitOutcome = { readonly kind: "done"; readonly output: Buffer } | { readonly kind: "failed"; readonly reason: string };

export interface GitOptions {
  readonly input?: string | Buffer;
  /** Largest answer that is taken, in bytes. */
  readonly mostBytes?: number;
}

/**
 * The only place that runs git: without a shell, in a repository whose settings, hooks, attributes and history may be hostile. Nothing of
 * them runs a program, reaches a network, rewrites history or renames an author. Throws {@link InvalidRequest} where the repository leads
 * out of itself.
 */
export function runGit(folder: string, args: readonly string[], { input, mostBytes = MOST_OUTPUT_BYTES }: GitOptions = {}): GitOutcome {
  requireSelfContained(folder);
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", folder, "--no-pager", ...SETTINGS, ...args], {
    maxBuffer: mostBytes,
    timeout: MOST_MILLISECONDS,
    killSignal: "SIGKILL",
    env: environment(),
    ...(input === undefined ? {} : { input }),
  });
  if (error === undefined && status === 0) return { kind: "done", output: stdout };
  return { kind: "failed", reason: error?.message ?? stderr.toString("utf8").trim() };
}

/** The same, where failure means that the request cannot be carried out. */
export function git(folder: string, args: readonly string[], options?: GitOptions): Buffer {
  const outcome = runGit(folder, args, options);
  if (outcome.kind === "done") return outcome.output;
  throw new InvalidRequest(
    text(`git ${args[0]} 没有成功：${outcome.reason}`, `Cannot run git ${args[0]} in the tree: ${outcome.reason || "it failed"}`),
  );
}

/** How much of its history a repository holds; unknown where git does not say, as in no repository. */
export function historyIn(folder: string): "whole" | "shallow" | "unknown" {
  const answer = runGit(folder, ["rev-parse", "--is-shallow-repository"]);
  const words = answer.kind === "done" ? answer.output.toString("utf8").trim() : "";
  return words === "false" ? "whole" : words === "true" ? "shallow" : "unknown";
}

/** What to do about a clone that was cut off: `git clone --depth`, and what pipelines do unless told otherwise. */
export const FETCH_HISTORY = text(
  "这是浅克隆，没有完整的历史：运行 git fetch --unshallow；流水线里设 GIT_DEPTH: 0（GitLab）或 actions/checkout 的 fetch-depth: 0（GitHub、Gitea）",
  "the clone is shallow and lacks history: run git fetch --unshallow; in a pipeline set GIT_DEPTH: 0 (GitLab) or fetch-depth: 0 of actions/checkout (GitHub, Gitea)",
);

/** Settings on the command line stand above those of the repository. */
const SETTINGS: readonly string[] = Object.entries({
  // Programs that git would start.
  "core.fsmonitor": "false",
  "core.hooksPath": devNull,
  "core.pager": "cat",
  "core.sshCommand": "false",
  "diff.external": "",
  "gpg.program": "false",
  "log.showSignature": "false",
  "protocol.allow": "never",
  "credential.helper": "",
  // A folder of the request that looks like a bare repository is none.
  "safe.bareRepository": "explicit",
  // Files outside of the repository, and inventions about its history and authors.
  "core.attributesFile": devNull,
  "core.excludesFile": devNull,
  "core.commitGraph": "false",
  "mailmap.file": "",
  "mailmap.blob": "",
  "log.mailmap": "false",
  // The file of grafts that is none: git would tell of it in a shallow clone.
  "advice.graftFileDeprecated": "false",
  "i18n.logOutputEncoding": "UTF-8",
  "i18n.commitEncoding": "UTF-8",
}).flatMap(([key, value]) => ["-c", `${key}=${value}`]);

/** What the user may say to git in the environment: who they are, and which of their own settings count (a container's `safe.directory`). */
const KEPT = /^GIT_(?:CONFIG_|AUTHOR_|CEILING_DIRECTORIES$)/;

function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !key.startsWith("GIT_") || KEPT.test(key));
  return {
    ...Object.fromEntries(own),
    // Offline means offline: a partial clone must not fetch what it lacks.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: devNull,
    GIT_LITERAL_PATHSPECS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ATTR_NOSYSTEM: "1",
    LC_ALL: "C",
  };
}
