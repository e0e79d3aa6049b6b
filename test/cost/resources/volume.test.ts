import { expect, test } from "vitest";
import { costingFacts } from "../../../cost/costing.ts";
import { CATALOGUE, pool, required } from "../../declared.ts";
import { costed, reasonOf } from "../costed.ts";

const TYPE = "openstack_blockstorage_volume_v3";

test.each([
  { what: "SAS", values: { size: 500, volume_type: "sas" }, costs: "14: 500" },
  { what: "SSD", values: { size: 1, volume_type: "ssd" }, costs: "15: 1" },
  { what: "a size known after the apply", values: { size: "${var.size}", volume_type: "sas" }, costs: "unpriced: size" },
  { what: "no size", values: { volume_type: "sas" }, costs: "unpriced: size" },
  { what: "a size in words", values: { size: "500", volume_type: "sas" }, costs: "unpriced: size" },
  {
    what: "a type known after the apply",
    values: { size: 500, volume_type: "${openstack_blockstorage_volume_type_v3.sas.name}" },
    costs: "unpriced: volume_type",
  },
  { what: "no type, which is the cloud's default", values: { size: 500 }, costs: "unpriced: volume_type" },
  { what: "a type that no line prices", values: { size: 500, volume_type: "__DEFAULT__" }, costs: "unpriced: volume_type" },
  { what: "a type in capitals", values: { size: 500, volume_type: "SAS" }, costs: "14: 500" },
])("A volume of $what: $costs", ({ values, costs }) => {
  expect(costed(TYPE, values)).toBe(costs);
});

test("A name that means SAS in one pool and SSD in another tells nothing to who does not know the pool", () => {
  const gov = pool("gov");
  const turned = { ...pool("ps"), openstack: { ...pool("ps").openstack, volumeTypes: { sas: "ssd", ssd: "sas" } } };
  const catalogue = {
    ...CATALOGUE,
    pools: new Map([
      ["gov", gov],
      ["ps", turned],
    ]),
  };
  expect([undefined, gov, turned].map((each) => costingFacts(catalogue, [], each).diskType("sas"))).toEqual([undefined, "sas", "ssd"]);
});

test("The reason is told in both languages", () => {
  expect(reasonOf(TYPE, { size: 500, volume_type: "nvme" })).toEqual({
    zh: "附件1没有卷类型 nvme；已知的有 sas、ssd",
    en: "Annex 1 has no volume type nvme; wanted sas or ssd",
  });
  expect(required(reasonOf(TYPE, { volume_type: "sas" }), "a reason").zh).toBe("计划时不知道卷的大小");
});
