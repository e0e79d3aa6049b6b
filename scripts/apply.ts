import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import pMap from "p-map";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import type { CommandDefinition } from "./command.ts";
import { addDeliveryOptions, type DeliveryOptions } from "./delivery/delivery-options.ts";
import { type DeliveryRecorder, deliveryRecorder } from "./delivery/record-deliveries.ts";
import { earlierApply } from "./engine/apply-stack.ts";
import { type ApplyOutcome, applyStacks } from "./engine/apply-stacks.ts";
import { cancelOnSignals } from "./engine/cancel.ts";
import { addEngineOptions, type EngineOptions, engineContext, jobsOf } from "./engine/engine-options.ts";
import { findEngine } from "./engine/find-engine.ts";
import type { EngineContext } from "./engine/plan-stack.ts";
import { RESULT_FILE, readSavedPlan, type SavedPlan, stackFolder } from "./engine/saved-plan.ts";
import { readStateStore } from "./engine/state-store.ts";
import { type Refusal, refusalsOf, verifyStack } from "./engine/verify-saved-plan.ts";
import { addOutOption, addTreeOptions, REPOSITORY, readHead, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { fingerprint, sourcesDigest } from "./plan/fingerprint.ts";
import type { PlanResult } from "./plan/result.ts";
import { type ApplyResult, applyResult, renderApplyText } from "./render/apply-text.ts";
import { progressLine } from "./render/engine-progress.ts";
import { paintFor } from "./render/style.ts";
import { PROGRAM_VERSION } from "./version.ts";

interface ApplyOptions extends DeliveryOptions, EngineOptions {
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
    "npm run apply -- --plan /tmp/plan --deliveries deliveries.jsonl",
    "npm run apply -- --plan /tmp/plan --approved sha256:22e9… --format json --out applied.json",
  ],
  configure: (parser) => {
    addEngineOptions(
      addOutOption(
        addDeliveryOptions(addTreeOptions(parser))
          .requiredOption("--plan <folder>", "保存的计划所在的目录 / folder of the saved plan")
          .option(
            "--approved <fingerprint>",
            "被批准的指纹；不是它就不执行 / the fingerprint that was approved; nothing else is applied",
            digest,
          )
          .option("--max-age <hours>", "计划最多多旧（小时）/ how old the plan may be, in hours", hours, 24)
          .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text")),
      ),
    );
  },
  run,
};

/** Verifies a saved plan as a whole, then applies it; 0 all applied, 1 something failed, 2 nothing was begun because it may not be. */
async function run(options: ApplyOptions): Promise<number> {
  const folder = userPath(options.plan);
  const saved = readSavedPlan(folder);
  const result = readResult(folder);
  const deliveries = deliveryRecorder({ saved, result }, options, process.env);
  const engine = await findEngine();
  const store = readStateStore(process.env, REPOSITORY);
  const { signal, release } = cancelOnSignals();
  const context = engineContext(engine, store, { ...options, repository: REPOSITORY, cloud: true, signal, environment: process.env });
  const instant = new Date();
  try {
    const refusals = [
      ...refusalsOf(saved, {
        approved: options.approved,
        fingerprint: fingerprint({ head: saved.sources, base: saved.base, engine: saved.stacks }, result),
        sources: sourcesDigest(readHead(options)),
        store: store.label,
        program: PROGRAM_VERSION,
        engine,
        instant,
        maxAgeHours: options.maxAge,
      }),
      ...earlier(saved, folder),
    ];
    const moved = refusals.length > 0 ? [] : await verifyAll(saved, folder, context, { instant, options });
    const all = [...refusals, ...moved];
    if (all.length > 0) return finish(applyResult(saved, { startedAt: instant, outcomes: [], refusals: all }, options.lang), options);
    const outcomes = await applyAll(saved, folder, context, { ...options, recorder: deliveries });
    deliveries.tellFound();
    const code = finish(applyResult(saved, { startedAt: instant, outcomes, refusals: [] }, options.lang), options);
    return deliveries.lost() > 0 ? 1 : code;
  } finally {
    release();
  }
}

async function verifyAll(
  saved: SavedPlan,
  folder: string,
  context: EngineContext,
  { instant, options }: { readonly instant: Date; readonly options: ApplyOptions },
): Promise<Refusal[]> {
  const verified = await pMap(
    saved.stacks,
    (stack) => verifyStack(stack, stackFolder(folder, stack.stack), context, { instant, maxAgeHours: options.maxAge }),
    { concurrency: jobsOf(options) },
  );
  return verified.filter((each) => each !== undefined);
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
  return await applyStacks(
    { first: changing.filter(({ id }) => id === PLATFORM), others: changing.filter(({ id }) => id !== PLATFORM) },
    {
      jobs: jobsOf(options),
      context,
      onOutcome: (outcome) => {
        const { stack, result } = outcome;
        done += 1;
        process.stderr.write(progressLine({ stack, step: result, done, of: changing.length }, options.lang));
        options.recorder.tell(outcome);
      },
    },
  );
}

/** A plan is begun once: what an interrupted apply left is for the next plan to see, not for this one to repeat. */
function earlier(saved: SavedPlan, folder: string): Refusal[] {
  const begun = saved.stacks.map(({ stack }) => earlierApply(stack, stackFolder(folder, stack))).filter((each) => each !== undefined);
  if (begun.length === 0) return [];
  const list = (addresses: readonly string[]) => (addresses.length === 0 ? "" : `: ${addresses.join(", ")}`);
  return begun.map(({ stack, result, done, failed, unfinished }) => ({
    message: text(
      `${stack}：这个计划已经执行过（${{ applied: "完成", failed: "失败", interrupted: "中断" }[result]}）：完成 ${done.length} 项，失败 ${failed.length} 项${list(failed)}，去向不明 ${unfinished.length} 项${list(unfinished)}`,
      `${stack}: this plan was begun already (${result}): ${done.length} done, ${failed.length} failed${list(failed)}, ${unfinished.length} of unknown fate${list(unfinished)}`,
    ),
    remedy:
      unfinished.length > 0
        ? text(
            "重新计划：它从现状继续；去向不明的资源用 npm run drift 查找",
            "plan again: it goes on from what is there; npm run drift finds what is of unknown fate",
          )
        : text("重新计划：它从现状继续", "plan again: it goes on from what is there"),
  }));
}

function readResult(folder: string): PlanResult {
  const path = join(folder, RESULT_FILE);
  try {
    if (!existsSync(path)) throw new Error("no such file");
    return JSON.parse(readFileSync(path, "utf8")) as PlanResult;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`${path} 不能读：${cause}`, `Cannot read ${path}: ${cause}`));
  }
}

function finish(result: ApplyResult, { format, lang, out }: ApplyOptions): number {
  writeResult(format === "json" ? `${JSON.stringify(result, null, 2)}\n` : renderApplyText(result, lang, paintFor(process.stdout)), out);
  return { applied: 0, failed: 1, refused: 2 }[result.verdict];
}

function digest(value: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(value))
    throw new InvalidArgumentError("wanted sha256: and 64 hexadecimal digits, as the plan prints it");
  return value;
}

function hours(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number <= 0 || number > 24 * 31)
    throw new InvalidArgumentError("wanted hours, more than 0, at most 744");
  return number;
}
