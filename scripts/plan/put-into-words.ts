import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";
import { amountWords } from "../../catalog/amount-words.ts";
import { clauseWords } from "../../catalog/clause-words.ts";
import { counted, type Lang, type Text, text } from "../../catalog/text.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import { workingDaysAfter } from "../../catalog/working-days.ts";
import { type Amounts, type QuoteLine, sum } from "../../cost/quote.ts";
import { isTerraformHelper } from "../../cost/resources/helpers.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { Plan, SystemPlan } from "./build-plan.ts";
import { exposureNotes } from "./exposure-notes.ts";
import { type FindingSources, findingPlace } from "./finding-place.ts";
import { type EngineDigest, fingerprintOf, planParts } from "./fingerprint.ts";
import type { AmountsResult, FindingResult, LineResult, PlanResult, SystemResult, WaiverResult } from "./result.ts";

const PLATFORM_NAME: Text = text("平台与合同公共服务", "Platform and shared services of the contract");

/** Turns a plan into the result object, in one language. `engine` is what the engine planned, where it was asked. */
export function planResult(plan: Plan, lang: Lang, engine: readonly EngineDigest[] = []): PlanResult {
  const { head, base } = plan;
  const systems = plan.systems.map((system) => systemResult(system, plan, lang));
  const outcome: Omit<PlanResult, "fingerprint" | "parts"> = {
    schema: "govcloud/plan/1",
    at: plan.at.toString(),
    contract: head.contract.id,
    priceBook: head.priceBook.source.path,
    basePriceBook: base?.priceBook.source.path ?? null,
    base: base?.tree.tree.label ?? null,
    head: head.tree.tree.label,
    systems,
    total: {
      factor: head.contract.factor.toFixed(),
      vatRate: head.contract.vatRate.toFixed(),
      list: amountsResult(plan.total.monthly),
      fee: amountsResult(plan.fee),
      net: amountsResult(plan.net),
      vat: amountsResult(plan.vat),
    },
    budget: { estimate: money(head.contract.estimate), settled: null, forecast: money(plan.forecast) },
    lines: plan.total.lines.map((line) => lineResult(line, lang)),
    counts: plan.counts,
    notes: notesOf(plan).map((note) => note[lang]),
    findings: plan.findings.map((finding) => findingResult(finding, plan, lang)),
    verdict: plan.verdict,
  };
  const parts = planParts(outcome, { head: head.tree.tree, base: base?.tree.tree, judged: plan.judged, engine });
  return { ...outcome, parts, fingerprint: fingerprintOf(parts) };
}

function systemResult({ id, change, quote, resources, exposure, findings }: SystemPlan, plan: Plan, lang: Lang): SystemResult {
  const { head, base } = plan;
  const declaration = head.declared.get(id)?.declaration ?? base?.declared.get(id)?.declaration;
  return {
    id,
    tenant: declaration?.tenant ?? null,
    name: id === PLATFORM ? PLATFORM_NAME[lang] : (declaration?.name ?? id),
    stage: declaration?.stage ?? null,
    change,
    lines: quote.lines.map((line) => lineResult(line, lang)),
    monthly: amountsResult(quote.monthly),
    resources: resources.map(({ address, type, action, damage, cause, reason }) => ({
      address,
      type,
      action,
      damage,
      cause,
      ...(reason === undefined ? {} : { reason }),
    })),
    exposure,
    findings: findings.map((finding) => findingResult(finding, plan, lang)),
  };
}

function lineResult(
  { item, name, unit, unitPrice, unitPriceBefore, before, after, listBefore, listAfter }: QuoteLine,
  lang: Lang,
): LineResult {
  return {
    item,
    name: name[lang],
    unit: unit[lang],
    unitPrice: money(unitPrice),
    unitPriceBefore: money(unitPriceBefore),
    before: before.toFixed(),
    after: after.toFixed(),
    listBefore: money(listBefore),
    listAfter: money(listAfter),
  };
}

export function amountsResult({ before, after, delta }: Amounts): AmountsResult {
  return { before: money(before), after: money(after), delta: money(delta) };
}

/** CNY with two decimals; a list price is exact to the fen, so nothing is rounded away here. */
export function money(amount: Decimal): string {
  if (amount.decimalPlaces() > 2) throw new Error(`Cannot print ${amount} as money: it is not exact to the fen`);
  return amount.isZero() ? "0.00" : amount.toFixed(2);
}

/** Puts a finding into words; it leads back to the line that somebody wrote. */
export function findingResult(finding: Finding, plan: Pick<Plan, "at"> & FindingSources, lang: Lang): FindingResult {
  const { policy, level, result, system, address, attribute, message, remedy, clause } = finding;
  const { file, line, column } = findingPlace(finding, plan);
  return {
    policy,
    level,
    result,
    system: system ?? null,
    address,
    attribute,
    message: message[lang],
    remedy: remedy[lang],
    clause: clauseWords(clause, lang),
    waiver: finding.waiver === undefined ? null : waiverResult(finding.waiver, plan.at),
    ...(finding.asks === undefined ? {} : { asks: finding.asks }),
    location: { file, line, column },
  };
}

function notesOf({ at, head, counts, judgedAlone, planFiles, usageMonth, systems }: Plan): Text[] {
  const notes: Text[] = [];
  if (planFiles !== undefined) notes.push(...systems.flatMap(exposureNotes), ...helperNote(systems));
  if (judgedAlone !== undefined)
    notes.push(
      text(
        `只审了指定的 ${judgedAlone} 个系统（共 ${counts.systems} 个），其余没有审；金额仍是整个合同的`,
        `Of ${counts.systems} systems only the ${judgedAlone} asked for were judged, the others were not; money is that of the whole contract`,
      ),
    );
  const trials = [...head.declared.values()].filter(({ declaration }) => declaration?.stage === "trial");
  if (trials.length > 0) {
    const list = amountWords(sum(trials.map(({ monthly }) => monthly)));
    notes.push(
      text(
        `试用的 ${trials.length} 个系统也按整月计入，共 ${list} 元目录价；试用期内不计费（5.1.2），由月度结算扣除`,
        `The ${trials.length === 1 ? "system on trial is counted as a whole month" : `${trials.length} systems on trial are counted as whole months`}, ${list} CNY at list price; the trial month is not billed (5.1.2), which is for the monthly statement`,
      ),
    );
  }
  const runOn = workingDaysAfter(head.contract.to, head.contract.runOnWorkingDays);
  // What comes after the run-on a policy says.
  const isOver = runOn.kind !== "unpublished" && at.toString() > runOn.date.toString();
  if (at.toString() > head.contract.to.toString()) {
    notes.push(
      isOver
        ? text(
            `${at} 在合同服务期和继续服务期之后：没有约定的价格，这里仍按原价列示`,
            `${at} lies after the term and its run-on: no price is agreed for it; the old prices are shown`,
          )
        : text(
            `${at} 在合同服务期之后：继续服务期的费用须另行协商（2.2），这里仍按原价列示`,
            `${at} lies after the term: the fee of the run-on is to be agreed (2.2); the old prices are shown`,
          ),
    );
  }
  // A plan of another pipeline declares no servers that could be measured.
  if (planFiles === undefined) notes.push(sizingNote(usageMonth));
  return notes;
}

/** Helpers of another pipeline's plan are in no sum, which is said. */
function helperNote(systems: readonly SystemPlan[]): Text[] {
  const helpers = systems.flatMap(({ resources }) => resources).filter(({ after }) => after !== undefined && isTerraformHelper(after));
  if (helpers.length === 0) return [];
  const types = [...new Set(helpers.map(({ type }) => type))];
  return [
    text(
      `${helpers.length} 个资源只在 Terraform 内部起作用，云上什么也不建，不计价：${types.join("、")}`,
      `${counted(helpers.length, "resource")} ${helpers.length === 1 ? "works" : "work"} inside Terraform alone, with nothing in the cloud and no price: ${types.join(", ")}`,
    ),
  ];
}

function sizingNote(usageMonth: string | undefined): Text {
  return usageMonth === undefined
    ? text(
        "没有给出使用率（--usage），扩容是否合乎使用率（附件2 第7条）没有审查",
        "No use was given (--usage): sizing was not judged (Annex 2 §7)",
      )
    : text(`扩容按 ${usageMonth} 的使用率审查（附件2 第7条）`, `Sizing was judged by the use of ${usageMonth} (Annex 2 §7)`);
}

function waiverResult({ reason, owner, approver, expires, source, index }: Waiver, at: Temporal.PlainDate): WaiverResult {
  const { line, column } = source.locate(["waivers", index]);
  return { reason, owner, approver, expires, daysLeft: at.until(expires).days, location: { file: source.path, line, column } };
}
