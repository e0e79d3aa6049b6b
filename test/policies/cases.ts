import { expect, test } from "vitest";
import type { Text } from "../../catalog/text.ts";
import type { ContractPolicy, ContractSubject, SystemPolicy, SystemSubject } from "../../policies/policy.ts";
import { findings, printed } from "./subjects.ts";

/**
 * A row of a policy's table: an example that a person understands, what it is, and what the policy says of it. `npm run explain` shows these
 * very rows, and what the policy says when it is run on them, so that an explanation cannot lie.
 */
export interface PolicyCase<Subject = SystemSubject | ContractSubject> {
  readonly example: Text;
  readonly subject: Subject;
  /** What the policy answers on the whole: the gravest of its verdicts. */
  readonly verdict: "pass" | "not-applicable" | "undetermined" | "violation";
  /** Its findings in full, as `kind address#attribute: message`. */
  readonly finds?: readonly string[];
}

/** Runs a policy's table. */
export function testCases(policy: SystemPolicy, cases: readonly PolicyCase<SystemSubject>[]): void;
export function testCases(policy: ContractPolicy, cases: readonly PolicyCase<ContractSubject>[]): void;
export function testCases(policy: SystemPolicy | ContractPolicy, cases: readonly PolicyCase[]): void {
  test.each(cases.map((each) => ({ ...each, title: each.example.en })))("$verdict: $title", ({ subject, verdict, finds }) => {
    const verdicts = policy.check(subject as never);
    const kinds = printed(verdicts).map((each) => each.split(" ")[0]);
    const gravest = ["violation", "undetermined", "pass", "not-applicable"].find((kind) => kinds.includes(kind)) ?? "pass";
    expect(gravest).toBe(verdict);
    if (finds !== undefined) expect(findings(verdicts)).toEqual(finds);
  });
}
