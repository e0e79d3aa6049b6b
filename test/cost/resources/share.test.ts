import { expect, test } from "vitest";
import { costed, reasonOf } from "../costed.ts";

const TYPE = "openstack_sharedfilesystem_share_v2";

test.each([
  { what: "500 GB", values: { size: 500 }, costs: "17: 500" },
  { what: "a size known after the apply", values: { size: "${var.size}" }, costs: "unpriced: size" },
  { what: "no size", values: {}, costs: "unpriced: size" },
])("A share of $what: $costs", ({ values, costs }) => {
  expect(costed(TYPE, values)).toBe(costs);
});

test("The reason is told in both languages", () => {
  expect(reasonOf(TYPE, {})).toEqual({ zh: "计划时不知道文件存储的大小", en: "size is not known in the plan" });
});
