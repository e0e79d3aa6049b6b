import { Temporal } from "temporal-polyfill";
import { InvalidRequest } from "./source/diagnostic.ts";
import { text } from "./text.ts";

/** The contract's days begin and end here, whatever the machine's zone. */
export const TIME_ZONE = "Asia/Shanghai";

/** The day that a command works for: `--at`, else today in Asia/Shanghai. */
export function readDay(at: string | undefined): Temporal.PlainDate {
  if (at === undefined) return Temporal.Now.plainDateISO(TIME_ZONE);
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(at)) throw new RangeError(at);
    return Temporal.PlainDate.from(at, { overflow: "reject" });
  } catch {
    throw new InvalidRequest(
      text(`--at 的日期“${at}”不对，应写成 2026-03-31 这样`, `Cannot read --at "${at}": wanted a date such as 2026-03-31`),
    );
  }
}
