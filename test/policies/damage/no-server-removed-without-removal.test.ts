import { expect, test } from "vitest";
import { noServerRemovedWithoutRemoval } from "../../../policies/damage/no-server-removed-without-removal.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { changed, removal, SHOP, withApp } from "./changed.ts";
import { cases } from "./no-server-removed-without-removal.cases.ts";

testCases(noServerRemovedWithoutRemoval, cases);

test("An entry that asks in vain is where the finding stands, with what to do about it", () => {
  const later = changed(SHOP, withApp({ count: 1 }, { removals: [removal("db"), removal("app", "2026-02-10")] }));
  expect(onlyFinding(noServerRemovedWithoutRemoval.check(later))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "count",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["removals", 1, "on"] },
    message: {
      zh: "app 从 2 台减到 1 台；app 的下线日期 2026-02-10 还没有到（今天 2026-01-15）",
      en: "Cannot remove 1 of 2 servers of app: the removal of app is dated 2026-02-10, after 2026-01-15",
    },
    remedy: {
      zh: "撤回删除，到 2026-02-10 当天或之后再提交；日期写错了就改正",
      en: "Take the deletion back and ask again on 2026-02-10 or later; or correct the day, if it is past",
    },
  });
});

test("A finding leads back to the count, or to where the block stood", () => {
  expect(onlyFinding(noServerRemovedWithoutRemoval.check(changed(SHOP, withApp({ count: 1 }))))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "count",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "count"] },
    asks: [{ kind: "removals", of: "app", count: 1 }],
    message: {
      zh: "app 从 2 台减到 1 台；removals 里没有 app 的下线记录和证明",
      en: "Cannot remove 1 of 2 servers of app: removals holds no attested removal of app",
    },
  });
});
