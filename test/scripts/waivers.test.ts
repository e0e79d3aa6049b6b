import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SAMPLES } from "../tree.ts";
import { checkResult } from "./plan/planned.ts";
import { govcloud } from "./run.ts";

const TENANT = "stacks/tenants/ecology";
const SYSTEM = `${TENANT}/air-monitoring.yaml`;
let folder: string;

const git = (author: string, ...args: string[]) => {
  const identity = ["-c", `user.name=${author}`, "-c", `user.email=${author}@example.org`];
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
    approver: "centre",
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
const plan = (at = "2026-01-15") => {
  const { code, stdout, stderr } = govcloud([
    "plan",
    "--tree",
    folder,
    "--base",
    "none",
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
      approver: "centre",
      expires: "2026-03-31",
      daysLeft: 75,
      location: { file: `${TENANT}/waivers.yaml`, line: 2, column: 5 },
    },
  ]);
  const { stdout } = govcloud(["check", "--tree", folder, "--at", "2026-01-15"]);
  expect(stdout).toContain("Waived until 2026-03-31 (75 days left): 年终结算; owner 信息科, approver centre");
});

test("the entry that check shows is one to paste: with its words filled in, the finding is waived", () => {
  git("bureau", "rm", "-q", "--ignore-unmatch", `${TENANT}/waivers.yaml`);
  rmSync(join(folder, TENANT, "waivers.yaml"), { force: true });
  const { stdout } = govcloud(["check", "--tree", folder, "--base", "none", "--at", "2026-01-15"]);
  const entry = /^ {6}waivers:\n(?: {8}.*\n)+/m.exec(stdout)?.[0] ?? "";
  const filled = { reason: "年终结算", owner: "信息科", approver: "centre", expires: "2026-03-31" };
  writeFileSync(
    join(folder, TENANT, "waivers.yaml"),
    entry.replace(/(reason|owner|approver|expires): <.*>/g, (_, key: keyof typeof filled) => `${key}: ${filled[key]}`),
  );
  git("bureau", "add", "-A");
  git("bureau", "commit", "-qm", "waiver");
  const waived = plan();
  expect([waived.code, findings(waived).map(({ policy, waiver }) => [policy, waiver?.approver])]).toEqual([
    0,
    [["size/require-server-within-limits", "centre"]],
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

test("a waiver approved by its own author is an error, by name as by address", () => {
  for (const approver of ["bureau", "bureau@example.org"]) {
    waive("bureau", { approver: `"${approver}"` });
    const { code, stderr } = plan();
    expect([code, stderr]).toEqual([3, expect.stringContaining("approve a waiver of their own")]);
  }
});

test("an approver who extends a waiver that somebody else began has a hand in it", () => {
  const file = join(folder, TENANT, "waivers.yaml");
  const begun = (expires: string) =>
    `waivers:\n  - policy: size/require-server-within-limits\n    system: ecology/air-monitoring\n    address: servers.app\n    reason: 年终结算\n    owner: 信息科\n    approver: centre\n    expires: ${expires}\n`;
  const commit = (author: string, expires: string) => {
    writeFileSync(file, begun(expires));
    git(author, "add", "-A");
    git(author, "commit", "-qm", "waiver");
  };
  commit("bureau", "2026-01-20");
  expect(plan().code).toBe(0);
  commit("centre", "2026-12-31");
  expect(plan()).toMatchObject({ code: 3, stderr: expect.stringContaining("approve a waiver of their own") });
  // Nor does the tree get to rename its authors.
  writeFileSync(join(folder, ".mailmap"), "Else <else@example.org> <centre@example.org>\n");
  expect(plan().code).toBe(3);
  rmSync(join(folder, ".mailmap"));
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
