import { expect, test } from "vitest";
import { requireCryptographyAtLevel3 } from "../../../policies/security/require-cryptography-at-level-3.ts";
import { declaration, sourceOf } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, systemSubject } from "../subjects.ts";
import { cases } from "./require-cryptography-at-level-3.cases.ts";

testCases(requireCryptographyAtLevel3, cases);

test("The finding points at the level where the word is not written, in both languages", () => {
  expect(onlyFinding(requireCryptographyAtLevel3.check(systemSubject(declaration({ mlps: 3 }))))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "hrss/social",
    attribute: "cryptography",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["mlps"] },
    message: {
      zh: "系统是等保三级（mlps: 3），却没有配商用密码；应写 cryptography: true",
      en: "Cannot run at level 3 (mlps: 3) without commercial cryptography: wanted cryptography: true",
    },
  });
});

test("and at the word where it is", () => {
  const source = sourceOf("mlps: 3\ncryptography: false\n");
  expect(onlyFinding(requireCryptographyAtLevel3.check(systemSubject(declaration({ mlps: 3, source })))).at?.path).toEqual([
    "cryptography",
  ]);
});
