import { Temporal } from "temporal-polyfill";
import type { Declarations } from "../../../catalog/declaration.ts";
import { InvalidInput, InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import { UsageFailure } from "../../../scripts/usage/usage-failure.ts";
import { declaration, gpuServer, server } from "../../declared.ts";
import { printUnderCaret } from "../../tree.ts";

/** The day on which October 2026 is judged. */
export const NOVEMBER = Temporal.PlainDate.from("2026-11-01");

/** Three servers `app` and one `db` of one bureau, one `web` of another, a GPU box, and a system that is gone. */
export const DECLARED: Declarations = {
  tenants: new Map(),
  systems: [
    declaration({ id: "hrss/social", servers: [server({ key: "app", count: 3 }), server({ key: "db" })] }),
    declaration({ id: "health/clinic", servers: [server({ key: "web" })], gpuServers: [gpuServer({ key: "train" })] }),
    declaration({ id: "health/old", stage: "retired", servers: [server({ key: "app" })] }),
  ],
};

/** What a reading fails with: its kind and words in English, having seen that there are Chinese ones too and that a secret is in neither. */
export async function failureOf(work: () => Promise<unknown>, secret = "Documentation-secret"): Promise<string[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.diagnostics.map((each) => `${each.range.line}:${each.range.column} ${printUnderCaret(each)}`);
    if (!(error instanceof InvalidRequest || error instanceof UsageFailure)) throw error;
    const { zh, en } = error instanceof UsageFailure ? error.summary : error.text;
    if (!/\p{Script=Han}/u.test(zh)) throw new Error(`no Chinese: ${zh}`);
    if (`${zh}${en}${error.stack}`.includes(secret)) throw new Error("a secret is told");
    return [`${error instanceof UsageFailure ? error.kind : "invalid"}: ${en.replace(/http:\/\/127\.0\.0\.1:\d+/g, "SERVER")}`];
  }
  return ["no failure"];
}
