import { rmSync } from "node:fs";
import type { Temporal } from "temporal-polyfill";
import { type Text, text } from "../../catalog/text.ts";
import type { EngineView } from "../plan/system-plan.ts";
import { planDigest } from "./plan-digest.ts";
import { type EngineContext, reinitialise, showPlan, stateVersion } from "./plan-stack.ts";
import { readEngineFile, readView } from "./read-view.ts";
import type { SavedPlan, SavedStack } from "./saved-plan.ts";
import { workingFolder } from "./working-folder.ts";

/** Why a saved plan is not applied, and what to do. */
export interface Refusal {
  readonly message: Text;
  readonly remedy: Text;
}

/** A stack's saved plan as the engine reads it, and why it is not applied, where it is not. */
export interface VerifiedStack {
  readonly view: EngineView;
  readonly refusal?: Refusal;
}

/** Oldest plan that is applied unless somebody says otherwise. */
export const MAX_AGE_HOURS = 24;

const PLAN_FOR_TODAY = text("不带 --at 重新计划、重新批准，按今天审核", "plan and approve again without --at: judged for today");
const PLAN_AGAIN = text("重新计划、重新批准", "plan and approve again");

/** What has to hold of a saved plan before the engine is asked anything. */
export function refusalsOf(
  saved: SavedPlan,
  now: {
    readonly approved: string | undefined;
    /** Computed anew from the saved result and digests. */
    readonly fingerprint: string;
    readonly sources: string;
    readonly store: string;
    readonly program: string;
    /** The program that the plan was made by, as its fingerprint covers it. */
    readonly plannedBy: string;
    /** Day that people saw the plan made for. */
    readonly plannedFor: string;
    readonly day: Temporal.PlainDate;
    readonly instant: Date;
    readonly maxAgeHours: number;
  },
): Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (message: Text, remedy: Text = PLAN_AGAIN) => refusals.push({ message, remedy });
  if (saved.fingerprint !== now.fingerprint)
    refuse(
      text(
        `保存的计划与它的指纹不符（${short(saved.fingerprint)}，重算得 ${short(now.fingerprint)}）：文件被改动过`,
        `The saved plan is not what its fingerprint names (${short(saved.fingerprint)}, computed again: ${short(now.fingerprint)}): a file was edited`,
      ),
    );
  if (now.approved !== undefined && now.approved !== now.fingerprint)
    refuse(
      text(
        `批准的是另一个计划：批准的指纹 ${short(now.approved)}，这个计划 ${short(now.fingerprint)}`,
        `Another plan was approved: fingerprint ${short(now.approved)}, this plan has ${short(now.fingerprint)}`,
      ),
    );
  if (saved.verdict !== "accepted")
    refuse(
      text("这个计划被政策拒绝", "Policy refused this plan"),
      text("按计划里的发现修改申请，或取得豁免", "mend the request as its findings say, or have a waiver recorded"),
    );
  if (saved.sources !== now.sources)
    refuse(text("计划之后，申请或目录的文件变了", "Declarations or catalogue changed after the plan was made"));
  if (saved.store !== now.store)
    refuse(
      text(
        `计划用的状态在 ${saved.store}，现在是 ${now.store}`,
        `The plan was made against the states in ${saved.store}, now they are in ${now.store}`,
      ),
      text("把 GOVCLOUD_STATE 设成计划时的值", "set GOVCLOUD_STATE as it was for the plan"),
    );
  if (now.plannedBy !== now.program)
    refuse(
      text(
        `计划由本程序 ${shortProgram(now.plannedBy)} 版所作，现在是 ${shortProgram(now.program)} 版`,
        `The plan was made by version ${shortProgram(now.plannedBy)} of this program, this is ${shortProgram(now.program)}`,
      ),
    );
  const day = notOfTheDay(saved.at === now.plannedFor ? saved.at : undefined, now.day, now.maxAgeHours);
  if (day !== undefined) refuse(day, PLAN_FOR_TODAY);
  const age = tooOld(saved.createdAt, now.instant, now.maxAgeHours);
  if (age !== undefined) refuse(age);
  return refusals;
}

/** What has to hold of one stack's saved plan: it does what was seen, was made when the list says, and its state has not moved. Reads only. */
export async function verifyStack(
  { stack, planned, state }: SavedStack,
  path: string,
  context: EngineContext,
  { instant, maxAgeHours }: { readonly instant: Date; readonly maxAgeHours: number },
): Promise<VerifiedStack> {
  const folder = workingFolder(path);
  await reinitialise(stack, folder, context);
  await showPlan(stack, folder, context);
  let plan: Record<string, unknown>;
  let view: EngineView;
  try {
    const file = readEngineFile(folder.planJson, stack);
    view = readView(file, stack);
    plan = file.value as Record<string, unknown>;
  } finally {
    rmSync(folder.planJson, { force: true });
  }
  const refused = (message: Text): VerifiedStack => ({ view, refusal: { message, remedy: PLAN_AGAIN } });
  if (planDigest(plan) !== planned)
    return refused(text(`${stack}：保存的计划不是看到的那个`, `${stack}: the saved plan is not the one that was seen`));
  // The engine's own time stamp: that of the list could have been edited.
  const made = plan["timestamp"];
  const old = typeof made === "string" ? tooOld(made, instant, maxAgeHours) : undefined;
  if (old !== undefined) return refused(text(`${stack}：${old.zh}`, `${stack}: ${old.en}`));
  const now = await stateVersion(stack, folder, context);
  if (now?.lineage === state?.lineage && now?.serial === state?.serial) return { view };
  return refused(
    text(
      `${stack}：计划之后状态变了（${serial(state)} → ${serial(now)}）`,
      `${stack}: the state moved after the plan was made (${serial(state)} → ${serial(now)})`,
    ),
  );
}

/** Terms, trials, waivers and dates of retirement were judged for the day of the plan: on another day another plan may be right. */
function notOfTheDay(planned: string | undefined, day: Temporal.PlainDate, maxAgeHours: number): Text | undefined {
  const oldest = day.subtract({ days: Math.ceil(maxAgeHours / 24) }).toString();
  if (planned !== undefined && planned >= oldest && planned <= day.toString()) return undefined;
  const known = planned ?? "?";
  return text(`计划是按 ${known} 作的，今天是 ${day}`, `The plan was made for ${known}, and this is ${day}`);
}

function tooOld(made: string, instant: Date, maxAgeHours: number): Text | undefined {
  const hours = (instant.getTime() - Date.parse(made)) / 3_600_000;
  if (hours <= maxAgeHours && hours > -1) return undefined;
  if (Number.isNaN(hours)) return text(`计划时间 ${made} 无法辨认`, `the time of the plan, ${made}, cannot be read`);
  if (hours < 0)
    return text(`计划时间 ${made} 在将来：检查机器时钟`, `the plan was made in the future, ${made}: check the machine's clock`);
  const [age, most] = [duration(hours), duration(maxAgeHours)];
  return text(`计划已有${age.zh}，最多${most.zh}`, `the plan is ${age.en} old, the most allowed is ${most.en}`);
}

/** Hours; less than one as minutes, less than one of these as seconds. Rounded up, for what is beyond a limit must not read as the limit. */
function duration(hours: number): Text {
  if (hours >= 1) return text(` ${upTo(0.1, hours)} 小时`, counted(upTo(0.1, hours), "hour"));
  const seconds = hours * 3600;
  if (seconds >= 60) return text(` ${upTo(0.1, seconds / 60)} 分钟`, counted(upTo(0.1, seconds / 60), "minute"));
  return text(` ${upTo(1, seconds)} 秒`, counted(upTo(1, seconds), "second"));
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The next multiple of a step; what binary fractions add beyond six decimals is none. */
function upTo(step: number, value: number): number {
  return Number((Math.ceil(Number((value / step).toFixed(6))) * step).toFixed(1));
}

function serial(state: SavedStack["state"]): string {
  return state === null ? "∅" : `${state.lineage.slice(0, 8)}#${state.serial}`;
}

function short(fingerprint: string): string {
  return fingerprint.slice(0, 19);
}

/** A version, and as much of the code's digest as tells one from another. */
function shortProgram(program: string): string {
  return program.slice(0, program.indexOf("+") + 13);
}
