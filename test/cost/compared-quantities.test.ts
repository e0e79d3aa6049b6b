import { expect, test } from "vitest";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { comparedQuantities } from "../../cost/compared-quantities.ts";
import { costingFacts } from "../../cost/costing.ts";
import type { Quantities } from "../../cost/planned-quantities.ts";
import { CATALOGUE, pool, resource } from "../declared.ts";

const SAS = pool().openstack.volumeTypes.sas;
const volume = (name: string, size: number, type: string | undefined = SAS) =>
  resource("openstack_blockstorage_volume_v3", { size, ...(type === undefined ? {} : { volume_type: type }) }, name);
const V = "openstack_blockstorage_volume_v3";

const side = (resources: readonly PlannedResource[]) => ({ resources, facts: costingFacts(CATALOGUE, resources, pool()) });
const printed = (quantities: Quantities) => [...quantities].map(([item, quantity]) => `${item}: ${quantity}`);

test.each([
  {
    change: "a volume grows, another stays unpriced",
    before: [volume("a", 10), volume("b", 5, "odd")],
    after: [volume("a", 20), volume("b", 5, "odd")],
    sums: [["14: 10"], ["14: 20"]],
    leftOut: [`${V}.b`],
  },
  {
    change: "a volume gets a type that no line prices",
    before: [volume("a", 10), volume("b", 5)],
    after: [volume("a", 10), volume("b", 5, "odd")],
    sums: [["14: 10"], ["14: 10"]],
    leftOut: [`${V}.b before 14: 5`],
  },
  {
    change: "the only volume of a line gets such a type",
    before: [volume("b", 5)],
    after: [volume("b", 5, "odd")],
    sums: [[], []],
    leftOut: [`${V}.b before 14: 5`],
  },
  {
    change: "a volume gets a type of the catalogue",
    before: [volume("a", 10), volume("b", 5, "odd")],
    after: [volume("a", 10), volume("b", 5)],
    sums: [["14: 10"], ["14: 10"]],
    leftOut: [`${V}.b after 14: 5`],
  },
  { change: "an unpriced volume is created", before: [], after: [volume("b", 5, "odd")], sums: [[], []], leftOut: [`${V}.b`] },
  { change: "an unpriced volume is deleted", before: [volume("b", 5, "odd")], after: [], sums: [[], []], leftOut: [`${V}.b`] },
  { change: "a volume is deleted", before: [volume("a", 10)], after: [], sums: [["14: 10"], []], leftOut: [] },
])("$change", ({ before, after, sums, leftOut }) => {
  const compared = comparedQuantities(side(before), side(after));
  expect([printed(compared.before), printed(compared.after)]).toEqual(sums);
  expect(
    compared.leftOut.map(({ address, priced }) =>
      priced === undefined ? address : `${address} ${priced.side} ${printed(priced.quantities).join()}`,
    ),
  ).toEqual(leftOut);
});
