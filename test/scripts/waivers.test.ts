import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SAMPLES } from "../tree.ts";
import { checkResult } from "./plan/planned.ts";
import { govcloud } from "./run.ts";

const TENANT = "stacks/tenants/ecology";
const SYSTEM = `${TENANT}/air-monitoring.yaml`;
let folder: string;

/** The director may approve waivers by policies/approvers.yaml. */
const git = (author: string, ...args: string[]) => {
  const email = `${author}@${author === "director" ? "bigdata." : ""}example.org`;
  const identity = ["-c", `user.name=${author}`, "-c", `user.email=${email}`];
  const { status, stderr } = spawnSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
};
const waive = (author: string, fields: Readonly<Record<string, string>>) => {
  const waiver = {
    policy: "size/require-server-within-limits",
    system: "ecology/air-monitoring",
    address: "servers.app",
    reason: "年终结算",
    owner: "信息科",
    approver: "centre-director",
    expires: "2026-03-31",
    ...fields,
  };
  writeFileSync(
    join(folder, TENANT, "waivers.yaml"),
    `waivers:\n  - { ${Object.entries(waiver)
      .map(([key, value]) => `${key}: ${value}`)
      .join(", ")} }\n`,
  );
  git(author, "add", "-A");
  git(author, "commit", "-qm", "waiver");
};
const plan = (at = "2026-01-15", base = "none") => {
  const { code, stdout, stderr } = govcloud([
    "plan",
    "--tree",
    folder,
    "--base",
    base,
    "--system",
    "ecology/air-monitoring",
    "--format",
    "json",
    "--at",
    at,
  ]);
  return { code, stderr, result: stdout === "" ? undefined : checkResult(JSON.parse(stdout)) };
};
const findings = ({ result }: ReturnType<typeof plan>) => [
  ...(result?.findings ?? []),
  ...(result?.systems.flatMap((system) => system.findings) ?? []),
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "govcloud-waivers-"));
  for (const part of ["catalog", "stacks/tenants"]) cpSync(join(SAMPLES, part), join(folder, part), { recursive: true });
  // 65 cores in one server: one above the pool's largest.
  writeFileSync(
    join(folder, SYSTEM),
    readFileSync(join(folder, SYSTEM), "utf8")
      .replace(/cpu: \d+/, "cpu: 65")
      .replace(/^( {2})\w+:$/m, "$1app:"),
  );
  spawnSync("git", ["-C", folder, "init", "-q", "-b", "main"]);
  git("bureau", "add", "-A");
  git("bureau", "commit", "-qm", "request");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("without a waiver the size is refused", () => {
  const refused = plan();
  expect([refused.code, findings(refused).map(({ policy, address }) => `${policy} ${address}`)]).toEqual([
    2,
    ["size/require-server-within-limits servers.app"],
  ]);
});

test("a waiver that somebody else approved lets it stand, and is shown with its days left", () => {
  waive("bureau", {});
  const waived = plan();
  expect(waived.code).toBe(0);
  expect(findings(waived).map(({ waiver }) => waiver)).toEqual([
    {
      reason: "年终结算",
      owner: "信息科",
      approver: "centre-director",
      expires: "2026-03-31",
      daysLeft: 75,
      location: { file: `${TENANT}/waivers.yaml`, line: 2, column: 5 },
    },
  ]);
  const { stdout } = govcloud(["check", "--tree", folder, "--at", "2026-01-15"]);
  expect(stdout).toContain("Waived until 2026-03-31 (75 days left): 年终结算; owner 信息科, approver centre-director");
});

test("the entry that check shows is one to paste: with its words filled in, the finding is waived", () => {
  git("bureau", "rm", "-q", "--ignore-unmatch", `${TENANT}/waivers.yaml`);
  rmSync(join(folder, TENANT, "waivers.yaml"), { force: true });
  const { stdout } = govcloud(["check", "--tree", folder, "--base", "none", "--at", "2026-01-15"]);
  const entry = /^ {6}waivers:\n(?: {8}.*\n)+/m.exec(stdout)?.[0] ?? "";
  const filled = { reason: "年终结算", owner: "信息科", approver: "centre-director", expires: "2026-03-31" };
  writeFileSync(
    join(folder, TENANT, "waivers.yaml"),
    entry.replace(/(reason|owner|approver|expires): <.*>/g, (_, key: keyof typeof filled) => `${key}: ${filled[key]}`),
  );
  git("bureau", "add", "-A");
  git("bureau", "commit", "-qm", "waiver");
  const waived = plan();
  expect([waived.code, findings(waived).map(({ policy, waiver }) => [policy, waiver?.approver])]).toEqual([
    0,
    [["size/require-server-within-limits", "centre-director"]],
  ]);
});

test("an expired waiver refuses, with a finding of its own", () => {
  waive("bureau", { expires: "2026-01-14" });
  const expired = plan();
  expect([
    expired.code,
    findings(expired)
      .map(({ policy, location }) => `${policy} ${location?.file}`)
      .sort(),
  ]).toEqual([2, [`size/require-server-within-limits ${SYSTEM}`, `waiver/no-expired-waiver ${TENANT}/waivers.yaml`]]);
});

test("a waiver that no finding needs is pointed out", () => {
  waive("bureau", { address: "servers.web" });
  expect(findings(plan()).map(({ policy, level }) => `${level} ${policy}`)).toContain("advisory waiver/no-unused-waiver");
});

test.each(["director", "director@bigdata.example.org", "centre-director", "大数据中心主任"])(
  "a waiver approved by its own author is an error that names the author: %s",
  (approver) => {
    waive("director", { approver });
    const { code, stderr } = plan();
    expect(code).toBe(3);
    expect(stderr).toContain(
      `Cannot let ${approver} approve a waiver of their own: director <director@bigdata.example.org> wrote some of it`,
    );
  },
);

test.each([
  { what: "who commits it for somebody else", author: "bureau <bureau@example.org>", committer: "director", message: "waiver" },
  {
    what: "who is named as a co-author",
    author: "bureau <bureau@example.org>",
    committer: "bureau",
    message: "waiver\n\nCo-authored-by: The director <DIRECTOR+git@bigdata.example.org>",
  },
  { what: "whom another commits for", author: "director <director@bigdata.example.org>", committer: "bureau", message: "waiver" },
])("an approver $what has a hand in it", ({ author, committer, message }) => {
  waive("bureau", { reason: committer + message.length });
  expect(plan().code).toBe(0);
  git(committer, "commit", "--amend", "-q", `--author=${author}`, "-m", message);
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("approve a waiver of their own") });
});

test("an approver who extends a waiver that somebody else began has a hand in it, on whichever of its lines", () => {
  const file = join(folder, TENANT, "waivers.yaml");
  const begun = (expires: string) =>
    `waivers:\n  - policy: size/require-server-within-limits\n    system: ecology/air-monitoring\n    address: servers.app\n    reason: 年终结算\n    owner: 信息科\n    approver: centre-director\n    expires:\n      ${expires}\n`;
  const commit = (author: string, words: string) => {
    writeFileSync(file, words);
    git(author, "add", "-A");
    git(author, "commit", "-qm", "waiver");
  };
  commit("bureau", begun("2026-01-20"));
  expect(plan().code).toBe(0);
  commit("director", begun("2026-12-31"));
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("approve a waiver of their own") });
  // Nor does the tree get to rename its authors.
  writeFileSync(join(folder, ".mailmap"), "Else <else@example.org> <director@bigdata.example.org>\n");
  expect(plan().code).toBe(3);
  rmSync(join(folder, ".mailmap"));
  // A comment decides nothing.
  commit("bureau", begun("2026-12-30"));
  commit("director", `${begun("2026-12-30")}# seen\n`);
  expect(plan().code).toBe(0);
});

test("a waiver that reaches further than a year refuses, and covers nothing", () => {
  waive("bureau", { expires: "2027-01-16" });
  const far = plan();
  expect([
    far.code,
    findings(far)
      .map(({ policy, waiver }) => `${policy} ${waiver?.expires ?? "stands"}`)
      .sort(),
  ]).toEqual([2, ["size/require-server-within-limits stands", "waiver/no-waiver-beyond-a-year stands"]]);
});

test("a request that brings its own waiver is accepted with a word to who reviews it; once merged, nothing is said", () => {
  waive("bureau", { attribute: "cpu" });
  const unseen = (base: string) =>
    findings(plan("2026-01-15", base))
      .filter(({ policy }) => policy === "waiver/no-waiver-unseen")
      .map(({ message }) => message);
  expect(unseen(SAMPLES)).toEqual([
    "Cannot take the waiver of size/require-server-within-limits for approved yet: this request brings or changes it, and wants the approval of centre-director",
  ]);
  expect(unseen(folder)).toEqual([]);
});

test("errors of waivers and of declarations are told in one run", () => {
  waive("bureau", { policy: "size/no-such-policy" });
  const path = join(folder, SYSTEM);
  const words = readFileSync(path, "utf8");
  writeFileSync(path, words.replace(/^mlps: .*$/m, "mlps: 9"));
  const { code, stderr } = plan();
  writeFileSync(path, words);
  expect(code).toBe(3);
  expect(stderr).toContain(`${TENANT}/waivers.yaml:2:`);
  expect(stderr).toContain(`${SYSTEM}:`);
  expect(stderr).toContain("2 errors in 2 files");
});

test("a link in the place of a waivers file is refused by name", () => {
  const file = join(folder, TENANT, "waivers.yaml");
  rmSync(file);
  symlinkSync("/etc/hostname", file);
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining(`Cannot read ${TENANT}/waivers.yaml: it is a symbolic link`) });
  rmSync(file);
});

test("what is waived is synthesised; without the waiver it is not", () => {
  const synth = () => govcloud(["synth", "--tree", folder, "--out", join(folder, "cdktf.out"), "--at", "2026-01-15"]);
  waive("bureau", {});
  expect(synth().code).toBe(0);
  waive("bureau", { address: "servers.web" });
  expect(synth()).toMatchObject({ code: 2, stderr: expect.stringContaining("size/require-server-within-limits") });
});

test("a waiver of an unknown policy, or for another bureau, is an error", () => {
  waive("bureau", { policy: "size/no-such-policy" });
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("there is none of that id") });
  waive("bureau", { system: "hrss/social-insurance" });
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("Cannot waive for another bureau") });
});

test("where Git cannot name the author, the waiver is no waiver", () => {
  waive("bureau", {});
  rmSync(join(folder, ".git"), { recursive: true });
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("Cannot tell from Git who wrote this waiver") });
});
