import type { Lang } from "../../catalog/text.ts";
import type { Finding } from "./check.ts";

/** A finding in one language, as results carry it. */
export interface CheckResult {
  readonly id: string;
  readonly result: Finding["result"];
  readonly message: string;
  /** Null where nothing has to be done. */
  readonly remedy: string | null;
  /** Systems of a saved plan that it concerns; absent where it concerns the machine or no plan was checked. */
  readonly systems?: readonly string[];
}

export function checkResult({ id, result, message, remedy, systems }: Finding, lang: Lang): CheckResult {
  return { id, result, message: message[lang], remedy: remedy?.[lang] ?? null, ...(systems === undefined ? {} : { systems }) };
}
