import { expect, test } from "vitest";
import { requireEveryResourcePriced } from "../../../policies/price/require-every-resource-priced.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, PLATFORM, printed, systemSubject } from "../subjects.ts";
import { cases } from "./require-every-resource-priced.cases.ts";

testCases(requireEveryResourcePriced, cases);

const volume = {
  address: "openstack_blockstorage_volume_v3.data",
  type: "openstack_blockstorage_volume_v3",
  attribute: "size",
  reason: { zh: "计划时不知道卷的大小", en: "size is not known in the plan" },
};
const database = {
  address: "openstack_db_instance_v1.db",
  type: "openstack_db_instance_v1",
  attribute: "type",
  reason: { zh: "没有计价方法", en: "there is no costing" },
};

test.each([
  { verdict: "pass", what: "every resource is priced or free", unpriced: [], found: [] },
  {
    verdict: "undetermined",
    what: "a volume of unknown size",
    unpriced: [volume],
    found: ["undetermined openstack_blockstorage_volume_v3.data#size: Cannot price it: size is not known in the plan"],
  },
  {
    verdict: "undetermined",
    what: "two resources, each told",
    unpriced: [volume, database],
    found: [
      "undetermined openstack_blockstorage_volume_v3.data#size: Cannot price it: size is not known in the plan",
      "undetermined openstack_db_instance_v1.db#type: Cannot price it: there is no costing",
    ],
  },
])("$verdict: $what, in a system and on the platform", ({ unpriced, found }) => {
  expect(printed(requireEveryResourcePriced.check(systemSubject(undefined, { unpriced })))).toEqual(found);
  expect(printed(requireEveryResourcePriced.check({ ...PLATFORM, unpriced }))).toEqual(found);
});

test("The finding names the resource by its address, in both languages", () => {
  expect(onlyFinding(requireEveryResourcePriced.check(systemSubject(undefined, { unpriced: [volume] })))).toEqual({
    kind: "undetermined",
    address: "openstack_blockstorage_volume_v3.data",
    attribute: "size",
    message: { zh: "无法计价：计划时不知道卷的大小", en: "Cannot price it: size is not known in the plan" },
  });
});
