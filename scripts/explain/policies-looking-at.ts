import { readFileSync } from "node:fs";
import type { ItemId } from "../../catalog/annex-1.ts";
import { POLICIES } from "../../policies/index.ts";
import type { Policy } from "../../policies/policy.ts";
import { readClauses } from "./clause-references.ts";
import { tableOf } from "./examples.ts";
import { type LineSource, lineSource } from "./line-sources.ts";

interface ExpectedPlace {
  readonly address: string;
  readonly attribute: string;
}

/**
 * Policies that look at a line of Annex 1: that rest on it or on the whole annex, that judge lines one by one, or whose table expects a
 * finding at a field or attribute that the line's quantity is read from.
 */
export function policiesLookingAt(item: ItemId): readonly Policy[] {
  return POLICIES.filter((policy) => restsOn(policy, item) || expectedPlaces(policy).some((place) => isAt(place, item)));
}

function restsOn({ clause }: Policy, item: ItemId): boolean {
  return readClauses(clause).some(
    (cited) => cited.source === "合同 附件1" && (cited.item === item || (cited.item === undefined && cited.section.length === 0)),
  );
}

/** Where a policy's table expects findings. Read as text: running every table of the program takes seconds, and its tests hold it true. */
function expectedPlaces(policy: Policy): readonly ExpectedPlace[] {
  const table = tableOf(policy);
  if (table === undefined) return [];
  const expected = readFileSync(table, "utf8").matchAll(/\b(?:violation|undetermined) ([^\s#"'`]+)#([^\s:"'`]*):/g);
  return [...expected].map(([, address = "", attribute = ""]) => ({ address, attribute }));
}

function isAt(place: ExpectedPlace, item: ItemId): boolean {
  const source = lineSource(item);
  return (
    /^(lines|prices)\.(\d+|L1)$/.test(place.attribute) ||
    (place.attribute.startsWith("capacity.") && isPooled(item)) ||
    isAtField(place, source) ||
    isAtResource(place, source)
  );
}

/** At the field or inside it; `*` is any key or position. */
function isAtField({ address, attribute }: ExpectedPlace, { fields }: LineSource): boolean {
  const path = address.includes("/") ? [attribute] : `${address}.${attribute}`.split(".");
  return fields.some((field) =>
    field.split(".").every((step, index) => path[index] !== undefined && (step === "*" || step === path[index])),
  );
}

function isAtResource({ address, attribute }: ExpectedPlace, { resources }: LineSource): boolean {
  const first = attribute.split(".")[0] ?? "";
  return resources.some(({ type, attributes }) => address.startsWith(`${type}.`) && attributes.includes(first));
}

/** Servers, cards, storage and backup come out of a pool's capacity. */
function isPooled(item: ItemId): boolean {
  return Number(item) <= 17 || item === "21";
}
