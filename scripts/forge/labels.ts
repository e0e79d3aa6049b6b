import { Decimal } from "decimal.js";
import { DAMAGE_CLASSES } from "../../catalog/terraform-plan/planned-resource.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import type { PlanResult } from "../plan/result.ts";
import { DAMAGE_WORDS, VERDICT_WORDS } from "../render/words.ts";
import type { Label } from "./forge.ts";

interface PlanLabel {
  readonly name: Text;
  readonly color: string;
  readonly fits: (plan: PlanResult) => boolean;
}

const RED = "#c9372c";
const AMBER = "#b65c02";
const GREY = "#626f86";
const GREEN = "#216e4e";

/** List price a month, CNY: what the whole request adds or takes away. GitLab's names hold no comma. */
function moneyLabel(zh: string, en: string, color: string, fits: (delta: Decimal) => boolean): PlanLabel {
  return { name: text(`金额：${zh}`, `money: ${en}`), color, fits: ({ total }) => fits(new Decimal(total.list.delta)) };
}

/** Every label that is ours. What a plan no longer deserves is taken away, in either language; any other label is somebody else's. */
export const PLAN_LABELS: readonly PlanLabel[] = [
  moneyLabel("每月减少", "less a month", GREEN, (delta) => delta.lt(0)),
  moneyLabel("不变", "unchanged", GREY, (delta) => delta.isZero()),
  moneyLabel("每月增加不到 1000", "< 1000 more a month", GREEN, (delta) => delta.gt(0) && delta.lt(1000)),
  moneyLabel("每月增加 1000 以上", "≥ 1000 more a month", AMBER, (delta) => delta.gte(1000) && delta.lt(10_000)),
  moneyLabel("每月增加 10000 以上", "≥ 10000 more a month", RED, (delta) => delta.gte(10_000)),
  ...DAMAGE_CLASSES.map((damage) => ({
    name: text(`影响：${DAMAGE_WORDS[damage].zh}`, `damage: ${DAMAGE_WORDS[damage].en}`),
    color: damage === "reboot" ? AMBER : RED,
    fits: ({ systems }: PlanResult) => systems.some(({ resources }) => resources.some((resource) => resource.damage.includes(damage))),
  })),
  {
    name: text("开放：互联网", "exposure: internet"),
    color: AMBER,
    fits: ({ systems }) => systems.some(({ exposure }) => exposure.some(({ change, from }) => change === "opened" && WORLD.has(from))),
  },
  {
    name: text("等保三级", "MLPS level 3"),
    color: AMBER,
    fits: ({ systems }) => systems.some(({ lines }) => lines.some(({ item, before, after }) => item === "23" && before !== after)),
  },
  {
    name: text("豁免", "waiver"),
    color: AMBER,
    fits: ({ findings, systems }) => [...findings, ...systems.flatMap((system) => system.findings)].some(({ waiver }) => waiver !== null),
  },
  {
    // Of those who approve, the one who is not asked each time.
    name: text("批准：安全负责人", "approval: security officer"),
    color: AMBER,
    fits: ({ approvals = [] }) => approvals.some(({ role }) => role === "security"),
  },
  {
    name: text(`结论：${VERDICT_WORDS.refused.zh}`, `verdict: ${VERDICT_WORDS.refused.en.toLowerCase()}`),
    color: RED,
    fits: ({ verdict }) => verdict === "refused",
  },
];

/** What can be reached from anywhere, or from nobody knows where. */
const WORLD: ReadonlySet<string> = new Set(["internet", "anyone", "0.0.0.0/0", "::/0", "unknown"]);

/** What to add and what to take away, given the labels that a request has. */
export function labelChange(
  plan: PlanResult,
  present: readonly string[],
  lang: Lang,
): { readonly add: readonly Label[]; readonly remove: readonly string[] } {
  const wanted = PLAN_LABELS.filter(({ fits }) => fits(plan)).map(({ name, color }) => ({ name: name[lang], color }));
  const keep = new Set(wanted.map(({ name }) => name));
  const ours = new Set(PLAN_LABELS.flatMap(({ name }) => [name.zh, name.en]));
  return { add: wanted.filter(({ name }) => !present.includes(name)), remove: present.filter((name) => ours.has(name) && !keep.has(name)) };
}
