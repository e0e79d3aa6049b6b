import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";
import { clauseWords } from "../../catalog/clause-words.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import type { Amounts, QuoteLine } from "../../cost/quote.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { Plan, SystemPlan } from "./build-plan.ts";
import { catalogueChanges } from "./catalogue-changes.ts";
import { type FindingSources, findingPlace } from "./finding-place.ts";
import { type EngineDigest, fingerprintOf, planParts } from "./fingerprint.ts";
import { notesOf } from "./notes.ts";
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
    catalogue: catalogueChanges(head.tree.catalogue, base?.tree.catalogue),
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
    stageBefore: base?.declared.get(id)?.declaration?.stage ?? null,
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

function waiverResult({ reason, owner, approver, expires, source, index }: Waiver, at: Temporal.PlainDate): WaiverResult {
  const { line, column } = source.locate(["waivers", index]);
  return { reason, owner, approver, expires, daysLeft: at.until(expires).days, location: { file: source.path, line, column } };
}
