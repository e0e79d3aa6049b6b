import type { Command } from "commander";
import type { Temporal } from "temporal-polyfill";
import { type CalendarMonth, monthBefore, readMonth } from "../../catalog/sizing/calendar-month.ts";
import { UsageByGroup } from "../../catalog/sizing/group-usage.ts";
import { adviceDue, type MeasuredMonth, type SizesAtEnd } from "../../catalog/sizing/measured-month.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { historyIn, runGit } from "../../catalog/source/git.ts";
import { text } from "../../catalog/text.ts";
import { endOfMonth, readSizesBefore, sizesOf } from "../right-size/size-history.ts";
import { readUsage } from "../usage/read-usage.ts";
import type { CheckedTree } from "./read-tree.ts";

/** Options of commands that judge by a month's use. */
export interface UsageOptions {
  readonly usage?: string;
  readonly month?: string;
}

export function addUsageOptions(command: Command): Command {
  return command
    .option(
      "--usage <url|file>",
      "按这里的使用率审查扩容：Prometheus 接口的地址，或 CSV 文件 / hold growth against the use found here: Prometheus's HTTP API, or a CSV file",
    )
    .option("--month <month>", "按哪一个月的使用率，默认上个月 / month whose use counts, default: the one before");
}

/**
 * The month's use to judge a request by, where it is asked for. How it is measured and of which servers is the base's matter, where there is one: a
 * request does not choose what it is judged by.
 */
export async function readMeasuredMonth(
  { usage, month: wanted }: UsageOptions,
  {
    head,
    base,
    at,
    folder,
  }: { readonly head: CheckedTree; readonly base: CheckedTree | undefined; readonly at: Temporal.PlainDate; readonly folder: string },
): Promise<MeasuredMonth | undefined> {
  if (usage === undefined) {
    if (wanted === undefined) return undefined;
    throw new InvalidRequest(text("--month 要和 --usage 一起用", "Cannot use --month alone: wanted --usage with it"));
  }
  const month = wanted === undefined ? monthBefore(at) : readMonth(wanted);
  const { catalogue, declarations, tree } = base ?? head;
  const found = await readUsage(usage, { month: month.key, at, declarations, queries: catalogue.usageQueries });
  const since = adviceDue(month, catalogue.resourceUsage);
  const isCommit = /^[0-9a-f]{40,64}$/.test(tree.identity);
  const history = isCommit ? { folder, commit: tree.identity } : { folder: tree.identity, commit: undefined };
  return {
    month,
    byGroup: new UsageByGroup(found),
    sizes: sizesAtEnd(history, month),
    changedSinceDue: changedAfter(history.folder, history.commit ?? "HEAD", since),
  };
}

/** The tree that a request is judged by; no commit is the one in use in its folder, if that is in a repository at all. */
interface TreeHistory {
  readonly folder: string;
  readonly commit: string | undefined;
}

/** What servers had at a month's end. Of a folder without a history, what it holds is all that is known, and counts. */
function sizesAtEnd({ folder, commit }: TreeHistory, month: CalendarMonth): SizesAtEnd {
  const sizes = readSizesBefore(folder, endOfMonth(month.key), commit);
  if (sizes === undefined) return commit === undefined ? { kind: "known", of: sizesOf } : { kind: "unknown" };
  return sizes.beginsLater && historyIn(folder) !== "whole" ? { kind: "unknown" } : { kind: "known", of: sizes.of };
}

/** Files below a folder that commits up to one changed after a day; undefined where Git does not know the whole history. */
function changedAfter(folder: string, commit: string, day: Temporal.PlainDate): ReadonlySet<string> | undefined {
  if (historyIn(folder) !== "whole") return undefined;
  const since = `--since=${day.add({ days: 1 })}T00:00:00+08:00`;
  const told = runGit(folder, [
    "log",
    "-z",
    "--format=",
    "--name-only",
    "--no-renames",
    "--no-show-signature",
    "--relative",
    since,
    commit,
  ]);
  return told.kind === "failed"
    ? undefined
    : new Set(
        told.output
          .toString("utf8")
          .split(/[\0\n]/)
          .filter((path) => path !== ""),
      );
}
