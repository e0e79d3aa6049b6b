import type { Lang } from "../../catalog/text.ts";
import type { AppliedSystem, ApplyResult } from "./apply-text.ts";
import { markdownCode, markdownSafe } from "./escape.ts";
import { cell, fitting } from "./markdown-table.ts";

const MAX_REFUSALS_LENGTH = 10_000;
const MAX_TABLE_LENGTH = 20_000;
const MAX_DETAILS_LENGTH = 25_000;
const MAX_PLANS_LENGTH = 4_000;
/** `sha256:` and twelve digits. */
const SHORT_FINGERPRINT = 19;
/** Addresses of one kind that are named; the rest is counted. */
const MAX_NAMED = 20;

const ICONS: Readonly<Record<AppliedSystem["result"], string>> = {
  applied: "✅",
  unchanged: "⚪",
  failed: "❌",
  interrupted: "❌",
  skipped: "⏸️",
};

/** Renders what the applies of a merge did as its request's comment: the outcome first, then each system, then what failed and what to do. */
export function renderApplyMarkdown(results: readonly ApplyResult[], lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const title = {
    applied: say("✅ 已执行", "✅ APPLIED"),
    failed: say("❌ 没有全部执行", "❌ NOT ALL APPLIED"),
    refused: say("❌ 拒绝执行，什么都没有开始", "❌ REFUSED: nothing was begun"),
  }[verdictOf(results)];
  const words: Readonly<Record<AppliedSystem["result"], string>> = {
    applied: say("已执行", "applied"),
    unchanged: say("无变更", "nothing to do"),
    failed: say("失败", "failed"),
    interrupted: say("中断", "interrupted"),
    skipped: say("未执行", "not begun"),
  };
  const systems = results.flatMap((result) => result.systems);
  const refusals = results.flatMap((result) =>
    result.refusals.map((refusal) => refusalOf(refusal, results.length > 1 ? result : undefined, say)),
  );
  const refused = fitting(refusals, MAX_REFUSALS_LENGTH);
  const unnamed = refusals.length - refused.length;
  const rows = systems.map(
    (system) =>
      `| ${ICONS[system.result]} ${words[system.result]} | ${markdownCode(system.id)} | ${system.done.length} | ${system.failed.length} | ${system.unfinished.length} |`,
  );
  const kept = fitting(rows, MAX_TABLE_LENGTH);
  const left = rows.length - kept.length;
  const table =
    rows.length === 0
      ? []
      : [
          say("| 结果 | 系统 | 完成 | 失败 | 去向不明 |", "| Result | System | Done | Failed | Unknown |"),
          "|---|---|--:|--:|--:|",
          ...kept,
          ...(left > 0 ? [say(`_（另有 ${left} 个系统）_`, `_(${left} more systems)_`)] : []),
          "",
        ];
  const troubled = systems.filter(({ error, failed, unfinished }) => error !== null || failed.length + unfinished.length > 0);
  const sections = troubled.map((system) => troubleOf(system, say));
  const told = fitting(sections, MAX_DETAILS_LENGTH);
  const untold = sections.length - told.length;
  const plans = results.map(
    ({ fingerprint, endedAt }) => `<sub>${say("计划指纹", "fingerprint")} ${markdownCode(fingerprint)} · ${markdownSafe(endedAt)}</sub>`,
  );
  const named = fitting(plans, MAX_PLANS_LENGTH);
  return [
    `## ${title}`,
    "",
    ...refused,
    ...(unnamed > 0 ? [say(`- _（另有 ${unnamed} 条，见 JSON 结果）_`, `- _(${unnamed} more: see the JSON results)_`)] : []),
    ...(refused.length > 0 ? [""] : []),
    ...table,
    ...told,
    ...(untold > 0
      ? [say(`_（另有 ${untold} 个系统的说明，见 JSON 结果）_`, `_(${untold} more systems' reports: see the JSON result)_`), ""]
      : []),
    named.join("<br>\n"),
    ...(named.length < plans.length ? [`<sub>… +${plans.length - named.length}</sub>`] : []),
    "",
  ].join("\n");
}

/** Of several groups: whether everything was applied, and if not, whether anything was begun. */
function verdictOf(results: readonly ApplyResult[]): ApplyResult["verdict"] {
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  const [only = "failed"] = verdicts;
  return verdicts.size === 1 ? only : "failed";
}

/** Of several plans a refusal says which: they are told apart by the fingerprint alone. */
function refusalOf(
  { message, remedy }: ApplyResult["refusals"][number],
  result: ApplyResult | undefined,
  say: (zh: string, en: string) => string,
): string {
  const plan = result === undefined ? "" : `${markdownCode(result.fingerprint.slice(0, SHORT_FINGERPRINT))} `;
  return `- ${plan}${cell(message)}<br>${say("办法", "remedy")}: ${cell(remedy)}`;
}

/** The engine's own words stay in the job's log and in the JSON result: they may be long, and quote the cloud. */
function troubleOf({ id, error, remedy, failed, unfinished }: AppliedSystem, say: (zh: string, en: string) => string): string {
  const named = (title: string, addresses: readonly string[]) =>
    addresses.length === 0
      ? []
      : [
          `- ${title}: ${addresses.slice(0, MAX_NAMED).map(markdownCode).join(" ")}${addresses.length > MAX_NAMED ? ` … +${addresses.length - MAX_NAMED}` : ""}`,
        ];
  return [
    `**${markdownCode(id)}** ${error === null ? "" : cell(error)}`,
    "",
    ...named(say("未成", "failed"), failed),
    ...named(say("去向不明（可能在云上而不在状态里）", "unknown (may be in the cloud and in no state)"), unfinished),
    ...(remedy === null ? [] : [`- ${say("办法", "remedy")}: ${cell(remedy)}`]),
    "",
  ].join("\n");
}
