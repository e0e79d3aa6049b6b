import type { ItemId } from "../../catalog/annex-1.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import { readClauses } from "./clause-references.ts";
import { runExamples } from "./examples.ts";
import { type LineSource, lineSource } from "./line-sources.ts";

/**
 * Policies that look at a line of Annex 1: that rest on it or on the whole annex, that judge lines one by one, or whose examples have a
 * finding at a field or attribute that the line's quantity is read from.
 */
export async function policiesLookingAt(item: ItemId): Promise<readonly Policy[]> {
  const looking = await Promise.all(
    POLICIES.map(async (policy) => restsOn(policy, item) || (await runExamples(policy)).some(({ findings }) => findings.some(isAt(item)))),
  );
  return POLICIES.filter((_, index) => looking[index]);
}

function restsOn({ clause }: Policy, item: ItemId): boolean {
  return readClauses(clause).some(
    (cited) => cited.source === "合同 附件1" && (cited.item === item || (cited.item === undefined && cited.section.length === 0)),
  );
}

function isAt(item: ItemId): (finding: Finding) => boolean {
  const source = lineSource(item);
  return (finding) =>
    /^(lines|prices)\.(\d+|L1)$/.test(finding.attribute) ||
    (finding.attribute.startsWith("capacity.") && isPooled(item)) ||
    isAtField(finding, source) ||
    isAtResource(finding, source);
}

/** At the field or inside it; `*` is any key or position. */
function isAtField({ at }: Finding, { fields }: LineSource): boolean {
  if (at?.file.startsWith("stacks/tenants/") !== true) return false;
  const path = at.path.map(String);
  return fields.some((field) =>
    field.split(".").every((step, index) => path[index] !== undefined && (step === "*" || step === path[index])),
  );
}

function isAtResource({ address, attribute }: Finding, { resources }: LineSource): boolean {
  const first = attribute.split(".")[0] ?? "";
  return resources.some(({ type, attributes }) => address.startsWith(`${type}.`) && attributes.includes(first));
}

/** Servers, cards, storage and backup come out of a pool's capacity. */
function isPooled(item: ItemId): boolean {
  return Number(item) <= 17 || item === "21";
}
