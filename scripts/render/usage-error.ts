import type { CommanderError } from "commander";
import type { Lang } from "../../catalog/text.ts";
import { wantedWords } from "../wrong-argument.ts";
import { terminalSafe } from "./escape.ts";

const MEANT = /\n\(Did you mean (?:one of )?(.*)\?\)$/s;

/** What each of Commander's sentences says; the groups are what was called and how. */
const SENTENCES: readonly { readonly form: RegExp; readonly zh: (found: readonly string[]) => string }[] = [
  { form: /^unknown option '(.*)'$/s, zh: ([option]) => `没有选项 ${option}` },
  { form: /^unknown command '(.*)'$/s, zh: ([command]) => `没有命令 ${command}` },
  { form: /^missing required argument '(.*)'$/s, zh: ([argument]) => `缺少参数 <${argument}>` },
  { form: /^option '(.*)' argument missing$/s, zh: ([option]) => `选项 ${option} 后面缺少值` },
  { form: /^required option '(.*)' not specified$/s, zh: ([option]) => `缺少必填的选项 ${option}` },
  {
    form: /^option '(.*)' argument '(.*)' is invalid\. (.*)$/s,
    zh: ([option, value, wanted = ""]) => `选项 ${option} 不能写“${value}”：${wantedInChinese(wanted)}`,
  },
  {
    form: /^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    zh: ([value, argument, wanted = ""]) => `参数 <${argument}> 不能写“${value}”：${wantedInChinese(wanted)}`,
  },
  {
    form: /^too many arguments(?: for '.*')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/s,
    zh: ([expected, got, given]) => `参数太多：要 ${expected} 个，给了 ${got} 个（${given}）`,
  },
];

/** A command that was called wrongly, in one language: what was found, what is wanted, and where to look it up. */
export function renderUsageError({ message }: CommanderError, lang: Lang): string {
  const meant = MEANT.exec(message)?.[1];
  const said = message.replace(MEANT, "").replace(/^error: /, "");
  const words =
    lang === "zh"
      ? `${inChinese(said)}${meant === undefined ? "" : `；是不是 ${meant}`}`
      : `Cannot run the command: ${inEnglish(said)}${meant === undefined ? "" : `; did you mean ${meant}`}`;
  return `${terminalSafe(words)}\n${lang === "zh" ? "（--help 查看用法）" : "(--help shows how)"}\n`;
}

/** A sentence of a later Commander that is not known here is better told in English than not at all. */
function inChinese(said: string): string {
  for (const { form, zh } of SENTENCES) {
    const found = form.exec(said);
    if (found !== null) return zh(found.slice(1));
  }
  return wantedWords(said).zh;
}

function wantedInChinese(wanted: string): string {
  const choices = /^Allowed choices are (.*)\.$/s.exec(wanted)?.[1];
  return choices === undefined ? wantedWords(wanted).zh : `可以写 ${choices.replaceAll(", ", "、")}`;
}

/** Both languages of what is wanted stand behind the only sentence end that Commander writes itself. */
function inEnglish(said: string): string {
  const invalid = /^(.* is invalid(?: for argument '.*')?)\. (.*)$/s.exec(said);
  if (invalid === null) return said;
  const [, what = "", wanted = ""] = invalid;
  return `${what}: ${wantedWords(wanted).en.replace(/^Allowed choices are (.*)\.$/s, "wanted one of $1")}`;
}
