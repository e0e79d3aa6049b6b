import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkPolicyFiles } from "../../../scripts/plan/check-policy-files.ts";
import { SAMPLES } from "../../tree.ts";
import { approver, keysYaml } from "../approval/keys.ts";
import { govcloud, ROOT } from "../run.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "govcloud-policy-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const found = () =>
  checkPolicyFiles(folder).map(({ file, range, code, message }) => `${file}:${range.line}:${range.column} ${code}: ${message.en}`);

test("this repository's own are right, and a tree of data alone has none", () => {
  expect(checkPolicyFiles(ROOT)).toEqual([]);
  expect(found()).toEqual([]);
});

test.each([
  {
    file: "approval-keys.yaml",
    words: keysYaml([approver({ role: "bureau" })]),
    wanted: /^policies\/approval-keys\.yaml:\d+:\d+ contradiction: Cannot take this role so: bureau needs to say which/,
  },
  { file: "approvals.yaml", words: "validDays: 0\n", wanted: /^policies\/approvals\.yaml:1:\d+ / },
  { file: "approvers.yaml", words: "approvers: {}\n", wanted: /^policies\/approvers\.yaml:1:\d+ / },
  {
    file: "owners.yaml",
    words: 'groups:\n  a: "@x/a"\nbureau: "@x/{bureau}"\nrest: b\nareas: []\n',
    wanted: /^policies\/owners\.yaml:4:7 unknown-reference: Cannot find group "b": wanted one of a$/,
  },
  { file: "waivers.yaml", words: "waivers: 1\n", wanted: /^policies\/waivers\.yaml:1:10 wrong-type: / },
  { file: "owners.yaml", words: `a: &a [${"x".repeat(70_000)}]\n`, wanted: /^policies\/owners\.yaml:1:1 file-too-large: / },
])("a request's $file is told by file, line and column: $wanted", ({ file, words, wanted }) => {
  mkdirSync(join(folder, "policies"));
  writeFileSync(join(folder, "policies", file), words);
  expect(found()[0]).toMatch(wanted);
});

test.each(["check", "plan"])("%s tells them as what they are: an invalid request", (command) => {
  cpSync(SAMPLES, folder, { recursive: true });
  mkdirSync(join(folder, "policies"));
  writeFileSync(join(folder, "policies/approval-keys.yaml"), keysYaml([approver({ role: "bureau" })]));
  const { code, stderr } = govcloud([command, "--tree", folder, "--base", "none", "--at", "2026-01-15"]);
  expect([code, stderr]).toEqual([3, expect.stringMatching(/policies\/approval-keys\.yaml:\d+:\d+/)]);
});

test("a link in the place of a file or of the folder is told, and not followed", () => {
  symlinkSync(join(ROOT, "policies"), join(folder, "policies"));
  expect(found()).toEqual([expect.stringMatching(/^policies:1:1 unreadable-file: Cannot read policies: it is a symbolic link/)]);
  rmSync(join(folder, "policies"));
  mkdirSync(join(folder, "policies"));
  symlinkSync("/etc/hostname", join(folder, "policies/owners.yaml"));
  expect(found()).toEqual([expect.stringMatching(/^policies\/owners\.yaml:1:1 unreadable-file: /)]);
});

test("many addresses in a list of keys take no longer than it has lines", () => {
  mkdirSync(join(folder, "policies"));
  const keys = Array.from({ length: 60 }, (_, index) => {
    const names = Array.from({ length: 20 }, (__, alias) => `a${index}.${alias}@b.example.org`);
    return approver({ role: "bureau", bureau: `b${index}`, holder: `h${index}@b.example.org`, aliases: names }, "ed25519");
  });
  writeFileSync(join(folder, "policies/approval-keys.yaml"), keysYaml(keys));
  const begun = performance.now();
  expect(found()).toEqual([]);
  expect(performance.now() - begun).toBeLessThan(5000);
});
