import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Text } from "../../catalog/text.ts";
import { type Finding, judgeContract, judgeSystem } from "../../policies/evaluate.ts";
import type { ContractSubject, Policy, SystemSubject, Verdict } from "../../policies/policy.ts";
import { REPOSITORY } from "../options.ts";

/** An example of a policy's own test table, with what the policy says of it now. */
export interface Example {
  readonly words: Text;
  readonly verdict: "pass" | "not-applicable" | "undetermined" | "violation";
  readonly findings: readonly Finding[];
}

interface Row {
  readonly example: Text;
  readonly subject: SystemSubject | ContractSubject;
}

/**
 * Runs a policy on the rows of its table: what is shown is what it says, not what somebody wrote that it says. The tables are of this
 * program, never of a tree that is read; a copy of the program without its tests has no examples.
 */
export async function runExamples(policy: Policy): Promise<readonly Example[]> {
  const file = tableOf(policy);
  if (file === undefined) return [];
  const { cases } = (await import(pathToFileURL(file).href)) as { readonly cases: readonly Row[] };
  return cases.map(({ example, subject }) => {
    const findings =
      policy.scope === "system" ? judgeSystem(subject as SystemSubject, [policy]) : judgeContract(subject as ContractSubject, [policy]);
    return { words: example, findings, verdict: verdictOf(policy, subject, findings) };
  });
}

/** File of a policy's test table; undefined where this copy of the program has none. */
export function tableOf({ id }: Policy): string | undefined {
  const file = join(REPOSITORY, "test", "policies", `${id}.cases.ts`);
  return existsSync(file) ? file : undefined;
}

function verdictOf(policy: Policy, subject: Row["subject"], findings: readonly Finding[]): Example["verdict"] {
  if (findings.length > 0) return findings.some(({ result }) => result === "violation") ? "violation" : "undetermined";
  const verdicts: readonly Verdict[] = policy.check(subject as never);
  return verdicts.length > 0 && verdicts.every(({ kind }) => kind === "not-applicable") ? "not-applicable" : "pass";
}
