import { counted, type Lang, type Text, text } from "../../catalog/text.ts";
import type { Finding } from "../doctor/check.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint, Tone } from "./style.ts";
import { table } from "./table.ts";

const WORDS: Readonly<Record<Finding["result"], { readonly words: Text; readonly tone: Tone }>> = {
  ok: { words: text("✔ 正常", "✔ ok"), tone: "good" },
  warning: { words: text("! 注意", "! warning"), tone: "warn" },
  failed: { words: text("✘ 失败", "✘ failed"), tone: "bad" },
  "not-checked": { words: text("· 未检查", "· not checked"), tone: "dim" },
};

/** Renders findings as a table with their remedies below it, and counts them. */
export function renderDoctor(findings: readonly Finding[], { lang, paint }: { readonly lang: Lang; readonly paint: Paint }): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const rows = findings.map(({ id, result, message }) => [WORDS[result].words[lang], id, terminalSafe(message[lang])]);
  const tones = findings.map(({ result }) => WORDS[result].tone);
  const lines = table(
    [{ title: say("结果", "Result") }, { title: say("检查", "Check") }, { title: say("说明", "Found") }],
    rows,
    (line, index) => paint(tones[index] ?? "dim", line),
  );
  const remedies = findings.flatMap(({ id, remedy }) => (remedy === undefined ? [] : [`  ${id}: ${terminalSafe(remedy[lang])}`]));
  const count = (result: Finding["result"]) => findings.filter((each) => each.result === result).length;
  const summary = say(
    `${findings.length} 项检查：失败 ${count("failed")}，注意 ${count("warning")}，未检查 ${count("not-checked")}`,
    `${counted(findings.length, "check")}: ${count("failed")} failed, ${counted(count("warning"), "warning")}, ${count("not-checked")} not checked`,
  );
  return `${[...lines, "", ...(remedies.length === 0 ? [] : [paint("strong", say("怎么办", "Remedies")), ...remedies, ""]), summary].join("\n")}\n`;
}
