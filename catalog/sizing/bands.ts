import { Decimal } from "decimal.js";
import { type Text, text } from "../text.ts";

/** What a band makes of a size: times the size there is. */
export type Factor = "3" | "2" | "1" | "1/2" | "1/4";

/** An edge of a band, in percent; whether the figure itself lies in the band. */
export interface Edge {
  readonly percent: Decimal;
  readonly included: boolean;
}

/** A band of average use and the standard for it (表附2-5); no edge is an open end. */
export interface Band {
  readonly from: Edge | undefined;
  readonly to: Edge | undefined;
  /** The table's cell. */
  readonly printed: string;
  readonly factor: Factor;
  readonly action: Text;
}

/** Annex 2 §7: what use asks for, and what a failure costs. */
export interface ResourceUsageRules {
  readonly clause: string;
  readonly points: number;
  /** Highest first; together they hold every percentage once. */
  readonly cpu: readonly Band[];
  readonly memory: readonly Band[];
  /** Disks are sized so that their use stays above this, percent. */
  readonly disk: { readonly above: Decimal; readonly printed: string };
  /** Working days of the next month in which advice is due, and points off where it is late or wrong (7.3). */
  readonly advice: { readonly workingDays: number; readonly deduction: number };
  /** Overall average below which a share of the annual fee is deducted, both in percent (7.3). */
  readonly overall: { readonly below: Decimal; readonly annualFeePercent: Decimal };
  /** How far ahead an exemption (7.2 note 2) may end; absent in catalogues from before it was set. */
  readonly exemption?: { readonly atMostMonths: number };
}

interface BandFile extends Omit<Band, "from" | "to"> {
  readonly from?: string;
  readonly to?: string;
}

interface ResourceUsageFile extends Omit<ResourceUsageRules, "cpu" | "memory" | "disk" | "overall"> {
  readonly cpu: readonly BandFile[];
  readonly memory: readonly BandFile[];
  readonly disk: { readonly above: string; readonly printed: string };
  readonly overall: { readonly below: string; readonly annualFeePercent: string };
}

/** Turns the validated annex-2.yaml into {@link ResourceUsageRules}. */
export function toResourceUsageRules(file: unknown): ResourceUsageRules {
  const { cpu, memory, disk, overall, ...rest } = (file as { resourceUsage: ResourceUsageFile }).resourceUsage;
  return {
    ...rest,
    cpu: cpu.map(toBand),
    memory: memory.map(toBand),
    disk: { ...disk, above: new Decimal(disk.above) },
    overall: { below: new Decimal(overall.below), annualFeePercent: new Decimal(overall.annualFeePercent) },
  };
}

function toBand({ from, to, ...band }: BandFile): Band {
  return { ...band, from: toEdge(from), to: toEdge(to) };
}

/** `≥50` and `≤15` hold their figure, `>15` and `<70` do not. */
function toEdge(words: string | undefined): Edge | undefined {
  if (words === undefined) return undefined;
  return { percent: new Decimal(words.slice(1)), included: words.startsWith("≥") || words.startsWith("≤") };
}

/** The band that an average lies in. Bands are checked to leave no gap when they are read. */
export function bandOf(bands: readonly Band[], percent: Decimal): Band {
  const band = bands.find(({ from, to }) => isAbove(percent, from) && isBelow(percent, to));
  if (band === undefined) throw new Error(`Cannot place ${percent} %: no band of Annex 2 §7 holds it`);
  return band;
}

function isAbove(percent: Decimal, from: Edge | undefined): boolean {
  return from === undefined || (from.included ? percent.greaterThanOrEqualTo(from.percent) : percent.greaterThan(from.percent));
}

function isBelow(percent: Decimal, to: Edge | undefined): boolean {
  return to === undefined || (to.included ? percent.lessThanOrEqualTo(to.percent) : percent.lessThan(to.percent));
}

/** Whether a band and the next lower one meet without gap or overlap. */
export function bandsMeet({ from }: Band, { to }: Band): boolean {
  return from !== undefined && to !== undefined && from.percent.equals(to.percent) && from.included !== to.included;
}

/** What a disk is sized to. */
export function diskStandard({ above }: ResourceUsageRules["disk"]): Text {
  return text(`使用率保持在 ${above.toFixed()}% 以上的最大容量`, `The largest size with use above ${above.toFixed()} %`);
}

/** What a factor does to a size. */
export function directionOf(factor: Factor): "grow" | "keep" | "shrink" {
  if (factor === "1") return "keep";
  return factor === "2" || factor === "3" ? "grow" : "shrink";
}

/** A band in signs: `≥ 50, < 70`. */
export function bandEdges({ from, to }: Pick<Band, "from" | "to">): string {
  const lower = from === undefined ? [] : [`${from.included ? "≥" : ">"} ${from.percent.toFixed()}`];
  const upper = to === undefined ? [] : [`${to.included ? "≤" : "<"} ${to.percent.toFixed()}`];
  return [...lower, ...upper].join(", ");
}
