import { expect, test } from "vitest";
import { noPublicContainer } from "../../../policies/exposure/no-public-container.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding } from "../subjects.ts";
import { built } from "./built.ts";
import { cases } from "./no-public-container.cases.ts";

testCases(noPublicContainer, cases);

test("The finding leads back to the object storage, in both languages", () => {
  const finding = onlyFinding(
    noPublicContainer.check(built({ objectstorage_container_v1: { storage: { container_read: ".r:*" } } }, declaration({ objectGb: 10 }))),
  );
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["storage", "objectGb"] });
  expect(finding.message.zh).toBe('".r:*" 让任何人不用登录就能读');
});

test.each([".R:*", ".ref:*", ".referrer:*", " .r:* ", ".r: *"])("%j lets in anybody too", (acl) => {
  expect(findings(noPublicContainer.check(built({ objectstorage_container_v1: { it: { container_read: acl } } })))[0]).toMatch(
    /^violation /,
  );
});

test("A referrer with a minus lets in nobody", () => {
  expect(
    findings(noPublicContainer.check(built({ objectstorage_container_v1: { it: { container_read: ".r:-bad.example.com" } } }))),
  ).toEqual([]);
});
