import { text } from "../../catalog/text.ts";
import type { PoolCheck } from "./check.ts";

/** Seconds. A token's and a certificate's validity are told in the cloud's time, and a lock's age in this machine's. */
const GOOD = 30;
const MOST = 300;

/** How far this machine's clock is from the cloud's. */
export const checkClock: PoolCheck = ({ key }, { session: { clockAhead } }) => {
  const id = `clock/${key}`;
  if (clockAhead === undefined)
    return [{ id, result: "not-checked", message: text("云没有说现在几点", "the cloud did not tell its time") }];
  const seconds = Math.round(Math.abs(clockAhead) / 1000);
  const message = text(`与云的时钟相差 ${seconds} 秒`, `${seconds} seconds from the cloud's clock`);
  if (seconds <= GOOD) return [{ id, result: "ok", message }];
  const remedy = text("给本机对时（NTP）", "synchronise this machine's clock (NTP)");
  return [{ id, result: seconds <= MOST ? "warning" : "failed", message, remedy }];
};
