import type { Lang, Text } from "../../catalog/text.ts";
import { text } from "../../catalog/text.ts";
import { terminalSafe } from "./escape.ts";

const STEP_WORDS: Readonly<Record<string, Text>> = {
  init: text("初始化", "initialising"),
  plan: text("计划", "planning"),
  done: text("✔ 已计划", "✔ planned"),
  failed: text("✘ 失败", "✘ failed"),
  applied: text("✔ 已执行", "✔ applied"),
  interrupted: text("✘ 中断", "✘ interrupted"),
  skipped: text("– 未执行", "– skipped"),
  waiting: text("等待云擦除其云主机的磁盘", "waiting until the disks of its servers are erased"),
};

/** One line of progress for the diagnostics stream: how many of how many, which stack, what it is at, and how long the run has taken. */
export function progressLine(
  { stack, step, done, of, milliseconds }: { stack: string; step: string; done: number; of: number; milliseconds?: number },
  lang: Lang,
): string {
  const width = String(of).length;
  const time = milliseconds === undefined ? "" : ` (${(milliseconds / 1000).toFixed(1)} s)`;
  return `[${String(done).padStart(width)}/${of}] ${terminalSafe(stack)} ${STEP_WORDS[step]?.[lang] ?? step}${time}\n`;
}
