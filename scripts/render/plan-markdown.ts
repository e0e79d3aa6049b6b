import { counted, type Lang } from "../../catalog/text.ts";
import { approverName } from "../approval/required-approvals.ts";
import type { AmountsResult, LineResult, PlanResult, SystemResult } from "../plan/result.ts";
import { markdownCode, markdownSafe } from "./escape.ts";
import { findingsMarkdown } from "./findings-markdown.ts";
import { cell, fitting } from "./markdown-table.ts";
import { approvalsToShow, MAX_APPROVALS, percent, scopeWords } from "./plan-text.ts";
import { minus, priceWords } from "./system-text.ts";
import { grouped, shorten, signed } from "./table.ts";
import {
  ACTION_WORDS,
  CHANGE_WORDS,
  DAMAGE_WORDS,
  damageOf,
  exposureSentences,
  STAGE_WORDS,
  VERDICT_SIGNS,
  VERDICT_WORDS,
} from "./words.ts";

/** Forges refuse comments over 65,535 characters; the rest is room for a marker and a link. */
export const MAX_MARKDOWN = 64_000;
const MAX_TABLE_LENGTH = 20_000;
const MAX_RESOURCES = 100;
const MAX_REASONS = 600;

interface Context {
  readonly lang: Lang;
  readonly say: (zh: string, en: string) => string;
}

/** Renders a plan as a merge request's comment: verdict and money first, details folded, always under {@link MAX_MARKDOWN} characters. */
export function renderPlanMarkdown(result: PlanResult, lang: Lang): string {
  const context: Context = { lang, say: (zh, en) => (lang === "zh" ? zh : en) };
  const head = [
    ...heading(result, context),
    ...approvals(result, context),
    ...findingsMarkdown([...result.findings, ...result.systems.flatMap(({ findings }) => findings)], lang),
  ].join("\n");
  const tail = [
    ...totals(result, context),
    ...result.notes.flatMap((note) => ["", cell(note)]),
    "",
    `<sub>${context.say("计划指纹", "fingerprint")} ${markdownCode(result.fingerprint)} · ${result.at} · ${markdownSafe(result.contract)}</sub>`,
    "",
  ].join("\n");
  const sections = [
    systemsTable(result, context),
    ...bySize(result.systems).map((system) => systemDetails(system, result, context)),
    ...(result.systems.length === 0 ? [] : [contractLines(result, context)]),
  ];

  // What matters most comes first; a section that no longer fits is counted instead.
  const omitted = (count: number) =>
    context.say(
      `_（为不超过评论长度，另有 ${count} 段明细没有列出；完整内容见 JSON 结果）_\n`,
      `_(${counted(count, "more section")} ${count === 1 ? "is" : "are"} left out to stay under the forge's limit; the JSON result has everything)_\n`,
    );
  let room = MAX_MARKDOWN - head.length - tail.length - omitted(sections.length).length - 8;
  const kept: string[] = [];
  for (const section of sections) {
    if (section.length + 1 > room) break;
    kept.push(section);
    room -= section.length + 1;
  }
  const left = sections.length - kept.length;
  return [head, ...kept, ...(left > 0 ? [omitted(left)] : []), tail].join("\n");
}

/** Systems with findings or damage first, then by the money that they move. */
function bySize(systems: readonly SystemResult[]): SystemResult[] {
  const weight = (system: SystemResult) =>
    system.findings.length * 1000 + system.resources.filter(({ damage }) => damage.length > 0).length;
  return [...systems].sort(
    (a, b) => weight(b) - weight(a) || Math.abs(Number(b.monthly.delta)) - Math.abs(Number(a.monthly.delta)) || (a.id < b.id ? -1 : 1),
  );
}

function heading(result: PlanResult, { lang, say }: Context): string[] {
  const { list, fee } = result.total;
  const { icon } = VERDICT_SIGNS[result.verdict];
  const money =
    result.base === null
      ? say(
          `每月目录价 **${grouped(list.after)}** 元，月费 **${grouped(fee.after)}** 元`,
          `list price **${grouped(list.after)}** CNY a month, fee **${grouped(fee.after)}** CNY`,
        )
      : say(
          `每月目录价 **${signed(list.delta)}** 元（${grouped(list.before)} → ${grouped(list.after)}），月费 **${signed(fee.delta)}** 元`,
          `list price **${signed(list.delta)}** CNY a month (${grouped(list.before)} → ${grouped(list.after)}), fee **${signed(fee.delta)}** CNY`,
        );
  const { added, changed, removed, unchanged } = result.counts;
  return [
    `## ${icon} ${VERDICT_WORDS[result.verdict][lang]}`,
    "",
    money,
    "",
    say(
      `新增 ${added} · 变更 ${changed} · 移除 ${removed} · 不变 ${unchanged} 个系统`,
      `${added} added · ${changed} changed · ${removed} removed · ${unchanged} unchanged`,
    ),
    "",
  ];
}

function approvals(result: PlanResult, { say }: Context): string[] {
  const required = approvalsToShow(result);
  if (required.length === 0) return [];
  const left = required.length - MAX_APPROVALS;
  return [
    say("**谁须批准**", "**Who must approve**"),
    "",
    ...required
      .slice(0, MAX_APPROVALS)
      .map((each) => `- ${cell(approverName(each))}: ${cell(shorten(each.because.join(say("；", "; ")), MAX_REASONS))}`),
    ...(left > 0 ? [say(`- _（另有 ${left} 个）_`, `- _(${left} more)_`)] : []),
    "",
  ];
}

function systemsTable(result: PlanResult, { lang, say }: Context): string {
  if (result.systems.length === 0) return say("没有任何变更。\n", "Nothing changes.\n");
  const rows = bySize(result.systems).map((system) => {
    const harm = damageOf(system)
      .map((each) => DAMAGE_WORDS[each][lang])
      .join(say("、", ", "));
    return `| ${markdownCode(system.id)} ${cell(system.name)} | ${system.stage === null ? "—" : (STAGE_WORDS[system.stage]?.[lang] ?? system.stage)} | ${CHANGE_WORDS[system.change][lang]} | ${grouped(system.monthly.before)} | ${grouped(system.monthly.after)} | ${signed(system.monthly.delta)} | ${harm === "" ? "" : `⚠️ ${harm}`} |`;
  });
  const kept = fitting(rows, MAX_TABLE_LENGTH);
  const left = rows.length - kept.length;
  const cut = left > 0 ? [say(`_（另有 ${left} 个系统）_`, `_(${counted(left, "more system")})_`)] : [];
  return [
    say(
      "| 系统 | 阶段 | 变更 | 原目录价/月 | 现目录价/月 | 增减 | 影响 |",
      "| System | Stage | Change | List before | List after | Difference | Damage |",
    ),
    "|---|---|---|--:|--:|--:|---|",
    ...kept,
    ...cut,
    "",
  ].join("\n");
}

function systemDetails(system: SystemResult, result: PlanResult, context: Context): string {
  const { say } = context;
  const details = [
    ...lineTable(system.lines, system.monthly, context),
    ...resourceTable(system, result, context),
    ...exposureList(system, context),
  ];
  if (details.length === 0) return `${markdownCode(system.id)} ${say("没有明细", "has no details")}\n`;
  return [
    "<details>",
    `<summary>${markdownCode(system.id)} ${cell(system.name)} ${signed(system.monthly.delta)}</summary>`,
    "",
    ...details,
    "</details>",
    "",
  ].join("\n");
}

function lineTable(lines: readonly LineResult[], monthly: AmountsResult, { say }: Context): string[] {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => {
    const difference = signed(minus(line.listAfter, line.listBefore));
    return `| ${line.item} | ${cell(line.name)} | ${priceWords(line)} | ${grouped(line.before)} | ${grouped(line.after)} | ${cell(line.unit)} | ${grouped(line.listBefore)} | ${grouped(line.listAfter)} | ${difference} |`;
  });
  return [
    say(
      "| 项 | 服务 | 单价 | 原 | 现 | 单位 | 原目录价 | 现目录价 | 增减 |",
      "| Line | Service | Unit price | Before | After | Unit | List before | List after | Difference |",
    ),
    "|--:|---|--:|--:|--:|---|--:|--:|--:|",
    ...rows,
    `| | ${say("合计", "Total")} | | | | | ${grouped(monthly.before)} | ${grouped(monthly.after)} | ${signed(monthly.delta)} |`,
    "",
  ];
}

/** The whole contract line by line, folded. */
function contractLines(result: PlanResult, context: Context): string {
  const { lines, total } = result;
  const title = `${context.say("按附件1分项", "Line by line of Annex 1")}${scopeWords(result, context.say)}`;
  return ["<details>", `<summary>${title}</summary>`, "", ...lineTable(lines, total.list, context), "</details>", ""].join("\n");
}

function resourceTable(system: SystemResult, result: PlanResult, { lang, say }: Context): string[] {
  const changed = system.resources.filter(({ action }) => action !== "no-op");
  if (changed.length === 0 || result.base === null || system.change === "added") {
    const types = new Map<string, number>();
    for (const { type } of changed) types.set(type, (types.get(type) ?? 0) + 1);
    return changed.length === 0
      ? []
      : [
          say(`新建 ${changed.length} 个云上资源：`, `Creates ${counted(changed.length, "resource")}: `) +
            [...types].map(([type, count]) => `${markdownCode(type)} ×${count}`).join(say("、", ", ")),
          "",
        ];
  }
  const ordered = [...changed].sort((a, b) => b.damage.length - a.damage.length || (a.address < b.address ? -1 : 1));
  const rows = ordered
    .slice(0, MAX_RESOURCES)
    .map(
      ({ address, action, cause, damage }) =>
        `| ${ACTION_WORDS[action]?.[lang] ?? action} | ${markdownCode(address)} | ${cause.map(markdownCode).join(" ")} | ${damage.map((each) => `⚠️ ${DAMAGE_WORDS[each][lang]}`).join(" ")} |`,
    );
  const cut =
    changed.length > MAX_RESOURCES
      ? [say(`_（另有 ${changed.length - MAX_RESOURCES} 个资源）_`, `_(${counted(changed.length - MAX_RESOURCES, "more resource")})_`)]
      : [];
  return [say("| 动作 | 资源 | 原因 | 影响 |", "| Action | Resource | Cause | Damage |"), "|---|---|---|---|", ...rows, ...cut, ""];
}

function exposureList(system: SystemResult, { lang, say }: Context): string[] {
  const told = exposureSentences(system.exposure, lang);
  if (told.length === 0) return [];
  const shown = told.slice(0, MAX_RESOURCES).map((each) => `- ${cell(each.words)}`);
  const cut =
    told.length > MAX_RESOURCES ? [say(`- _（另有 ${told.length - MAX_RESOURCES} 条）_`, `- _(${told.length - MAX_RESOURCES} more)_`)] : [];
  return [say("从系统外可访问的变化：", "What can be reached from outside the system:"), "", ...shown, ...cut, ""];
}

function totals({ total, budget, base, foreign }: PlanResult, { say }: Context): string[] {
  const row = (title: string, amounts: AmountsResult) =>
    `| ${title} | ${base === null ? "—" : grouped(amounts.before)} | ${grouped(amounts.after)} | ${signed(amounts.delta)} |`;
  return [
    foreign
      ? say("| 这些计划，每月（元） | 原 | 现 | 增减 |", "| These plans, a month (CNY) | Before | After | Difference |")
      : say("| 整个合同，每月（元） | 原 | 现 | 增减 |", "| Whole contract, a month (CNY) | Before | After | Difference |"),
    "|---|--:|--:|--:|",
    row(say("目录价合计", "List total"), total.list),
    row(say(`× ${total.factor} = 月费（含税）`, `× ${total.factor} = fee, VAT included`), total.fee),
    row(say("其中 不含税", "of which net"), total.net),
    row(say(`其中 增值税 ${percent(total.vatRate)}`, `of which VAT ${percent(total.vatRate)}`), total.vat),
    ...(foreign
      ? []
      : [
          "",
          say(
            `全期费用预计 ${grouped(budget.forecast)} 元，合同预估 ${grouped(budget.estimate)} 元。`,
            `Term forecast ${grouped(budget.forecast)} CNY, contract estimate ${grouped(budget.estimate)} CNY.`,
          ),
        ]),
  ];
}
