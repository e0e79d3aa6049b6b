import type { Declaration } from "../../catalog/declaration.ts";
import { declared, defineContractPolicy, pass, unchangedFirst, type Verdict, violation } from "../policy.ts";

interface Occupied {
  readonly declaration: Declaration;
  readonly index: number;
  readonly kind: "rackUnits" | "cabinets";
  readonly from: number;
  readonly to: number;
}

/** Rejects two claims to the same U of a rack; a whole cabinet claims every U of it. */
export const noRackOverlap = defineContractPolicy({
  id: "capacity/no-rack-overlap",
  level: "mandatory",
  title: { zh: "机位不重叠", en: "Rack units do not overlap" },
  why: { zh: "同一个机位不能放两台设备，也不能收两次费", en: "Two devices cannot stand in one rack unit, nor can it be billed twice" },
  clause: "合同 附件1 第18项、第19项、第20项",
  remedy: {
    zh: "在 colocation 里换空闲的机位（rackUnits 的 from、to）或机柜（rack、cabinets）",
    en: "Under colocation choose free rack units (from and to of rackUnits) or another rack (rack, cabinets)",
  },
  check(subject) {
    const { catalogue } = subject;
    const racks = new Map<string, Occupied[]>();
    const verdicts: Verdict[] = [];
    for (const declaration of unchangedFirst(subject)) {
      if (declaration.stage === "retired") continue;
      const height = (rack: string) => catalogue.pools.get(declaration.pool)?.racks[rack]?.heightU ?? 0;
      const claims = [
        ...declaration.rackUnits.map(({ rack, from, to }, index) => ({
          rack,
          claim: { declaration, index, kind: "rackUnits", from, to } as const,
        })),
        ...declaration.cabinets.map((rack, index) => ({
          rack,
          claim: { declaration, index, kind: "cabinets", from: 1, to: height(rack) } as const,
        })),
      ];
      for (const { rack, claim } of claims) {
        const key = `${declaration.pool}/${rack}`;
        const others = racks.get(key) ?? [];
        const clash = others.find((other) => other.from <= claim.to && claim.from <= other.to);
        verdicts.push(clash === undefined ? pass() : overlap(rack, claim, clash));
        racks.set(key, [...others, claim]);
      }
    }
    return verdicts;
  },
});

function overlap(rack: string, claim: Occupied, other: Occupied): Verdict {
  const place = declared(claim.declaration, ["colocation", claim.kind, claim.index]);
  return violation(
    place,
    `机柜 ${rack} 的第 ${claim.from}-${claim.to}U 有一部分已给 ${other.declaration.id}（第 ${other.from}-${other.to}U）`,
    `Cannot use U ${claim.from}-${claim.to} of rack ${rack}: ${other.declaration.id} has U ${other.from}-${other.to}`,
  );
}
