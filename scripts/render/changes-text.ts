import type { Lang } from "../../catalog/text.ts";
import type { ChangesResult } from "../right-size/changes.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint } from "./style.ts";
import { signed } from "./table.ts";

/** Tells what became of advice that was carried out: each system with its file or branch, and what was refused with the remedy. */
export function renderChanges(
  { mode, systems, refused, adviceOnly }: ChangesResult,
  { lang, paint }: { readonly lang: Lang; readonly paint: Paint },
): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const title =
    mode === "write" ? say("写进申请文件：", "Written into the declarations:") : say("每个系统一个分支：", "A branch for each system:");
  const outcomes = { written: say("已写", "written"), made: say("已建", "made"), present: say("早已如此", "was so already") };
  const lines = systems.map(({ system, file, branch, outcome, edits, monthly }) => {
    const changes = edits.map(({ path, from, to }) => `${path.replace(/^servers\./, "")} ${from} → ${to}`).join(say("，", ", "));
    const amount = say(`每月 ${signed(monthly.delta)} 元`, `${signed(monthly.delta)} CNY a month`);
    return `  ✔ ${system}  ${branch ?? file}  ${outcomes[outcome]}${say("：", ": ")}${changes}${say("；", "; ")}${amount}`;
  });
  const none = [say("没有要改的规格。", "No size to change.")];
  const refusals = refused.flatMap(({ system, findings }) => [
    paint("bad", `  ✘ ${system}${say("：检查通不过，没有改", ": refused by the check, nothing changed")}`),
    ...findings.flatMap(({ policy, message, remedy }) => [
      `      ${policy}: ${terminalSafe(message)}`,
      `      ${say("办法：", "remedy: ")}${terminalSafe(remedy)}`,
    ]),
  ]);
  const beside = adviceOnly.map(
    ({ system, server, now, target, reason }) =>
      `  ${system} ${server}: ${say("磁盘（GB/台）", "disk (GB each)")} ${now} → ${target}${say("：", ": ")}${terminalSafe(reason)}`,
  );
  const left =
    beside.length === 0
      ? []
      : [
          paint("warn", say("只作建议、没有改的（上面每月的金额不含这些）：", "Advice only, left as it is (in no monthly amount above):")),
          ...beside,
        ];
  const next =
    systems.length === 0
      ? []
      : [
          mode === "write"
            ? say("下一步：看一看 git diff，提交，发起合并请求。", "Next: look at git diff, commit, open a merge request.")
            : say(
                "下一步：git push origin 分支名，为每个分支发起合并请求。",
                "Next: git push origin <branch>, and open a merge request for each.",
              ),
        ];
  const told = systems.length + refused.length === 0 ? none : [paint("strong", title), ...lines.map(terminalSafe), ...refusals, ...next];
  return `${[...told, ...left].join("\n")}\n`;
}
