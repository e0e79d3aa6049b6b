import { readFileSync, statSync } from "node:fs";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { ForgeKind } from "./forge.ts";

/** The number of the request: the option's, or the one that CI runs for; undefined where it runs for none. */
export function readRequestNumber(
  { request }: { readonly request?: string },
  kind: ForgeKind,
  environment: NodeJS.ProcessEnv = process.env,
): number | undefined {
  if (request !== undefined) return requestNumber(request);
  if (kind === "gitlab") {
    const named = set(environment, "CI_MERGE_REQUEST_IID");
    return named === undefined ? undefined : requestNumber(named);
  }
  const told = readEvent(environment)?.pull_request?.number;
  if (typeof told === "number") return told;
  const [, named] = /^refs\/pull\/(\d+)\//.exec(environment["GITHUB_REF"] ?? "") ?? [];
  return named === undefined ? undefined : requestNumber(named);
}

/** The request's commit that CI planned; undefined where the variables do not tell. */
export function readHeadSha(kind: ForgeKind, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (kind !== "gitlab") return readEvent(environment)?.pull_request?.head?.sha;
  // With pipelines of merged results the commit of the job is a trial merge.
  return (
    set(environment, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ??
    (set(environment, "CI_MERGE_REQUEST_IID") === undefined ? undefined : set(environment, "CI_COMMIT_SHA"))
  );
}

/** The commit that the job runs for. */
export function readCommit(kind: ForgeKind, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return set(environment, kind === "gitlab" ? "CI_COMMIT_SHA" : "GITHUB_SHA");
}

/** The pipeline's number, larger for later ones; undefined outside CI. */
export function readRun(kind: ForgeKind, environment: NodeJS.ProcessEnv = process.env): number | undefined {
  const named = set(environment, kind === "gitlab" ? "CI_PIPELINE_ID" : "GITHUB_RUN_ID");
  return named !== undefined && /^\d{1,15}$/.test(named) ? Number(named) : undefined;
}

/** Where the job's artifacts are to be found; undefined outside CI. */
export function readArtifactsUrl(kind: ForgeKind, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (kind === "gitlab") {
    const job = set(environment, "CI_JOB_URL");
    return job === undefined ? undefined : `${job}/artifacts/browse`;
  }
  const parts = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"].map((name) => set(environment, name));
  if (parts.includes(undefined)) return undefined;
  const [server, repository, run] = parts;
  return `${server}/${repository}/actions/runs/${run}`;
}

interface Event {
  readonly pull_request?: { readonly number?: number; readonly head?: { readonly sha?: string } };
}

/** What started the workflow; the runner writes it. */
function readEvent(environment: NodeJS.ProcessEnv): Event | undefined {
  const file = set(environment, "GITHUB_EVENT_PATH");
  if (file === undefined) return undefined;
  try {
    return statSync(file).size > 32 * 1024 * 1024 ? undefined : (JSON.parse(readFileSync(file, "utf8")) as Event | undefined);
  } catch {
    throw new InvalidRequest(text("GITHUB_EVENT_PATH 指的文件不能读", "Cannot read the file of GITHUB_EVENT_PATH"));
  }
}

function requestNumber(words: string): number {
  if (/^[1-9]\d{0,9}$/.test(words)) return Number(words);
  throw new InvalidRequest(text(`申请编号 ${words} 不是正整数`, `Cannot read request "${words}": wanted its number`));
}

/** A variable that is empty is not set. */
export function set(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}
