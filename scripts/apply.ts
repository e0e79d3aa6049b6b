import { Option } from "commander";
import { text } from "../catalog/text.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import { type ApprovalOptions, addApprovalOptions, checkApprovals } from "./approval/check-apply.ts";
import type { CommandDefinition } from "./command.ts";
import { addDeliveryOptions, type DeliveryOptions } from "./delivery/delivery-options.ts";
import { type DeliveryRecorder, deliveryRecorder } from "./delivery/record-deliveries.ts";
import type { Finding } from "./doctor/check.ts";
import { examineSavedPlan } from "./doctor/examine-saved-plan.ts";
import { type ApplyOutcome, applyStacks } from "./engine/apply-stacks.ts";
import { cancelOnSignals } from "./engine/cancel.ts";
import { addEngineOptions, type EngineOptions, jobsOf } from "./engine/engine-options.ts";
import type { EngineContext } from "./engine/plan-stack.ts";
import { type SavedPlan, stackFolder } from "./engine/saved-plan.ts";
import { MAX_AGE_HOURS, type Refusal } from "./engine/verify-saved-plan.ts";
import { addOutOption, addTreeOptions, REPOSITORY, readDay, readHead, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { type ApplyResult, applyResult, renderApplyText } from "./render/apply-text.ts";
import { progressLine } from "./render/engine-progress.ts";
import { jsonText } from "./render/json-text.ts";
import { paintFor } from "./render/style.ts";
import { makeStateFolder } from "./state/state-folder.ts";
import { wrongArgument } from "./wrong-argument.ts";

interface ApplyOptions extends ApprovalOptions, DeliveryOptions, EngineOptions {
  readonly plan: string;
  readonly approved?: string;
  readonly maxAge: number;
  readonly format: "text" | "json";
}

export const command: CommandDefinition = {
  name: "apply",
  summary: "执行：只执行保存过、批准过的计划 / Apply saved plans, exactly as they were seen",
  examples: [
    "npm run plan -- --online --save /tmp/plan          # 先计划并保存 / plan and save first",
    "npm run apply -- --plan /tmp/plan",
    "npm run apply -- --plan /tmp/plan --deliveries deliveries.jsonl",
    "npm run apply -- --plan /tmp/plan --approvals approvals/ --format json --out applied.json",
    "npm run apply -- --plan /tmp/plan --approved sha256:22e9…",
  ],
  configure: (parser) => {
    addEngineOptions(
      addOutOption(
        addDeliveryOptions(addApprovalOptions(addTreeOptions(parser)))
          .requiredOption("--plan <folder>", "保存的计划所在的目录 / folder of the saved plan")
          .option(
            "--approved <fingerprint>",
            "被批准的指纹；不是它就不执行 / the fingerprint that was approved; nothing else is applied",
            digest,
          )
          .option("--max-age <hours>", "计划最多多旧（小时）/ how old the plan may be, in hours", hours, MAX_AGE_HOURS)
          .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text")),
      ),
    );
  },
  run,
};

/** Examines a saved plan and all that its apply needs, then applies it; 0 all applied, 1 something failed, 2 nothing was begun because it may not be. */
async function run(options: ApplyOptions): Promise<number> {
  const folder = userPath(options.plan);
  const { lang } = options;
  const { signal, release } = cancelOnSignals();
  const startedAt = new Date();
  try {
    const { saved, result, context, refusals, findings, approvedBy } = await examineSavedPlan(folder, {
      ...options,
      tree: readHead(options),
      repository: REPOSITORY,
      environment: process.env,
      signal,
      maxAgeHours: options.maxAge,
      instant: startedAt,
      day: readDay(options.at),
      approval: (plan) => checkApprovals(options, plan, { instant: startedAt, environment: process.env }),
    });
    const against = [...refusals, ...failedChecks(findings)];
    const told = { startedAt, refusals: against, findings, approvedBy };
    if (against.length > 0) return finish(applyResult(saved, { ...told, outcomes: [] }, lang), options);
    const recorder = await deliveryRecorder({ saved, result, approvedBy }, options, process.env);
    makeStateFolder(context.store);
    const outcomes = await applyAll(saved, folder, context, { ...options, recorder });
    recorder.tellFound();
    const code = finish(applyResult(saved, { ...told, outcomes }, lang), options);
    return recorder.lost() > 0 ? 1 : code;
  } finally {
    release();
  }
}

/** A refusal names so many systems and counts the rest; the checks of the JSON result name all. */
const NAMED_SYSTEMS = 5;

/** A check that fails refuses the plan as a whole: what one system lacks may be what another one takes. */
function failedChecks(findings: readonly Finding[]): Refusal[] {
  return findings
    .filter(({ result }) => result === "failed")
    .map(({ id, message, remedy, systems = [] }) => {
      const left = systems.length - NAMED_SYSTEMS;
      const names = `${systems.slice(0, NAMED_SYSTEMS).join(", ")}${left > 0 ? ` … +${left}` : ""}`;
      return {
        message: text(`${id}${names && `（${names}）`}：${message.zh}`, `${id}${names && ` (${names})`}: ${message.en}`),
        remedy: remedy ?? text("npm run doctor 单独检查", "npm run doctor checks it alone"),
      };
    });
}

async function applyAll(
  saved: SavedPlan,
  folder: string,
  context: EngineContext,
  options: ApplyOptions & { readonly recorder: DeliveryRecorder },
): Promise<readonly ApplyOutcome[]> {
  const changing = saved.stacks
    .filter(({ changes }) => changes)
    .map(({ id, stack }) => ({ id, stack, folder: stackFolder(folder, stack) }));
  let done = 0;
  const waiting = new Set<string>();
  const tell = (stack: string, step: string) =>
    process.stderr.write(progressLine({ stack, step, done, of: changing.length }, options.lang));
  return await applyStacks(
    { first: changing.filter(({ id }) => id === PLATFORM), others: changing.filter(({ id }) => id !== PLATFORM) },
    {
      jobs: jobsOf(options),
      context,
      onOutcome: (outcome) => {
        const { stack, result } = outcome;
        done += 1;
        tell(stack, result);
        options.recorder.tell(outcome);
      },
      onWait: (stack) => {
        if (!waiting.has(stack)) tell(stack, "waiting");
        waiting.add(stack);
      },
    },
  );
}

function finish(result: ApplyResult, { format, lang, out }: ApplyOptions): number {
  writeResult(format === "json" ? jsonText(result) : renderApplyText(result, lang, paintFor(process.stdout)), out);
  return { applied: 0, failed: 1, refused: 2 }[result.verdict];
}

function digest(value: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(value))
    throw wrongArgument("要 sha256: 和 64 位十六进制数，如计划所打印", "wanted sha256: and 64 hexadecimal digits, as the plan prints it");
  return value;
}

function hours(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number <= 0 || number > 24 * 31)
    throw wrongArgument("要小时数，大于 0，最多 744", "wanted hours, more than 0, at most 744");
  return number;
}
