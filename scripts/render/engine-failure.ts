import { counted, type Lang } from "../../catalog/text.ts";
import type { EngineFailure } from "../engine/engine-failure.ts";
import type { UsageFailure } from "../usage/usage-failure.ts";
import { terminalSafe } from "./escape.ts";

const MAX_LINES = 40;

/** A failure of what this program stands on, for people: what failed, its own words, and what to do. */
export function renderEngineFailure({ summary, remedy, details }: EngineFailure | UsageFailure, lang: Lang): string {
  const lines = details.split("\n").filter((line) => line.trim() !== "");
  const left = lines.length - MAX_LINES;
  return [
    `✘ ${terminalSafe(summary[lang])}`,
    ...lines.slice(0, MAX_LINES).map((line) => `  | ${terminalSafe(line)}`),
    ...(left > 0 ? [lang === "zh" ? `  | 另有 ${left} 行` : `  | ${counted(left, "more line")}`] : []),
    `  ${lang === "zh" ? "办法" : "remedy"}: ${terminalSafe(remedy[lang])}`,
    "",
  ].join("\n");
}
