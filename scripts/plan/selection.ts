import { createHash } from "node:crypto";
import type { Command } from "commander";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import { type Lang, text } from "../../catalog/text.ts";
import { type Finding, isSelected, refuses, type Selection } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import { tellOnce } from "../../policies/tell-once.ts";
import type { Plan } from "./build-plan.ts";

/** A selection as results show it; a run without one judges everything. */
export interface SelectionResult extends Selection {
  /** How many policies judged, and of how many. */
  readonly judged: number;
  readonly of: number;
}

export interface SelectionOptions {
  readonly select?: readonly string[];
  readonly skip?: readonly string[];
}

const AREAS: readonly string[] = [...new Set(POLICIES.map(({ id }) => areaOf(id)))];

export function areaOf(policy: string): string {
  return policy.split("/")[0] ?? policy;
}

export function addSelectionOptions(command: Command): Command {
  const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];
  return command
    .option("--select <policy|area...>", "只按这些策略判断，仅限本地 / judge by these policies only; local runs only", collect)
    .option("--skip <policy|area...>", "不按这些策略判断，仅限本地 / leave these policies out; local runs only", collect);
}

/** The selection of the options, or undefined where all policies judge. A pipeline may not choose what it is judged by. */
export function readSelection(
  { select = [], skip = [] }: SelectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): SelectionResult | undefined {
  if (select.length === 0 && skip.length === 0) return undefined;
  if (isPipeline(environment)) {
    throw new InvalidRequest(
      text(
        "流水线里（环境变量 CI）不能用 --select 和 --skip：判断须按全部策略",
        "Cannot use --select or --skip in a pipeline (CI is set in the environment): every policy has to judge",
      ),
    );
  }
  const known = [...AREAS, ...POLICIES.map(({ id }) => id)];
  for (const name of [...select, ...skip]) if (!known.includes(name)) throw unknownName(name, known);
  const judged = POLICIES.filter(({ id }) => isSelected(id, { select, skip })).length;
  if (judged === 0)
    throw new InvalidRequest(
      text("--select 和 --skip 没有留下任何策略", "Cannot judge: --select and --skip leave no policy, wanted at least one"),
    );
  return { select, skip, judged, of: POLICIES.length };
}

/** Whether this runs in a pipeline, as every CI system says. */
export function isPipeline({ CI: ci = "" }: NodeJS.ProcessEnv): boolean {
  return !["", "0", "false"].includes(ci.toLowerCase());
}

function unknownName(name: string, known: readonly string[]): InvalidRequest {
  const meant = didYouMean(name, known);
  return new InvalidRequest(
    text(
      `没有策略或策略分类“${name}”${meant === undefined ? "" : `；是不是 ${meant}`}（npm run explain 列出全部）`,
      `Cannot find a policy or area "${name}"${meant === undefined ? "" : `; did you mean ${meant}`} (npm run explain lists them all)`,
    ),
  );
}

/** The policies that judge under a selection. */
export function judgingPolicies(selection: Selection | undefined): readonly Policy[] {
  return selection === undefined ? POLICIES : POLICIES.filter(({ id }) => isSelected(id, selection));
}

/**
 * The plan as the selected policies alone judge it, each event told once. All have judged before that, so a waiver that only a policy left out needs
 * is not called unused, and what another policy tells as well stands when that one is left out; a finding of no known policy stays.
 */
export function selectFindings(plan: Plan, selection: Selection | undefined): Plan {
  const selected = selection === undefined ? plan : keepSelected(plan, selection);
  const systems = selected.systems.map((system) => ({ ...system, findings: tellOnce(system.findings) }));
  return { ...selected, findings: tellOnce(selected.findings), systems };
}

function keepSelected(plan: Plan, selection: Selection): Plan {
  const known = new Set(POLICIES.map(({ id }) => id));
  const keep = (findings: readonly Finding[]) => findings.filter(({ policy }) => !known.has(policy) || isSelected(policy, selection));
  const findings = keep(plan.findings);
  const systems = plan.systems.map((system) => ({ ...system, findings: keep(system.findings) }));
  const refused = refuses([...findings, ...systems.flatMap((system) => system.findings)]);
  return { ...plan, findings, systems, verdict: refused ? "refused" : "partial" };
}

/** A fingerprint that is never that of a plan which every policy judged. */
export function partialFingerprint(fingerprint: string, selection: Selection): string {
  const { select, skip } = selection;
  return `sha256:${createHash("sha256").update(JSON.stringify({ fingerprint, select, skip })).digest("hex")}`;
}

/** Says, before anything else, that a verdict is partial. */
export function partialSentence({ select, skip, judged, of }: SelectionResult, lang: Lang): string {
  const words = [...select.map((name) => `--select ${name}`), ...skip.map((name) => `--skip ${name}`)].join(" ");
  return lang === "zh"
    ? `部分结论：只按 ${of} 条策略中的 ${judged} 条判断（${words}），不能作为通过的依据`
    : `PARTIAL: only ${judged} of ${of} policies judged (${words}); this verdict accepts nothing`;
}
