import type { Finding } from "./evaluate.ts";
import { POLICIES } from "./index.ts";

/**
 * Leaves out what another policy tells better: a finding yields where a policy that its own yields to has one on the same resource, or at the same
 * line that somebody wrote, mandatory and not waived. So a policy that is skipped or waived hides nothing: what yielded to it stands.
 */
export function tellOnce<F extends Finding>(findings: readonly F[]): readonly F[] {
  const told = new Set(
    findings
      .filter(({ level, waiver }) => level === "mandatory" && waiver === undefined)
      .flatMap((finding) => placesOf(finding).map((place) => `${finding.policy} ${place}`)),
  );
  const isTold = (finding: F) =>
    (YIELDS_TO.get(finding.policy) ?? []).some((policy) => placesOf(finding).some((place) => told.has(`${policy} ${place}`)));
  return findings.filter((finding) => !isTold(finding));
}

const YIELDS_TO: ReadonlyMap<string, readonly string[]> = new Map(POLICIES.map(({ id, yieldsTo = [] }) => [id, yieldsTo]));

function placesOf({ system, at, address }: Finding): readonly string[] {
  return [[system, address], ...(at === undefined ? [] : [[system, at.file, at.path]])].map((place) => JSON.stringify(place));
}
