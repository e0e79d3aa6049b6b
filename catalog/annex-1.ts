import { Decimal } from "decimal.js";
import type { Text } from "./text.ts";

/** A line of Annex 1 by its printed number, or `L1`, the circuits of clause 5.1.6. */
export type ItemId = "L1" | `${number}`;

/** One priced service of the contract. */
export interface Item {
  readonly item: ItemId;
  readonly level1: Text;
  readonly level2: Text;
  readonly level3: Text;
  /** What tells this line from its neighbours: the third level, and where two lines share one, which of the two. */
  readonly name: Text;
  /** The contract's own description. */
  readonly description: string;
  readonly unit: Text;
  /** Highest price of one unit for one month, CNY including VAT; "免费" is 0. */
  readonly ceiling: Decimal;
  readonly clause: string;
  readonly specification: Readonly<Record<string, number>>;
  readonly includes: readonly string[];
  readonly alternativeTo: ItemId | undefined;
  readonly once: boolean;
  /** Where the scan or the printed text is in doubt, and how it is read here. */
  readonly doubt: Text | undefined;
}

/** Every line in the order of the annex; a list without one of them is refused when it is read. */
export const ITEM_IDS: readonly ItemId[] = [...Array.from({ length: 27 }, (_, index) => `${index + 1}` as ItemId), "L1"];

/** Position of a line in the annex, for sorting. */
export function itemOrder(item: ItemId): number {
  return ITEM_IDS.indexOf(item);
}

interface ItemFile extends Omit<Item, "ceiling" | "specification" | "includes" | "alternativeTo" | "once" | "doubt"> {
  readonly ceiling: string;
  readonly specification?: Readonly<Record<string, number>>;
  readonly includes?: readonly string[];
  readonly alternativeTo?: ItemId;
  readonly once?: boolean;
  readonly doubt?: Text;
}

/** Turns a validated entry of annex-1.yaml into an {@link Item}. */
export function toItem(entry: unknown): Item {
  const { ceiling, specification = {}, includes = [], alternativeTo, once = false, doubt, ...rest } = entry as ItemFile;
  return { ...rest, ceiling: new Decimal(ceiling), specification, includes, alternativeTo, once, doubt };
}
