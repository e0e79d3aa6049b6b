import type { Temporal } from "temporal-polyfill";
import { isInForce, type Waiver, type WaiverUse } from "../catalog/waiver.ts";
import type { Finding } from "./evaluate.ts";

type AppliedWaiver = Omit<WaiverUse, "isNew">;

/**
 * Marks each finding that a waiver in force covers: same policy, same system, exactly the same address, and the attribute where it names one.
 * One that names none covers a finding that stands alone at its address; of several nobody can tell which was decided on. A policy that failed
 * has judged nothing, so nothing of it is covered.
 */
export function applyWaivers<F extends Finding>(
  findings: readonly F[],
  waivers: readonly Waiver[],
  day: Temporal.PlainDate,
): { readonly findings: readonly F[]; readonly applied: readonly AppliedWaiver[] } {
  const byPlace = Map.groupBy(findings, placeKey);
  const covering = new Map<Finding, Waiver>();
  const applied = waivers.map((waiver): AppliedWaiver => {
    const there = (byPlace.get(placeKey(waiver)) ?? []).filter(
      ({ failed, attribute }) => failed !== true && (waiver.attribute === undefined || waiver.attribute === attribute),
    );
    const ofKind = there.filter(({ result }) => result === waiver.covers);
    const [first] = there;
    if (first === undefined) return { waiver, outcome: { kind: "unneeded" } };
    if (ofKind.length === 0) return { waiver, outcome: { kind: "other-kind", found: first.result } };
    if (waiver.attribute === undefined && new Set(ofKind.map(saying)).size > 1) {
      return { waiver, outcome: { kind: "ambiguous", attributes: [...new Set(ofKind.map(({ attribute }) => attribute))] } };
    }
    if (isInForce(waiver, day)) for (const finding of ofKind) covering.set(finding, waiver);
    return { waiver, outcome: { kind: "covers" } };
  });
  const marked = findings.map((finding) => {
    const waiver = covering.get(finding);
    return waiver === undefined ? finding : { ...finding, waiver };
  });
  return { findings: marked, applied };
}

function placeKey({
  policy,
  system,
  address,
}: {
  readonly policy: string;
  readonly system?: string | undefined;
  readonly address: string;
}) {
  return JSON.stringify([policy, system ?? null, address]);
}

/** Findings that say the same of the same are one. */
function saying({ attribute, message }: Finding): string {
  return JSON.stringify([attribute, message.en]);
}
