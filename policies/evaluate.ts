import type { SystemId } from "../catalog/declaration.ts";
import type { Text } from "../catalog/text.ts";
import type { Waiver } from "../catalog/waiver.ts";
import { POLICIES } from "./index.ts";
import type { ContractSubject, Place, Policy, SystemSubject, Verdict } from "./policy.ts";

/** A verdict that is no pass, with the policy that gave it. */
export interface Finding extends Place {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly result: "violation" | "undetermined";
  readonly message: Text;
  readonly clause: string;
  readonly remedy: Text;
  /** The policy itself failed, so that nothing was judged and nobody can waive it. */
  readonly failed?: true;
  /** The decision to let it stand, where one is in force. */
  readonly waiver?: Waiver;
}

/** Judges one system by every policy of a system; policies of the contract as a whole are judged apart. */
export function judgeSystem(subject: SystemSubject, policies: readonly Policy[] = POLICIES): Finding[] {
  return policies.flatMap((policy) => (policy.scope === "system" ? judge(policy, subject.id, () => policy.check(subject)) : []));
}

/** Judges what concerns the contract or several systems at once; a finding names the system that it stands in. */
export function judgeContract(subject: ContractSubject, policies: readonly Policy[] = POLICIES): Finding[] {
  return policies.flatMap((policy) => (policy.scope === "contract" ? judge(policy, undefined, () => policy.check(subject)) : []));
}

/** Which policies judge, by id or area, on a local run; nothing selected is all. What is skipped is skipped in any case. */
export interface Selection {
  readonly select: readonly string[];
  readonly skip: readonly string[];
}

/** Whether a selection leaves a policy in. */
export function isSelected(policy: string, { select, skip }: Selection): boolean {
  const names = (name: string) => policy === name || policy.startsWith(`${name}/`);
  return (select.length === 0 || select.some(names)) && !skip.some(names);
}

/** Whether a finding refuses a plan: a mandatory one does, undetermined too, unless it is waived. */
export function isRefusing({ level, waiver }: Pick<Finding, "level" | "waiver">): boolean {
  return level === "mandatory" && waiver === undefined;
}

/** Whether findings refuse a plan. */
export function refuses(findings: readonly Finding[]): boolean {
  return findings.some(isRefusing);
}

function judge(policy: Policy, system: SystemId | undefined, check: () => readonly Verdict[]): Finding[] {
  try {
    const findings: Finding[] = [];
    for (const verdict of check()) {
      // Nearly every verdict of a plan is one of these.
      if (verdict.kind === "pass" || verdict.kind === "not-applicable") continue;
      findings.push(findingOf(policy, system, verdict));
    }
    return findings;
  } catch (error) {
    // Fail closed: a policy that cannot decide has not passed anything.
    const cause = error instanceof Error ? error.message : String(error);
    const message = {
      zh: `策略 ${policy.id} 自身出错，按违反处理：${cause}`,
      en: `Policy ${policy.id} failed and so counts as violated: ${cause}`,
    };
    const verdict = { kind: "violation", address: system ?? "contract", attribute: "", message } as const;
    // Advice that could not be given is no advice: nobody knows what it would have said.
    return [{ ...findingOf(policy, system, verdict), level: "mandatory", failed: true }];
  }
}

/** Whatever neither passed nor does not apply is a finding. */
function findingOf(policy: Policy, system: SystemId | undefined, verdict: Exclude<Verdict, { kind: "pass" | "not-applicable" }>): Finding {
  const { kind, ...place } = verdict;
  return {
    ...(system === undefined ? {} : { system }),
    ...place,
    policy: policy.id,
    level: policy.level,
    result: kind,
    clause: policy.clause,
    remedy: verdict.remedy ?? policy.remedy,
  };
}
