import { expect, test } from "vitest";
import { costed, reasonOf } from "../costed.ts";

const TYPE = "openstack_objectstorage_container_v1";

test.each([
  { what: "a quota of 1 GB, which is 1024³ bytes", metadata: { "Quota-Bytes": "1073741824" }, costs: "16: 1" },
  { what: "a quota of 10,000,000 GB", metadata: { "Quota-Bytes": "10737418240000000" }, costs: "16: 10000000" },
  { what: "no metadata", metadata: undefined, costs: "unpriced: metadata.Quota-Bytes" },
  { what: "no quota, so that its cost has no bound", metadata: { owner: "x" }, costs: "unpriced: metadata.Quota-Bytes" },
  { what: "a quota of 0, which is none", metadata: { "Quota-Bytes": "0" }, costs: "unpriced: metadata.Quota-Bytes" },
  { what: "a negative quota", metadata: { "Quota-Bytes": "-1" }, costs: "unpriced: metadata.Quota-Bytes" },
  { what: "a quota of 1 GB and a byte", metadata: { "Quota-Bytes": "1073741825" }, costs: "unpriced: metadata.Quota-Bytes" },
  {
    what: "a quota a byte beside a GB that a binary float would not tell apart",
    metadata: { "Quota-Bytes": "107374182400000001" },
    costs: "unpriced: metadata.Quota-Bytes",
  },
  { what: "a quota with an exponent", metadata: { "Quota-Bytes": "1e12" }, costs: "unpriced: metadata.Quota-Bytes" },
  { what: "a quota known after the apply", metadata: { "Quota-Bytes": "${var.quota}" }, costs: "unpriced: metadata.Quota-Bytes" },
  {
    what: "a quota under another spelling, which the cloud does not know",
    metadata: { "quota-bytes": "1073741824" },
    costs: "unpriced: metadata.Quota-Bytes",
  },
])("A container with $what: $costs", ({ metadata, costs }) => {
  expect(costed(TYPE, { name: "archive", metadata })).toBe(costs);
});

test("The reason is told in both languages", () => {
  expect(reasonOf(TYPE, {})).toEqual({ zh: "对象存储容器没有配额", en: "the container has no known quota" });
  expect(reasonOf(TYPE, { metadata: { "Quota-Bytes": "5" } })).toEqual({ zh: "配额不是整 GB", en: "the quota is no whole number of GB" });
});
