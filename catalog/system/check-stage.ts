import type { Reporter } from "../source/reporter.ts";
import { text } from "../text.ts";
import type { SystemFile } from "./system-file.ts";

/** The fields that one stage alone has: a retirement where the system leaves, the day of delivery where it is on trial. */
export function checkStage({ stage, retirement, trialSince }: SystemFile, errors: Reporter): void {
  const leaving = stage === "exiting" || stage === "retired";
  if (leaving && retirement === undefined) {
    errors.report(
      ["stage"],
      "missing-key",
      text(
        `阶段 ${stage} 必须写 retirement（下线日期 on 和证明 attestation）`,
        `Cannot be ${stage} without retirement: wanted its date (on) and attestation`,
      ),
    );
  }
  if (!leaving && retirement !== undefined)
    errors.report(
      ["retirement"],
      "contradiction",
      text("只有阶段 exiting 和 retired 才写 retirement", "Cannot accept retirement: only the stages exiting and retired have one"),
      "key",
    );
  if (stage !== "trial" && trialSince !== undefined)
    errors.report(
      ["trialSince"],
      "contradiction",
      text("只有阶段 trial 才写 trialSince", "Cannot accept trialSince: only the stage trial has one"),
      "key",
    );
}
