import { expect, test } from "vitest";
import { requireAdviceAnswered } from "../../../policies/sizing/require-advice-answered.ts";
import { testCases } from "../cases.ts";
import { onlyFinding } from "../subjects.ts";
import { measured, sized, withUse } from "./measured.ts";
import { cases } from "./require-advice-answered.cases.ts";

testCases(requireAdviceAnswered, cases);

test("the finding points at the size, in both languages", () => {
  const subject = withUse(sized({}), sized({}), measured({ "hrss/social/app-1": { memory: "90" } }), "2026-02-10");
  expect(onlyFinding(requireAdviceAnswered.check(subject))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "memoryGb",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "memoryGb"] },
    message: {
      zh: "服务器组 app：2025-12 的建议是从 16 改到 32 GB 内存，2026-01-08 到期，至今没有答复",
      en: "The advice of 2025-12, due 2026-01-08, to go from 16 to 32 GB of memory, is unanswered",
    },
  });
});
