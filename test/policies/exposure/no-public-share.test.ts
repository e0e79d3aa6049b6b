import { expect, test } from "vitest";
import { noPublicShare } from "../../../policies/exposure/no-public-share.ts";
import { declaration } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, printed } from "../subjects.ts";
import { built } from "./built.ts";
import { cases } from "./no-public-share.cases.ts";

testCases(noPublicShare, cases);

test("The finding leads back to the file storage, in both languages", () => {
  const access = { sharedfilesystem_share_access_v2: { storage: { access_type: "ip", access_to: "0.0.0.0/0" } } };
  const finding = onlyFinding(noPublicShare.check(built(access, declaration({ fileGb: 10 }))));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["storage", "fileGb"] });
  expect(finding.message.zh).toBe('"0.0.0.0/0" 让任何地址都能挂载，应为本系统的子网');
});

test("Words that are no range are no pass", () => {
  const access = { sharedfilesystem_share_access_v2: { storage: { access_type: "ip", access_to: "everybody" } } };
  expect(printed(noPublicShare.check(built(access)))[0]).toMatch(/^undetermined .*"everybody"/);
});
