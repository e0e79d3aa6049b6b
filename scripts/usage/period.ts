import { Temporal } from "temporal-polyfill";
import { type Month, startOf } from "./month.ts";

/** The same few moments stand in every row. */
const known = new Map<string, number | undefined>();

/**
 * Seconds since 1970 of a moment with its offset, or of a day in Asia/Shanghai: where a period begins, or its end, which a day belongs to. The first
 * day after the month, as an end, is the end of the month: half of those who export write it so.
 */
export function readPeriod(words: string, side: "from" | "to", month: Month): number | undefined {
  const key = `${side} ${month.name} ${words}`;
  if (!known.has(key)) {
    if (known.size > 10_000) known.clear();
    known.set(key, parsed(words, side, month));
  }
  return known.get(key);
}

function parsed(words: string, side: "from" | "to", month: Month): number | undefined {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(words)) {
      const day = Temporal.PlainDate.from(words, { overflow: "reject" });
      return startOf(side === "from" || day.equals(month.to) ? day : day.add({ days: 1 }));
    }
    if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i.test(words)) return undefined;
    return Temporal.Instant.from(words).epochMilliseconds / 1000;
  } catch {
    return undefined;
  }
}
