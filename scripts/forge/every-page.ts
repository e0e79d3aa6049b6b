import { text } from "../../catalog/text.ts";
import { ForgeFailure } from "./forge-failure.ts";

export const PAGE_SIZE = 100;
/** 20,000 items: more than any request has. */
const MOST_PAGES = 200;

/** Every item of a list, page after page from 1. Ends at an empty page: forges leave out of a page what the reader may not see. */
export async function everyPage<T>(read: (page: number) => Promise<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await read(page);
    if (!Array.isArray(found))
      throw new ForgeFailure("not-a-forge", text("代码平台的回答不是列表", "Cannot read the forge's answer: it is no list"));
    if (found.length === 0) return items;
    items.push(...(found as readonly T[]));
  }
  throw new ForgeFailure("not-a-forge", text("代码平台的分页没有尽头", "Cannot read the forge's list: its pages never end"));
}
