import { expect, test } from "vitest";
import { costed, reasonOf } from "../costed.ts";

const TYPE = "openstack_blockstorage_quotaset_v3";

test.each([
  { what: "3000 GB of backup", values: { backup_gigabytes: 3000, gigabytes: 9999 }, costs: "21: 3000" },
  { what: "no backup", values: { backup_gigabytes: 0, gigabytes: 9999 }, costs: "free" },
  { what: "unlimited backup", values: { backup_gigabytes: -1 }, costs: "unpriced: backup_gigabytes" },
  { what: "backup left out, which the cloud fills with its default", values: { gigabytes: 9999 }, costs: "unpriced: backup_gigabytes" },
  { what: "backup known after the apply", values: { backup_gigabytes: "${var.gb}" }, costs: "unpriced: backup_gigabytes" },
])("A quota that grants $what: $costs", ({ values, costs }) => {
  expect(costed(TYPE, values)).toBe(costs);
});

test("The reason is told in both languages", () => {
  expect(reasonOf(TYPE, {})).toEqual({ zh: "备份配额没有写明或不限量", en: "backup_gigabytes is unknown or unlimited" });
  expect(reasonOf(TYPE, { backup_gigabytes: 0 })).toEqual({ zh: "没有备份空间", en: "grants no backup space" });
});
