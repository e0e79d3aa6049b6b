import type { Waiver, WaiverUse } from "../catalog/waiver.ts";
import type { Finding } from "./evaluate.ts";

/** Marks each finding that a waiver in force covers: same policy, same system, exactly the same address. Tells which waivers were needed. */
export function applyWaivers<F extends Finding>(
  findings: readonly F[],
  waivers: readonly Waiver[],
  day: string,
): { readonly findings: readonly F[]; readonly uses: readonly WaiverUse[] } {
  const used = new Set<Waiver>();
  const marked = findings.map((finding) => {
    const waiver = waivers.find(
      ({ policy, system, address, expires }) =>
        policy === finding.policy && system === finding.system && address === finding.address && day <= expires,
    );
    if (waiver === undefined) return finding;
    used.add(waiver);
    return { ...finding, waiver };
  });
  return { findings: marked, uses: waivers.map((waiver) => ({ waiver, used: used.has(waiver) })) };
}
