import { counted, type Lang } from "../../catalog/text.ts";
import { approverName } from "../approval/required-approvals.ts";
import { countFindings, type Standing } from "../plan/count-findings.ts";
import type { AmountsResult, ApprovalResult, FindingResult, PlanResult, SystemResult } from "../plan/result.ts";
import { terminalSafe } from "./escape.ts";
import { entriesWords } from "./finding-words.ts";
import { findingsText } from "./findings-text.ts";
import { type Paint, plain } from "./style.ts";
import { lineRows, systemSection } from "./system-text.ts";
import { type Column, grouped, shorten, signed, table } from "./table.ts";
import { CHANGE_WORDS, DAMAGE_WORDS, damageOf, STAGE_WORDS, shortLabel, VERDICT_SIGNS, VERDICT_WORDS } from "./words.ts";

/** Up to this many systems are shown in full; more are a table, and `--system` shows one of them. */
const DETAILED_SYSTEMS = 3;
const MAX_FINDINGS = 40;
const MAX_ROWS = 60;
const MAX_UNASKED = 5;
export const MAX_APPROVALS = 20;

export interface TextOptions {
  readonly lang: Lang;
  readonly paint?: Paint;
  /** Show every system in full, as when they were asked for by name. */
  readonly detailed?: boolean;
}

/** Renders a plan for people: verdict and money first, then what refuses it, then tables. */
export function renderPlanText(result: PlanResult, { lang, paint = plain, detailed = false }: TextOptions): string {
  const context = { lang, paint, say: (zh: string, en: string) => (lang === "zh" ? zh : en) };
  const full = detailed || result.systems.length <= DETAILED_SYSTEMS;
  const nothing = result.systems.length === 0;
  const sections = [
    heading(result, context),
    findingsSection(result, context),
    ...(nothing ? [[context.say("没有任何变更。", "Nothing changes.")]] : []),
    ...(result.systems.length > 1 || !full ? [systemsTable(result, context)] : []),
    ...(full ? result.systems.map((system) => systemSection(system, result, context)) : []),
    ...(nothing || (full && !detailed && result.base !== null) ? [] : [linesTable(result, context, detailed)]),
    totals(result, context),
    approvals(result, context),
    footer(result, context, full),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** What every part of a rendering needs. */
export interface Context {
  readonly lang: Lang;
  readonly paint: Paint;
  readonly say: (zh: string, en: string) => string;
}

function heading(result: PlanResult, { lang, paint, say }: Context): string[] {
  const findings = allFindings(result);
  const { mandatory, advisory: advice, waived } = countFindings(findings);
  const entries = (standing: Standing) => entriesWords(findings, standing, lang);
  const { tone, sign } = VERDICT_SIGNS[result.verdict];
  const verdict = paint(tone, `${sign} ${VERDICT_WORDS[result.verdict][lang]}`);
  const why = [
    ...(mandatory > 0 ? [say(`${mandatory} 项强制策略未通过`, counted(mandatory, "mandatory finding")) + entries("mandatory")] : []),
    ...(waived > 0 ? [say(`${waived} 项已豁免`, `${waived} waived`) + entries("waived")] : []),
    ...(advice > 0 ? [say(`${advice} 条提示`, `${advice} of advice`) + entries("advisory")] : []),
  ];
  const { list, fee } = result.total;
  const money =
    result.base === null
      ? say(
          `每月目录价 ${grouped(list.after)} 元，月费 ${grouped(fee.after)} 元`,
          `list price ${grouped(list.after)} CNY a month, fee ${grouped(fee.after)} CNY`,
        )
      : say(
          `每月目录价 ${grouped(list.before)} → ${grouped(list.after)} 元（${signed(list.delta)}），月费 ${grouped(fee.after)} 元（${signed(fee.delta)}）`,
          `list price ${grouped(list.before)} → ${grouped(list.after)} CNY a month (${signed(list.delta)}), fee ${grouped(fee.after)} (${signed(fee.delta)})`,
        );
  const base =
    result.base === null
      ? say("全部视为新增", "everything counts as new")
      : say(`与 ${shortLabel(result.base)} 比较`, `compared with ${shortLabel(result.base)}`);
  const { added, changed, removed, systems } = result.counts;
  const counts = say(
    `${systems} 个系统：新增 ${added}，变更 ${changed}，移除 ${removed}`,
    `${counted(systems, "system")}: ${added} added, ${changed} changed, ${removed} removed`,
  );
  return [
    `${verdict}  ${paint("strong", money)}${why.length > 0 ? `  (${why.join(say("，", ", "))})` : ""}`,
    paint(
      "dim",
      say(
        `计划日期 ${result.at} · 合同 ${result.contract} · ${base} · ${counts}`,
        `planned for ${result.at} · contract ${result.contract} · ${base} · ${counts}`,
      ),
    ),
    ...(result.engine === undefined ? [] : [paint("dim", engineWords(result.engine, say))]),
  ];
}

/** Who planned, against what, and what could not be planned: an offline plan and an engine's are not worth the same. */
function engineWords(engine: NonNullable<PlanResult["engine"]>, say: Context["say"]): string {
  const { kind, version, failures } = engine;
  const against = againstWords(engine, say);
  const failed =
    failures.length === 0
      ? ""
      : say(`；${failures.length} 个系统没有计划成`, `; ${counted(failures.length, "system")} could not be planned`);
  return say(`由 ${kind} ${version} 计划，${against}${failed}`, `planned by ${kind} ${version}, ${against}${failed}`);
}

/** A cloud counts as looked at only where it was: the engine asks for what a state holds, and a new system's holds nothing. */
function againstWords({ cloud, asked = 0, unasked = [] }: NonNullable<PlanResult["engine"]>, say: Context["say"]): string {
  if (!cloud) return say("空状态，没有连云", "with an empty state and no cloud");
  if (unasked.length === 0) return say("对照状态与云上现状", "against the states and the clouds");
  const more = unasked.length - MAX_UNASKED;
  const names = terminalSafe(unasked.slice(0, MAX_UNASKED).join(say("、", ", ")));
  const which = more > 0 ? say(`${names} 等 ${unasked.length} 个系统`, `${names} and ${more} more`) : names;
  if (asked === 0)
    return say(
      `状态里还没有云上资源，没有问过云（${which}）`,
      `with nothing of a cloud in the states, so that no cloud was asked (${which})`,
    );
  return say(
    `对照状态与云上现状；${which} 的状态里还没有云上资源，没有问过云`,
    `against the states and the clouds, but for ${which}: nothing of a cloud is in the state yet, so that none was asked`,
  );
}

function allFindings(result: PlanResult): FindingResult[] {
  return [...result.findings, ...result.systems.flatMap(({ findings }) => findings)];
}

function findingsSection(result: PlanResult, context: Context): string[] {
  const { paint, say } = context;
  const findings = allFindings(result);
  return findings.length === 0 ? [] : [paint("strong", say("策略结果", "Findings")), ...findingsText(findings, MAX_FINDINGS, context)];
}

function systemsTable(result: PlanResult, { lang, paint, say }: Context): string[] {
  const compared = result.base !== null;
  const columns: Column[] = [
    { title: say("系统", "System") },
    { title: say("名称", "Name") },
    { title: say("阶段", "Stage") },
    { title: say("变更", "Change") },
    ...(compared ? [{ title: say("原目录价/月", "List before"), align: "right" } as const] : []),
    { title: say("目录价/月（元）", "List a month (CNY)"), align: "right" },
    ...(compared ? [{ title: say("增减", "Difference"), align: "right" } as const] : []),
  ];
  const { systems } = result;
  const rows = systems
    .slice(0, MAX_ROWS)
    .map((system): string[] => [
      system.id,
      shorten(terminalSafe(system.name), 36),
      system.stage === null ? "—" : (STAGE_WORDS[system.stage]?.[lang] ?? system.stage),
      CHANGE_WORDS[system.change][lang] + damageMark(system, lang),
      ...(compared ? [grouped(system.monthly.before)] : []),
      grouped(system.monthly.after),
      ...(compared ? [signed(system.monthly.delta)] : []),
    ]);
  const cut =
    systems.length > MAX_ROWS
      ? [
          paint(
            "dim",
            say(
              `（另有 ${systems.length - MAX_ROWS} 个系统，见 --format json）`,
              `(${counted(systems.length - MAX_ROWS, "more system")}: --format json)`,
            ),
          ),
        ]
      : [];
  return [paint("strong", say("系统", "Systems")), ...table(columns, rows), ...cut];
}

function damageMark(system: SystemResult, lang: Lang): string {
  const worst = damageOf(system);
  const [first, ...more] = worst;
  return first === undefined ? "" : ` ⚠ ${DAMAGE_WORDS[first][lang]}${more.length === 0 ? "" : ` +${more.length}`}`;
}

function linesTable(result: PlanResult, context: Context, detailed: boolean): string[] {
  if (detailed || result.lines.length === 0) return [];
  const { paint, say } = context;
  const compared = result.base !== null;
  // A reviewer of a change looks for what moves; the total still is of every line.
  const lines = compared
    ? result.lines.filter(({ before, after, listBefore, listAfter }) => before !== after || listBefore !== listAfter)
    : result.lines;
  const same = result.lines.length - lines.length;
  return [
    paint("strong", `${say("按附件1分项", "Line by line of Annex 1")}${scopeWords(result, say)}`),
    ...lineRows(lines, result.total.list, compared, context),
    ...(same > 0
      ? [paint("dim", say(`（${same} 项没有变化，未列出，已计入合计）`, `(${same} unchanged lines are not listed; the total counts them)`))]
      : []),
  ];
}

/** Of what the sums are: this program knows the whole contract, but of another pipeline's plans those plans alone. */
export function scopeWords({ foreign }: Pick<PlanResult, "foreign">, say: Context["say"]): string {
  return foreign ? say("（这些计划）", " (these plans)") : say("（整个合同）", " (the whole contract)");
}

function totals({ total, budget, base, foreign }: PlanResult, { say }: Context): string[] {
  const compared = base !== null;
  const row = (title: string, amounts: AmountsResult): string[] => [
    title,
    ...(compared ? [grouped(amounts.before)] : []),
    grouped(amounts.after),
    ...(compared ? [signed(amounts.delta)] : []),
  ];
  const columns: Column[] = [
    {
      title: foreign
        ? say("这些计划，每月（元）", "These plans, a month (CNY)")
        : say("整个合同，每月（元）", "Whole contract, a month (CNY)"),
    },
    ...(compared ? [{ title: say("原", "Before"), align: "right" } as const] : []),
    { title: compared ? say("现", "After") : say("金额", "Amount"), align: "right" },
    ...(compared ? [{ title: say("增减", "Difference"), align: "right" } as const] : []),
  ];
  return [
    ...table(columns, [
      row(say("目录价合计", "List total"), total.list),
      row(say(`× ${total.factor} = 月费（含税）`, `× ${total.factor} = fee, VAT included`), total.fee),
      row(say("  其中 不含税", "  of which net"), total.net),
      row(say(`  其中 增值税 ${percent(total.vatRate)}`, `  of which VAT ${percent(total.vatRate)}`), total.vat),
    ]),
    // A share of a contract has no forecast and no estimate of its own.
    ...(foreign
      ? []
      : [
          say(
            `全期费用预计 ${grouped(budget.forecast)} 元（按每月相同计），合同预估 ${grouped(budget.estimate)} 元`,
            `Term forecast ${grouped(budget.forecast)} CNY (every month alike), contract estimate ${grouped(budget.estimate)} CNY`,
          ),
        ]),
  ];
}

/** Where nothing is compared and no engine was asked, nothing can be applied, so nobody is asked to approve. */
export function approvalsToShow({ approvals: required = [], base, engine }: PlanResult): readonly ApprovalResult[] {
  return base === null && engine === undefined ? [] : required;
}

function approvals(result: PlanResult, { paint, say }: Context): string[] {
  const required = approvalsToShow(result);
  if (required.length === 0) return [];
  const left = required.length - MAX_APPROVALS;
  return [
    paint("strong", say("谁须批准", "Who must approve")),
    ...required.slice(0, MAX_APPROVALS).map((each) => terminalSafe(`  ${approverName(each)}: ${each.because.join(say("；", "; "))}`)),
    ...(left > 0 ? [say(`  （另有 ${left} 个，见 --format json）`, `  (${left} more: --format json)`)] : []),
  ];
}

/** `0.06` → `6%`, by moving the point. */
export function percent(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const digits = `${whole}${fraction.padEnd(2, "0").slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = fraction.slice(2);
  return `${digits}${rest === "" ? "" : `.${rest}`}%`;
}

function footer(result: PlanResult, { paint, say }: Context, full: boolean): string[] {
  const base = result.base === null ? " -- --base none" : ` -- --base ${shortLabel(result.base)}`;
  const hint = full
    ? []
    : [
        say(
          `看一个系统的明细：npm run plan${base} --system <单位>/<系统>`,
          `Details of one system: npm run plan${base} --system <bureau>/<system>`,
        ),
      ];
  return [...result.notes, ...hint, paint("dim", say(`计划指纹 ${result.fingerprint}`, `fingerprint ${result.fingerprint}`))];
}
