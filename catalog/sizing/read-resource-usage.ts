import { type Diagnostic, diagnose } from "../source/diagnostic.ts";
import type { SourceFile } from "../source/source-file.ts";
import { text } from "../text.ts";
import { type Band, bandsMeet, type ResourceUsageRules, toResourceUsageRules } from "./bands.ts";

/** Reads annex-2.yaml, whose bands have to hold every percentage exactly once. */
export function readResourceUsage(source: SourceFile, diagnostics: Diagnostic[]): ResourceUsageRules {
  const rules = toResourceUsageRules(source.value);
  for (const resource of ["cpu", "memory"] as const) {
    const wrong = firstGap(rules[resource]);
    if (wrong !== undefined) {
      diagnostics.push(
        diagnose(
          source,
          ["resourceUsage", resource, wrong],
          "contradiction",
          text(
            "各档须从高到低首尾相接，最高档没有上限、最低档没有下限",
            "Cannot accept this band: wanted bands from high to low that meet at their edges, the first open above and the last below",
          ),
        ),
      );
    }
  }
  return rules;
}

/** The first band that leaves some percentage without a band, or with two. */
function firstGap(bands: readonly Band[]): number | undefined {
  const wrong = bands.findIndex((band, index) => {
    const above = bands[index - 1];
    if (above === undefined ? band.to !== undefined : !bandsMeet(above, band)) return true;
    return index === bands.length - 1 && band.from !== undefined;
  });
  return wrong === -1 ? undefined : wrong;
}
