import type { Decimal } from "decimal.js";
import { amountWords } from "../../catalog/amount-words.ts";
import { clauseWords } from "../../catalog/clause-words.ts";
import { adviceDamage, type ComputeAdvice, type DiskAdvice, type GroupAdvice } from "../../catalog/sizing/advice.ts";
import { type Band, bandEdges, diskStandard, type ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import { gbWords } from "../../catalog/sizing/gb-words.ts";
import { LEAST_COVERAGE } from "../../catalog/sizing/group-usage.ts";
import type { Overall, OverallUse } from "../../catalog/sizing/overall-use.ts";
import { bandedPercentWords, limitedPercentWords, percentWords } from "../../catalog/sizing/percent-words.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import { type AdviceMoney, addAmounts, shareOfEstimate } from "../../cost/sizing/price-advice.ts";
import { afterTermNotes } from "../plan/notes.ts";
import { amountsResult } from "../plan/put-into-words.ts";
import type { RightSize } from "./build-right-size.ts";
import type { ChangesResult } from "./changes.ts";
import type {
  BureauTotal,
  CityResult,
  ComputeResult,
  DeadlineResult,
  DiskResult,
  OverallVerdict,
  RightSizeResult,
  ServerResult,
  SystemTotal,
} from "./result.ts";

/** Turns a month's advice into the result object, in one language. */
export function rightSizeResult(found: RightSize, lang: Lang, changes: ChangesResult | null = null): RightSizeResult {
  const { at, advice, contract, priceBook, groups } = found;
  return {
    schema: "govcloud/right-size/1",
    month: advice.month.key,
    at: at.toString(),
    contract: contract.id,
    priceBook: priceBook.source.path,
    deadline: deadlineResult(found, lang),
    servers: groups.map(({ advice: group, money: own }) => serverResult(group, own, found.rules, lang)),
    totals: {
      systems: systemTotals(found),
      bureaus: bureauTotals(found),
      all: amountsResult(addAmounts(groups.map(({ money: own }) => own.monthly))),
    },
    city: cityResult(found, lang),
    leftOut: advice.leftOut.map(({ system, server, index, reason }) => ({ system, server, index, reason: reason[lang] })),
    notes: notesOf(found).map((note) => note[lang]),
    changes,
  };
}

function serverResult(advice: GroupAdvice, own: AdviceMoney, rules: ResourceUsageRules, lang: Lang): ServerResult {
  const { declaration, group, cpu, memory, disk, notes } = advice;
  const unsplit = own.disk.kind === "unsplit" ? [UNSPLIT] : [];
  return {
    system: declaration.id,
    server: group.key,
    name: declaration.name,
    tenant: declaration.tenant,
    count: group.count,
    family: group.family,
    cpu: computeResult(cpu, rules.cpu, rules.clause, lang),
    memory: computeResult(memory, rules.memory, rules.clause, lang),
    disk: diskResult(disk, rules, lang),
    monthly: {
      ...amountsResult(own.monthly),
      cpu: amountsResult(own.cpu),
      memory: amountsResult(own.memory),
      disk: amountsResult(own.disk.amounts),
    },
    damage: adviceDamage(advice),
    notes: [...notes, ...unsplit].map((note) => note[lang]),
  };
}

const UNSPLIT = text(
  "各块盘价格不同，未定改哪一块，磁盘的金额未计变化",
  "Its disks have different prices and it is open which one changes: the money counts no change of disk",
);

function computeResult(advice: ComputeAdvice, bands: readonly Band[], clause: string, lang: Lang): ComputeResult {
  const { percent, band, spread, isWide, measured, now, target, left } = advice;
  return {
    percent: percent === null ? null : bandedPercentWords(percent, bands),
    factor: band?.factor ?? null,
    band:
      band === null
        ? null
        : { printed: band.printed, range: bandEdges(band), action: band.action[lang], clause: clauseWords(clause, lang) },
    spread: spread === null ? null : { least: bandedPercentWords(spread.least, bands), most: bandedPercentWords(spread.most, bands) },
    oneSizeFits: !isWide,
    clause: clauseWords(left?.clause ?? clause, lang),
    measured,
    now,
    target,
    left: left?.reason[lang] ?? null,
    leftKind: left?.kind ?? null,
  };
}

function diskResult(disk: DiskAdvice, { clause, disk: rules }: ResourceUsageRules, lang: Lang): DiskResult {
  const { above, printed } = rules;
  const { usedGb, leastUsedGb, measured, now, target, left } = disk;
  const isAbove = (percent: Decimal) => percent.greaterThan(above);
  const share = usedGb === null ? null : usedGb.times(100).dividedBy(now);
  return {
    percent: share === null ? null : percentWords(share, (words) => isAbove(words) === isAbove(share)),
    band: { printed, range: `> ${above.toFixed()}`, action: diskStandard(rules)[lang], clause: clauseWords(clause, lang) },
    usedGb: usedGb === null ? null : gbWords(usedGb),
    leastUsedGb: leastUsedGb === null ? null : gbWords(leastUsedGb),
    clause: clauseWords(left?.clause ?? clause, lang),
    measured,
    now,
    target,
    left: left?.reason[lang] ?? null,
    leftKind: left?.kind ?? null,
  };
}

function deadlineResult({ deadline, rules, at }: RightSize, lang: Lang): DeadlineResult {
  const on = deadline.kind === "known" ? deadline.date.toString() : null;
  return {
    workingDays: rules.advice.workingDays,
    on,
    isPast: on === null ? null : at.toString() > on,
    clause: clauseWords("附件2 7.3", lang),
  };
}

function systemTotals({ groups }: RightSize): SystemTotal[] {
  return [...Map.groupBy(groups, ({ advice }) => advice.declaration.id)].map(([system, own]) => ({
    system,
    monthly: amountsResult(addAmounts(own.map(({ money: { monthly } }) => monthly))),
  }));
}

function bureauTotals({ groups, tenants }: RightSize): BureauTotal[] {
  return [...Map.groupBy(groups, ({ advice }) => advice.declaration.tenant)].map(([tenant, own]) => ({
    tenant,
    name: tenants.get(tenant)?.name ?? tenant,
    monthly: amountsResult(addAmounts(own.map(({ money: { monthly } }) => monthly))),
  }));
}

function cityResult({ city, rules, contract }: RightSize, lang: Lang): CityResult {
  const { below: required, annualFeePercent } = rules.overall;
  const words = ({ percent }: Overall) => (percent === null ? null : limitedPercentWords(percent, required));
  const both = ({ cpu, memory }: OverallUse) => ({ cpuPercent: words(cpu), memoryPercent: words(memory) });
  const share = shareOfEstimate(contract.estimate, annualFeePercent);
  const consequence = text(
    `整体平均 CPU 或内存使用率低于 ${required.toFixed()}% 的，扣年度服务费的 ${annualFeePercent.toFixed()}%（附件2 7.3）；按预估服务费 ${amountWords(contract.estimate)} 元计为 ${amountWords(share)} 元`,
    `An overall average of CPU or memory under ${required.toFixed()} % costs ${annualFeePercent.toFixed()} % of the annual fee (Annex 2 7.3): of the estimate of ${amountWords(contract.estimate)} CNY, ${amountWords(share)} CNY`,
  );
  return {
    ...both(city.all),
    verdict: { cpu: verdictOf(city.all.cpu, required), memory: verdictOf(city.all.memory, required) },
    withoutExempt: both(city.withoutExempt),
    required: required.toFixed(),
    below: (["cpu", "memory"] as const).filter((resource) => city.all[resource].percent?.lessThan(required) === true),
    measured: {
      cores: city.all.cpu.measured,
      ofCores: city.all.cpu.total,
      memoryGb: city.all.memory.measured,
      ofMemoryGb: city.all.memory.total,
      isEnough: [city.all.cpu, city.all.memory].every(isEnough),
    },
    consequence: consequence[lang],
  };
}

function isEnough({ measured, total }: Overall): boolean {
  return LEAST_COVERAGE.times(total).lessThanOrEqualTo(measured);
}

function verdictOf(overall: Overall, required: Decimal): OverallVerdict {
  if (overall.percent === null || !isEnough(overall)) return "unknown";
  return overall.percent.lessThan(required) ? "below" : "met";
}

function notesOf({ deadline, rules, gpuGroups, advice, at, contract }: RightSize): Text[] {
  const notes: Text[] = [...afterTermNotes(at, contract)];
  if (deadline.kind === "unpublished")
    notes.push(
      text(
        `${deadline.year} 年的工作日安排尚未公布，提交截止日（次月前 ${rules.advice.workingDays} 个工作日）无法确定`,
        `The working days of ${deadline.year} are not published yet: the day when the advice is due (${rules.advice.workingDays} working days into the next month) is not known`,
      ),
    );
  if (gpuGroups > 0)
    notes.push(
      text(
        `${gpuGroups} 组 GPU服务器是整机，规格固定，本规则只针对云服务器`,
        `GPU servers are whole machines of fixed size, and the rule is for virtual servers: ${gpuGroups} ${gpuGroups === 1 ? "group is" : "groups are"} not looked at`,
      ),
    );
  if (advice.groups.some(({ cpu, memory }) => cpu.target !== cpu.now || memory.target !== memory.now))
    notes.push(
      text("改变核数或内存要重启服务器，请安排在业务空闲时", "A new number of cores or GB reboots the server: choose a quiet hour"),
    );
  return notes;
}
