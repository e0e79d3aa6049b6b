import { readDay } from "../../catalog/day.ts";
import { changedValues, printedValue } from "../../catalog/source/changed-values.ts";
import { InvalidInput, InvalidRequest } from "../../catalog/source/diagnostic.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { Refusal } from "../engine/verify-saved-plan.ts";
import { REPOSITORY } from "../options.ts";
import { gitAuthors } from "../plan/authors.ts";
import { buildPlan, type PlanOptions, systemsToJudge } from "../plan/build-plan.ts";
import { judgedIn, kindOf, programParts } from "../plan/fingerprint.ts";
import { usageMonthIn } from "../plan/notes.ts";
import { otherFiles } from "../plan/other-files.ts";
import { planResult } from "../plan/put-into-words.ts";
import { readRequest } from "../plan/read-request.ts";
import { readCheckedBase } from "../plan/read-tree.ts";
import type { FindingResult, PlanResult } from "../plan/result.ts";
import { selectFindings } from "../plan/selection.ts";
import type { ApprovalRules } from "./approval-rules.ts";
import { withApprovals } from "./required-approvals.ts";

/** The trees that a plan rests on, and the folder whose Git knows who wrote them. */
export interface PlannedTrees {
  readonly head: Tree;
  readonly base: Tree | undefined;
  readonly folder: string;
}

interface Difference {
  readonly place: string;
  readonly found: Text;
  readonly computed: Text;
}

const MOST_TOLD = 5;
const PLAN_AGAIN = text(
  "重新计划（或检出计划所依据的那个提交），再看、再批准",
  "plan again (or check out the very commit that was planned), look again, approve that",
);

/**
 * Makes a plan again from its trees and says in what its file differs: who signs has read that file, of which the fingerprint covers a part alone. What
 * the engine planned and what was measured is not found out again here; of that the fingerprint covers what decides.
 */
export function differencesFromPlanAgain(plan: PlanResult, trees: PlannedTrees, rules: ApprovalRules): Refusal[] {
  const { program } = programParts();
  if (plan.parts["program"] !== program) return [otherProgram(plan.parts["program"], program)];
  try {
    const differences = closest(plan, trees, rules);
    const left = differences.length - MOST_TOLD;
    return [
      ...differences.slice(0, MOST_TOLD).map(differs),
      ...(left > 0
        ? [{ message: text(`还有 ${left} 处与重新计划的不同`, `${left} more differ from the plan made again`), remedy: PLAN_AGAIN }]
        : []),
    ];
  } catch (error) {
    if (error instanceof InvalidRequest) return [notPlannedAgain(text(error.in("zh"), error.in("en")))];
    if (error instanceof InvalidInput) return [notPlannedAgain(firstOf(error))];
    throw error;
  }
}

/** The differences from that of all plans of these trees, by the options which the file may have been made with, that comes closest. */
function closest(plan: PlanResult, { head: headTree, base: baseTree, folder }: PlannedTrees, rules: ApprovalRules): readonly Difference[] {
  const { head, waivers } = readRequest(headTree, { program: REPOSITORY, authorsOf: gitAuthors(folder) });
  const base = baseTree === undefined ? undefined : readCheckedBase(baseTree);
  const only = new Set(plan.systems.map(({ id }) => id));
  const common = { at: readDay(plan.at), base, only, waivers, ...(isOnline(plan) ? {} : { otherFiles: otherFiles(folder, baseTree) }) };
  const judged = judgedIn(plan.parts).sort().join();
  const options = [{}, { all: true }, { alone: true }]
    .map((scope): PlanOptions => ({ ...common, ...scope }))
    .filter(
      (each) =>
        [...systemsToJudge(head, each)]
          .filter((id) => id !== PLATFORM)
          .sort()
          .join() === judged,
    );
  const usageMonth = usageMonthIn(plan.notes);
  let least: readonly Difference[] | undefined;
  for (const each of options) {
    const built = buildPlan(head, each);
    const again = selectFindings(usageMonth === undefined ? built : { ...built, usageMonth }, undefined);
    for (const lang of ["zh", "en"] as const) {
      // Who must approve follows from what the file says, the engine's share of it too.
      const { approvals } = withApprovals(plan, rules, lang);
      const found = differencesOf({ ...planResult(again, lang), approvals: approvals ?? [] }, plan);
      if (found.length === 0) return found;
      if (least === undefined || found.length < least.length) least = found;
    }
  }
  return least ?? [{ place: "systems", found: text(judged, judged), computed: text("另一些系统", "other systems") }];
}

function differencesOf(again: PlanResult, plan: PlanResult): Difference[] {
  const [computed, found] = [again, plan].map((each) => JSON.parse(JSON.stringify(comparable(each, plan))) as unknown);
  return changedValues(computed, found).map(({ names, before, after }) => ({
    place: clip(names.join("."), 120),
    found: printedValue(after),
    computed: printedValue(before),
  }));
}

/** Of a result what can be found out again. The labels of its trees are the user's words for them, and the trees were held against their digests. */
function comparable(result: PlanResult, plan: PlanResult): object {
  const { base: _, head: __, parts: ___, fingerprint: ____, ...shown } = result;
  const isMeasured = usageMonthIn(plan.notes) !== undefined;
  const own = (findings: readonly FindingResult[]) =>
    isMeasured ? findings.filter(({ policy }) => !/^(sizing|waiver)\//.test(policy)) : findings;
  if (!isOnline(plan))
    return { ...shown, findings: own(shown.findings), systems: shown.systems.map((each) => ({ ...each, findings: own(each.findings) })) };
  const { engine, verdict: _verdict, counts, ...rest } = shown;
  return {
    ...rest,
    // Policies on waivers know them by the findings of systems.
    findings: own(shown.findings).filter(({ system, policy }) => system === null && !policy.startsWith("waiver/")),
    counts: { systems: counts.systems },
    systems: shown.systems.map(({ change: _change, resources: _resources, exposure: _exposure, findings: _findings, ...each }) => each),
  };
}

function isOnline({ parts }: PlanResult): boolean {
  return Object.keys(parts).some((name) => kindOf(name) === "engine");
}

function differs({ place, found, computed }: Difference): Refusal {
  return {
    message: text(
      `计划文件里 ${place} 是“${found.zh}”，重新计划得“${computed.zh}”：文件被改动过，或不是由这个检出所作`,
      `The plan's file says "${found.en}" at ${place}, planned again it is "${computed.en}": the file was edited, or made from another checkout`,
    ),
    remedy: PLAN_AGAIN,
  };
}

function otherProgram(plannedBy: string | undefined, now: string | undefined): Refusal {
  const short = (program = "?") => clip(program, program.indexOf("+") + 13);
  return {
    message: text(
      `计划由本程序 ${short(plannedBy)} 版所作，这里是 ${short(now)} 版，不能核对`,
      `The plan was made by version ${short(plannedBy)} of this program, this is ${short(now)}: it cannot be planned again to compare`,
    ),
    remedy: text(
      "用作出计划的那个版本（受保护分支）批准，或重新计划",
      "approve with the version that planned (the protected branch's), or plan again",
    ),
  };
}

function notPlannedAgain({ zh, en }: Text): Refusal {
  return { message: text(`不能重新计划来核对：${zh}`, `Cannot plan again to compare: ${en}`), remedy: PLAN_AGAIN };
}

function firstOf({ diagnostics: [first] }: InvalidInput): Text {
  if (first === undefined) return text("申请有错误", "the request has errors");
  const place = `${first.file}:${first.range.line}:${first.range.column}`;
  return text(`${place}：${first.message.zh}`, `${place}: ${first.message.en}`);
}
