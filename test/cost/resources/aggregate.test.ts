import { expect, test } from "vitest";
import { costed, reasonOf } from "../costed.ts";

const TYPE = "openstack_compute_aggregate_v2";

test.each([
  { what: "three nodes", values: { hosts: ["a", "b", "c"] }, costs: "27: 3" },
  { what: "no node", values: { hosts: [] }, costs: "27: 0" },
  { what: "nodes left out", values: {}, costs: "unpriced: hosts" },
  { what: "nodes known after the apply", values: { hosts: "${var.hosts}" }, costs: "unpriced: hosts" },
  { what: "a node of several known after the apply", values: { hosts: ["a", "${var.host}"] }, costs: "unpriced: hosts" },
])("An aggregate of $what: $costs", ({ values, costs }) => {
  expect(costed(TYPE, values)).toBe(costs);
});

test("The reason is told in both languages", () => {
  expect(reasonOf(TYPE, {})).toEqual({ zh: "计划时不知道纳管节点", en: "hosts is not known in the plan" });
});
