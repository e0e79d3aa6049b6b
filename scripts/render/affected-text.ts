import type { Lang } from "../../catalog/text.ts";
import type { AffectedResult } from "../affected/result.ts";
import { REASON_WORDS } from "./affected-words.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint } from "./style.ts";
import { shorten } from "./table.ts";

/** More systems than these nobody reads; JSON has them all. */
const MOST_SHOWN = 50;
/** Terminal cells of what a reason says. */
const WIDTH = 140;

/** Renders for people which systems a change touches, each with its reasons, and how many jobs that makes. */
export function renderAffected(result: AffectedResult, { lang, paint }: { readonly lang: Lang; readonly paint: Paint }): string {
  const { systems, groups, of, base, code } = result;
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const shown = systems.slice(0, MOST_SHOWN);
  const lines = [
    paint(
      "strong",
      say(
        `涉及 ${systems.length} 个系统（共 ${of} 个），分 ${groups.length} 个作业`,
        `systems touched: ${systems.length} of ${of}; jobs: ${groups.length}`,
      ),
    ),
    ...(base === null || code === "compared"
      ? []
      : [paint("dim", say("只比较了数据，没有比较程序的代码", "data alone were compared, not the program's code"))]),
    ...shown.flatMap(({ id, reasons }) => [
      "",
      paint("strong", terminalSafe(id)),
      ...reasons.map(
        ({ kind, file, line, words }) =>
          `  ${REASON_WORDS[kind][lang]}  ${terminalSafe(file)}:${line}  ${shorten(terminalSafe(words), WIDTH)}`,
      ),
    ]),
    ...(systems.length === shown.length
      ? []
      : [
          "",
          say(
            `另有 ${systems.length - shown.length} 个系统，--format json 全部列出`,
            `and ${systems.length - shown.length} more: --format json lists them all`,
          ),
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
