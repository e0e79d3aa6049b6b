import type { Lang } from "../../catalog/text.ts";
import type { CollectedResult } from "../approval/approve-result.ts";
import { roleLabel } from "../approval/required-approvals.ts";
import { terminalSafe } from "./escape.ts";

/** Renders which approvals were found in a request's comments, one line each. */
export function renderCollectedText({ project, request, folder, approvals, skipped, left }: CollectedResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  if (request === null)
    return `${terminalSafe(say(`${project}：这个提交不是由合并请求带来的，没有可取的批准`, `${project}: no request brought this commit, there are no approvals to collect`))}\n`;
  const lines = [
    say(
      `${project} #${request}：${approvals.length} 份批准写入 ${folder}（签名由 apply 核对）`,
      `${project} #${request}: ${approvals.length} approvals written to ${folder} (apply holds their signatures against the plan)`,
    ),
    ...approvals.map(({ file, holder, role, bureau, fingerprint }) => {
      const who = `${holder} (${roleLabel({ role, bureau })})`;
      return `  ${file}: ${who} ${fingerprint.slice(0, 19)}`;
    }),
    ...skipped.map(({ comment, author, why }) =>
      say(`  评论 ${comment}（${author}）不是批准：${why}`, `  comment ${comment} by ${author} is no approval: ${why}`),
    ),
    ...(left > 0 ? [say(`  （另有 ${left} 条未取）`, `  (${left} more were left)`)] : []),
  ];
  return `${lines.map(terminalSafe).join("\n")}\n`;
}
