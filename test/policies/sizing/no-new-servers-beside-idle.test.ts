import { expect, test } from "vitest";
import { noNewServersBesideIdle } from "../../../policies/sizing/no-new-servers-beside-idle.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { cases } from "./no-new-servers-beside-idle.cases.ts";

testCases(noNewServersBesideIdle, cases);

test("the finding points at the new group, in both languages, and refuses nothing", () => {
  const [idle] = cases;
  if (idle === undefined) throw new Error("wanted a first row");
  expect(onlyFinding(noNewServersBesideIdle.check(idle.subject))).toMatchObject({
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app2"] },
    message: {
      zh: "新增服务器组 app2：原有服务器 2025-12 平均使用率 CPU 10%（“≤15%”档）、内存 40%（“40%（含）～70%”档），都不需要增加",
    },
  });
  expect(noNewServersBesideIdle.level).toBe("advisory");
});
