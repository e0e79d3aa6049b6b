import { Decimal } from "decimal.js";
import type { Lang } from "../../catalog/text.ts";
import type { ApproveResult } from "../approval/approve-result.ts";
import { approverName, roleLabel } from "../approval/required-approvals.ts";
import type { PlanResult, SystemResult } from "../plan/result.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint } from "./style.ts";
import { grouped, signed } from "./table.ts";
import { CHANGE_WORDS, DAMAGE_WORDS, damageOf, exposureSentences } from "./words.ts";

const MOST_SYSTEMS = 40;

/** Shows what is approved, of the plan only what its fingerprint covers: money, damage, exposure, waivers; then whether it was, and if not, why. */
export function renderApproveText(result: ApproveResult, plan: PlanResult, lang: Lang, paint: Paint): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const sum = (of: "before" | "after" | "delta") =>
    plan.systems.reduce((total, { monthly }) => total.plus(monthly[of]), new Decimal(0)).toFixed(2);
  const money = `${grouped(sum("before"))} → ${grouped(sum("after"))}`;
  const shown = plan.systems.slice(0, MOST_SYSTEMS);
  const left = plan.systems.length - shown.length;
  const lines = [
    paint(
      "strong",
      say(`计划：每月目录价 ${money} 元（${signed(sum("delta"))}）`, `The plan: list price ${money} CNY a month (${signed(sum("delta"))})`),
    ),
    ...shown.flatMap((system) => systemLines(system, lang)),
    ...(left > 0 ? [say(`  （另有 ${left} 个系统）`, `  (${left} more systems)`)] : []),
    ...plan.findings.filter(({ waiver }) => waiver !== null).map((finding) => `  ${waivedWords(finding, lang)}`),
    paint("dim", say(`指纹 ${plan.fingerprint}`, `fingerprint ${plan.fingerprint}`)),
    "",
    paint("strong", say("谁须批准", "Who must approve")),
    ...(result.required.length === 0 ? [say("  没有规则要求批准", "  no rule wants an approval")] : []),
    ...result.required.map((each) => terminalSafe(`  ${approverName(each)}: ${each.because.join(say("；", "; "))}`)),
    "",
    ...result.warnings.map((warning) => paint("warn", `! ${terminalSafe(warning)}`)),
    ...result.refusals.flatMap(({ message, remedy }) => [
      paint("bad", `✘ ${terminalSafe(message)}`),
      `    ${say("办法", "remedy")}: ${terminalSafe(remedy)}`,
    ]),
  ];
  const who = terminalSafe(
    `${result.holder ?? ""} (${result.role === null ? "" : roleLabel({ role: result.role, bureau: result.bureau })})`,
  );
  const verdict = {
    approved: paint(
      "good",
      say(
        `✔ 已批准：${who}，写入 ${terminalSafe(result.file ?? "")}`,
        `✔ APPROVED by ${who}, written to ${terminalSafe(result.file ?? "")}`,
      ),
    ),
    refused: paint("bad", say("✘ 没有批准", "✘ NOT APPROVED: nothing was signed")),
    holds: paint("good", say(`✔ 有效：${who}`, `✔ IT HOLDS: ${who}`)),
    "does-not-hold": paint("bad", say(`✘ 无效：${who}`, `✘ IT DOES NOT HOLD: ${who}`)),
  }[result.kind];
  const { posted } = result;
  const told =
    posted === undefined
      ? []
      : [terminalSafe(`  ${say("写在申请上", "posted on")} ${posted.project} #${posted.request} (${posted.comment})`)];
  return `${[...lines, verdict, ...told].join("\n")}\n`;
}

function systemLines(system: SystemResult, lang: Lang): string[] {
  const damage = damageOf(system).map((each) => DAMAGE_WORDS[each][lang]);
  const { id, change, monthly, exposure, findings } = system;
  return [
    terminalSafe(
      `  ${id}  ${CHANGE_WORDS[change][lang]}  ${grouped(monthly.before)} → ${grouped(monthly.after)} (${signed(monthly.delta)})${damage.length === 0 ? "" : `  ⚠ ${damage.join(", ")}`}`,
    ),
    ...exposureSentences(exposure, lang).map(({ words }) => terminalSafe(`    ${words}`)),
    ...findings.filter(({ waiver }) => waiver !== null).map((finding) => `    ${waivedWords(finding, lang)}`),
  ];
}

function waivedWords({ policy, address, waiver }: PlanResult["findings"][number], lang: Lang): string {
  const words =
    lang === "zh"
      ? `已豁免 ${policy}（${address}）：${waiver?.reason}，${waiver?.approver} 批准，至 ${waiver?.expires}`
      : `waived: ${policy} (${address}): ${waiver?.reason}; by ${waiver?.approver} until ${waiver?.expires}`;
  return terminalSafe(words);
}
