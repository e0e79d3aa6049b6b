import { expect, test } from "vitest";
import { noClassifiedSystem } from "../../../policies/security/no-classified-system.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, PLATFORM, printed, systemSubject } from "../subjects.ts";
import { cases } from "./no-classified-system.cases.ts";

testCases(noClassifiedSystem, cases);

test.each([
  { verdict: "pass", what: "a system that is not classified", subject: systemSubject(declaration({ classified: false })), found: "pass" },
  {
    verdict: "violation",
    what: "a classified system",
    subject: systemSubject(declaration({ classified: true })),
    found: "violation hrss/social#classified: Cannot host a classified system (classified: true)",
  },
  {
    verdict: "violation",
    what: "a classified system on trial",
    subject: systemSubject(declaration({ classified: true, stage: "trial" })),
    found: "violation hrss/social#classified: Cannot host a classified system (classified: true)",
  },
  {
    verdict: "violation",
    what: "a classified system that was retired, for it should never have been here",
    subject: systemSubject(declaration({ classified: true, stage: "retired" })),
    found: "violation hrss/social#classified: Cannot host a classified system (classified: true)",
  },
  { verdict: "not-applicable", what: "the platform", subject: PLATFORM, found: "not-applicable" },
])("$verdict: $what", ({ subject, found }) => {
  expect(printed(noClassifiedSystem.check(subject))).toEqual([found]);
});

test("The finding points at the word, in both languages", () => {
  expect(onlyFinding(noClassifiedSystem.check(systemSubject(declaration({ classified: true }))))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "hrss/social",
    attribute: "classified",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["classified"] },
    message: { zh: "申请写明系统涉及国家秘密（classified: true），不能上政务云", en: "Cannot host a classified system (classified: true)" },
  });
});
