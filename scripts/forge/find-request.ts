import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import { readCommit, readRequestNumber } from "./ci-variables.ts";
import type { ForgeOptions, OpenedForge } from "./open-forge.ts";

/** The request that is named or that CI runs for, else the one whose merge brought the commit that the job runs for; undefined where none did. */
export async function findRequest(
  { forge, target: { kind } }: OpenedForge,
  options: ForgeOptions,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number | undefined> {
  const named = readRequestNumber(options, kind, environment);
  if (named !== undefined) return named;
  const commit = readCommit(kind, environment);
  if (commit === undefined)
    throw new InvalidRequest(text("不知道申请编号：用 --request", "Cannot tell the request: wanted --request <number>"));
  return await forge.requestOfCommit(commit);
}
