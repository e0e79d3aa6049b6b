import type { Declaration, ServerGroup } from "../../catalog/declaration.ts";
import { bandEdges, type ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import {
  type ComputeResource,
  judgeGrowth,
  type MeasuredGroup,
  measureGroup,
  SIZE_KEY,
  totalOf,
} from "../../catalog/sizing/judge-growth.ts";
import { measuredChange } from "../../catalog/sizing/measured-change.ts";
import type { MeasuredMonth } from "../../catalog/sizing/measured-month.ts";
import { bandedPercentWords } from "../../catalog/sizing/percent-words.ts";
import { type Text, text } from "../../catalog/text.ts";
import { declared, defineSystemPolicy, notApplicable, type Place, pass, undetermined, type Verdict, violation } from "../policy.ts";

/**
 * Rejects more cores or memory for servers whose month says to keep or reduce them: larger servers, more of them, or others under a new name in the place of
 * those that leave. Servers that are new beside those there are have no use to be held against.
 */
export const noGrowthAgainstUse = defineSystemPolicy({
  id: "sizing/no-growth-against-use",
  level: "mandatory",
  title: { zh: "使用率不够的云服务器不扩容", en: "A server does not grow against its use" },
  why: {
    zh: "使用率分档说保持或缩减的，再扩容就更闲置；全市平均低于 30% 要扣年度服务费的 20%",
    en: "Where the bands say keep or reduce, growth adds what stands idle; a city average under 30 % costs 20 % of the annual fee",
  },
  clause: "合同 附件2 7.2; 附件2 7.3",
  remedy: {
    zh: "保持原规格；确有新业务、使用率说明不了的，由管理部门豁免",
    en: "Keep the size there is; for new business that last month's use cannot show, ask the centre for a waiver",
  },
  check(subject) {
    const change = measuredChange(subject);
    if ("zh" in change) return [notApplicable(change.zh, change.en)];
    const { declaration, before, pool, usage } = change;
    const rules = subject.catalogue.resourceUsage;
    const facts: Facts = { declaration, usage, rules };
    const measure = (group: ServerGroup) => measureGroup(usage, before, group, { rules, pool });
    const own = declaration.servers.flatMap((server): Verdict[] => {
      const was = before.servers.find(({ key }) => key === server.key);
      if (was === undefined) return [notApplicable("新服务器还没有使用率", "a new server has no use yet")];
      const sizes = RESOURCES.map((resource) => judgeSize(server, measure(was), resource, facts));
      return server.count > was.count ? [...sizes, ...judgeCount(server, measure(was), facts)] : sizes;
    });
    return [...own, ...judgeReplacements(before, measure, facts)];
  },
});

const RESOURCES: readonly ComputeResource[] = ["cpu", "memory"];
const UNIT: Readonly<Record<ComputeResource, Text>> = { cpu: text("核", "cores"), memory: text("GB 内存", "GB of memory") };

interface Facts {
  readonly declaration: Declaration;
  readonly usage: MeasuredMonth;
  readonly rules: ResourceUsageRules;
}

interface Growth {
  readonly from: readonly MeasuredGroup[];
  readonly of: "each" | "all";
  readonly was: number;
  readonly is: number;
  readonly resource: ComputeResource;
  readonly place: Place;
  /** What grows: `服务器组 app 从 8 增到 16 核`, `grow from 8 to 16 cores`. */
  readonly words: Text;
}

function judgeSize(server: ServerGroup, was: MeasuredGroup, resource: ComputeResource, facts: Facts): Verdict {
  const key = SIZE_KEY[resource];
  const [from, to, unit] = [was.group[key], server[key], UNIT[resource]];
  if (to <= from) return pass();
  return judged(
    {
      from: [was],
      of: "each",
      was: from,
      is: to,
      resource,
      place: declared(facts.declaration, ["servers", server.key, key]),
      words: text(`服务器组 ${server.key} 从 ${from} 增到 ${to} ${unit.zh}`, `grow from ${from} to ${to} ${unit.en}`),
    },
    facts,
  );
}

/** A server comes whole: more of them are right where cores or memory ask for it. */
function judgeCount(server: ServerGroup, was: MeasuredGroup, facts: Facts): readonly Verdict[] {
  const verdicts = RESOURCES.flatMap((resource): Verdict[] => {
    const [from, to, unit] = [totalOf([was.group], resource), totalOf([server], resource), UNIT[resource]];
    if (to <= from) return [];
    const [some, more] = [was.group.count, server.count];
    const words = text(
      `服务器组 ${server.key} 从 ${some} 台增到 ${more} 台，共从 ${from} 增到 ${to} ${unit.zh}`,
      `grow from ${some} to ${more} servers, ${from} to ${to} ${unit.en} in all`,
    );
    const place = declared(facts.declaration, ["servers", server.key, "count"]);
    return [judged({ from: [was], of: "all", was: from, is: to, resource, place, words }, facts)];
  });
  return verdicts.some(({ kind }) => kind === "pass") ? [pass()] : verdicts;
}

/** Servers that come in the same request as others leave take their place, whatever they are called. */
function judgeReplacements(
  before: Declaration,
  measure: (group: ServerGroup) => MeasuredGroup,
  { declaration, ...facts }: Facts,
): readonly Verdict[] {
  const now = new Map(declaration.servers.map((server) => [server.key, server]));
  const added = declaration.servers.filter(({ key }) => before.servers.every((server) => server.key !== key));
  const [first] = added;
  if (first === undefined) return [];
  return RESOURCES.map((resource): Verdict => {
    const leaving = before.servers.filter((was) => totalOf([now.get(was.key)], resource) < totalOf([was], resource));
    const [from, to] = [totalOf(leaving, resource), totalOf([...leaving.map(({ key }) => now.get(key)), ...added], resource)];
    if (leaving.length === 0 || to <= from) return pass();
    const unit = UNIT[resource];
    const [left, right] = [leaving, added].map((groups) => groups.map(({ key }) => key));
    const words = text(
      `服务器组 ${left?.join("、")} 减少、${right?.join("、")} 新增，共从 ${from} 增到 ${to} ${unit.zh}`,
      `put ${right?.join(", ")} in the place of ${left?.join(", ")} and grow from ${from} to ${to} ${unit.en} in all`,
    );
    const place = declared(declaration, ["servers", first.key, SIZE_KEY[resource]]);
    return judged({ from: leaving.map(measure), of: "all", was: from, is: to, resource, place, words }, { declaration, ...facts });
  });
}

function judged({ from, of, was, is, resource, place, words }: Growth, { usage, rules }: Facts): Verdict {
  const month = usage.month.key;
  const unit = UNIT[resource];
  const answer = judgeGrowth(from, is, { resource, of, rules });
  switch (answer.kind) {
    case "supported":
      return pass();
    case "size-unknown":
      return undetermined(
        place,
        `${words.zh}：不知道 ${month} 月末的规格，要有完整的 Git 历史`,
        `Cannot tell whether to ${words.en}: what it had in ${month} is not known, wanted the whole Git history`,
      );
    case "not-measured":
      return undetermined(
        place,
        `${words.zh}：${month} 测得的数据不足，不能判断该不该增`,
        `Cannot tell whether to ${words.en}: too little of ${month} was measured`,
      );
    case "grown-since": {
      const { measured, supports } = answer;
      return undetermined(
        place,
        `${words.zh}：${month} 的使用率按当时的 ${measured} 测得，只支持到 ${supports}；${was} 的使用率还不知道`,
        `Cannot tell whether to ${words.en}: the use of ${month} is of ${measured} ${unit.en} and supports ${supports}; that of ${was} is not known yet`,
      );
    }
    case "against-use": {
      const { measured, percent, band } = answer;
      const printed = bandedPercentWords(percent, rules[resource]);
      const [ofZh, ofEn] = measured === was ? ["", ""] : [`（当时 ${measured}）`, ` (of ${measured} then)`];
      return violation(
        place,
        `${words.zh}：${month} 平均使用率 ${printed}%${ofZh}，属“${band.printed}”档：${band.action.zh}`,
        `Cannot ${words.en}: average use in ${month} was ${printed} %${ofEn}, and the band ${bandEdges(band)} % says ${band.action.en}`,
      );
    }
  }
}
