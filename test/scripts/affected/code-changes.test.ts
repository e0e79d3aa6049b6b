import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGitTree } from "../../../catalog/source/git-tree.ts";
import { readDirectoryTree } from "../../../catalog/source/tree.ts";
import { affectedSystems } from "../../../scripts/affected/affected-systems.ts";
import { isCode } from "../../../scripts/affected/code-changes.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { SAMPLES } from "../../tree.ts";

const WAIVER =
  "waivers:\n  - { policy: size/require-server-within-limits, system: hrss/job-service, address: servers.web, reason: 年终结算期间不便拆分, owner: 科长, approver: 主任, expires: 2026-03-31 }\n";

let program: string;
const write = (path: string, words: string) => {
  mkdirSync(dirname(join(program, path)), { recursive: true });
  writeFileSync(join(program, path), words);
};
const git = (...args: string[]) => {
  const { status, stderr } = spawnSync("git", ["-C", program, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
};
beforeAll(() => {
  program = mkdtempSync(join(tmpdir(), "govcloud-program-"));
  cpSync(SAMPLES, program, { recursive: true });
  write("scripts/plan.ts", "export {};\n");
  write("README.md", "# …\n");
  write("policies/waivers.yaml", WAIVER);
  write(".gitignore", "node_modules/\n");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "base");
});
afterAll(() => rmSync(program, { recursive: true, force: true }));

/** What differs between the last commit and the work tree with some files changed, by the program that stands in `own`. */
function touched(files: Readonly<Record<string, string>>, own = program): readonly string[] {
  const before = Object.keys(files).map((path) => [path, contentOf(path)] as const);
  try {
    for (const [path, words] of Object.entries(files)) write(path, words);
    const [head, base] = [readCheckedTree(readDirectoryTree(program)), readCheckedTree(readGitTree(program, "HEAD"))];
    const { systems, code } = affectedSystems(head, base, own);
    const reasons = new Set(systems.flatMap((each) => each.reasons.map(({ kind, file, words }) => `${kind} ${file} ${words.en}`)));
    return [code, `${systems.length} systems`, ...reasons];
  } finally {
    for (const [path, words] of before) {
      if (words === undefined) rmSync(join(program, path));
      else write(path, words);
    }
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(join(program, path), "utf8");
  } catch {
    return undefined;
  }
}

test.each([
  { what: "nothing", files: {}, expected: ["compared", "0 systems"] },
  {
    what: "code",
    files: { "scripts/plan.ts": "export const x = 1;\n" },
    expected: ["compared", "20 systems", "code scripts/plan.ts code of the program"],
  },
  {
    what: "code that is new, not committed, and named like a command",
    files: { "scripts/$(id);x.ts": "", "cost/a.ts": "" },
    expected: ["compared", "20 systems", "code cost/a.ts code of the program, and 1 more files"],
  },
  { what: "what git ignores", files: { "scripts/node_modules/x.ts": "" }, expected: ["compared", "0 systems"] },
  { what: "documents and tests", files: { "README.md": "# new\n", "test/plan.test.ts": "" }, expected: ["compared", "0 systems"] },
  {
    what: "the centre's waivers",
    files: { "policies/waivers.yaml": "waivers: []\n" },
    expected: ["compared", "1 systems", "waiver policies/waivers.yaml a waiver of size/require-server-within-limits goes"],
  },
])("The program's own history: $what", ({ files, expected }) => {
  expect(touched(files)).toEqual(expected);
});

test("A request's tree brings no code: what it changes there is not even looked at", () => {
  expect(touched({ "scripts/plan.ts": "export const x = 1;\n", "policies/waivers.yaml": "waivers: []\n" }, "/elsewhere")).toEqual([
    "not-compared",
    "0 systems",
  ]);
});

test.each([
  ["catalog/annex-1.ts", true],
  ["catalog/schema/system.schema.json", true],
  ["catalog/pools.yaml", false],
  ["stacks/constructs/network.ts", true],
  ["stacks/tenants/hrss/evil.ts", false],
  ["policies/waivers.yaml", false],
  ["policies/damage/no-outage.ts", true],
  ["scripts/setup/setup.mjs", true],
  ["package-lock.json", true],
  ["providers/openstack/schema.json", true],
  ["test/tree.ts", false],
  ["bench/run.ts", false],
  ["README.md", false],
  [".gitlab-ci.yml", false],
] as const)("%s is code: %s", (path, expected) => {
  expect(isCode(path)).toBe(expected);
});
