import { amountWords } from "../../catalog/amount-words.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { counted, type Text, text } from "../../catalog/text.ts";
import { sum, unitPriceOf } from "../../cost/quote.ts";
import type { Plan, SystemPlan } from "./build-plan.ts";

/** Most resources that a note names, and most that have a note of their own. */
const MOST = 10;

/** What is in no sum of plans that other pipelines made, and where it has a price on one side alone, which. */
export function leftOutNotes({ systems, head }: Pick<Plan, "systems" | "head">): readonly Text[] {
  const leftOut = systems.flatMap((system) => system.leftOut ?? []);
  if (leftOut.length === 0) return [];
  const names = [...new Set(leftOut.map(({ address }) => clip(address, 120)))].slice(0, MOST);
  const oneSided = leftOut.flatMap(({ address, priced }) => (priced === undefined ? [] : [{ address, ...priced }]));
  const more = oneSided.length - MOST;
  return [
    text(
      `${leftOut.length} 个资源按目录无法计价，合计不含它们：${names.join("、")}`,
      `${counted(leftOut.length, "resource")} cannot be priced by the catalogue and ${leftOut.length === 1 ? "is" : "are"} in no sum: ${names.join(", ")}`,
    ),
    ...oneSided.slice(0, MOST).map((each) => oneSidedNote(each, head.priceBook)),
    ...(more > 0 ? [text(`另有 ${more} 个资源也只有一边能计价`, `${more} more can be priced on one side alone`)] : []),
  ];
}

type OneSided = NonNullable<NonNullable<SystemPlan["leftOut"]>[number]["priced"]> & { readonly address: string };

function oneSidedNote({ address, side, quantities }: OneSided, book: Plan["head"]["priceBook"]): Text {
  const list = amountWords(sum([...quantities].map(([item, quantity]) => quantity.times(unitPriceOf(book, item)))));
  const [name, when] = [clip(address, 120), side === "before" ? text("变更前", "before") : text("变更后", "after")];
  return text(
    `${name} 只有${when.zh}能计价（每月目录价 ${list} 元），前后合计都不含它：不能算作节省或增加`,
    `${name} can be priced ${when.en} the change alone (${list} CNY a month at list price) and is in neither sum: that is no saving and no rise`,
  );
}
