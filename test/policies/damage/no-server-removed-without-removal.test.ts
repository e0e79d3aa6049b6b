import { expect, test } from "vitest";
import { noServerRemovedWithoutRemoval } from "../../../policies/damage/no-server-removed-without-removal.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { changed, SHOP, withApp } from "./changed.ts";
import { cases } from "./no-server-removed-without-removal.cases.ts";

testCases(noServerRemovedWithoutRemoval, cases);

test("A finding leads back to the count, or to where the block stood", () => {
  expect(onlyFinding(noServerRemovedWithoutRemoval.check(changed(SHOP, withApp({ count: 1 }))))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "count",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "count"] },
    message: {
      zh: "app 从 2 台减到 1 台；removals 里没有 app 的下线记录和证明",
      en: "Cannot remove 1 of 2 servers of app: removals holds no attested removal of app",
    },
  });
});
