import { expect, test } from "vitest";
import { noVolumeShrink } from "../../../policies/damage/no-volume-shrink.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { changed, SHOP, withDb } from "./changed.ts";
import { cases } from "./no-volume-shrink.cases.ts";

testCases(noVolumeShrink, cases);

test("A finding leads back to the size that the bureau wrote", () => {
  const shrunk = changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 50 }] }));
  expect(onlyFinding(noVolumeShrink.check(shrunk))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "openstack_blockstorage_volume_v3.servers_db-1_data",
    attribute: "size",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "db", "dataDisks", "data", "sizeGb"] },
    message: {
      zh: "数据盘从 100 GB 缩小到 50 GB；只能增大，或新建再迁移",
      en: "Cannot shrink the volume from 100 GB to 50 GB: wanted 100 GB or more, or migrate to a new one",
    },
  });
});
