import { describe, expect, test } from "vitest";
import type { Approver, Person } from "../../catalog/approver.ts";
import { readSource } from "../../catalog/read-catalogue.ts";
import { findOverlaps, readWaivers, type WaiverFacts } from "../../catalog/read-waivers.ts";
import { printDiagnostic, printUnderCaret, treeOf } from "../tree.ts";

const DIRECTOR: Approver = {
  key: "centre-director",
  name: { zh: "大数据中心主任", en: "Director of the big-data centre" },
  people: ["director@bigdata.example.org", "deputy@bigdata.example.org"],
};
const REQUESTER: Person = { name: "Requester", email: "requester@example.org" };
const FACTS: WaiverFacts = {
  policies: new Map([
    ["size/require-server-within-limits", "tenant"],
    ["price/require-total-within-estimate", "centre"],
    ["price/require-declared-equals-planned", "nobody"],
  ]),
  systems: new Set(["hrss/social-insurance", "health/regional-health"]),
  tenant: undefined,
  approvers: [DIRECTOR],
  authorsOf: () => [REQUESTER],
};
const GOOD = {
  policy: "size/require-server-within-limits",
  system: "hrss/social-insurance",
  address: "servers.db",
  reason: "年终结算期间需要",
  owner: "信息科负责人",
  approver: "大数据中心主任",
  expires: "2026-03-31",
};

const FILE = "policies/waivers.yaml";

function readText(yaml: string, facts: Partial<WaiverFacts> = {}, path = FILE) {
  const read = readSource(treeOf({ [path]: yaml }), path, "waivers");
  return read.kind === "rejected" ? { waivers: [], diagnostics: read.diagnostics } : readWaivers(read.file, { ...FACTS, ...facts });
}

function yamlOf(...waivers: readonly Readonly<Record<string, string>>[]): string {
  const entries = waivers.map((waiver) =>
    Object.entries(waiver)
      .map(([key, value], index) => `${index === 0 ? "  - " : "    "}${key}: ${value}\n`)
      .join(""),
  );
  return `waivers:\n${entries.join("")}`;
}

function read(waiver: Readonly<Record<string, string>>, facts: Partial<WaiverFacts> = {}) {
  const { waivers, diagnostics } = readText(yamlOf(waiver), facts);
  return { waivers, said: diagnostics.map(printUnderCaret) };
}

test.each(["reason", "owner"] as const)("a blank that was left in the entry to paste is no answer: %s", (key) => {
  expect(read({ ...GOOD, [key]: '"<原因>"' }).said).toEqual([
    'policies/waivers.yaml «"<原因>"» bad-format: Cannot take <原因> for an answer: wanted the blank filled in',
  ]);
});

test("a good waiver is read, and nothing is said", () => {
  const { waivers, said } = read(GOOD);
  expect(said).toEqual([]);
  expect(waivers.map(({ source: _, ...waiver }) => waiver)).toEqual([{ ...GOOD, attribute: undefined, covers: "violation", index: 0 }]);
});

test("it may name an attribute, and that it covers what is undetermined", () => {
  const { waivers, said } = read({ ...GOOD, attribute: "cpu", covers: "undetermined" });
  expect(said).toEqual([]);
  expect(waivers.map(({ attribute, covers }) => [attribute, covers])).toEqual([["cpu", "undetermined"]]);
});

describe("what is wrong with a waiver is told at its place", () => {
  test.each([
    {
      what: "an unknown policy",
      waiver: { ...GOOD, policy: "size/require-server-within-limit" },
      said: "«size/require-server-within-limit» unknown-reference: Cannot waive policy size/require-server-within-limit: there is none of that id → size/require-server-within-limits",
    },
    {
      what: "a policy that nobody may waive",
      waiver: { ...GOOD, policy: "price/require-declared-equals-planned" },
      said: "«price/require-declared-equals-planned» not-allowed: Cannot waive policy price/require-declared-equals-planned: nobody may",
    },
    {
      what: "an unknown system",
      waiver: { ...GOOD, system: "hrss/social-insurence" },
      said: "«hrss/social-insurence» unknown-reference: Cannot waive for system hrss/social-insurence: there is none of that id → hrss/social-insurance",
    },
    {
      what: "a date that is none",
      waiver: { ...GOOD, expires: "2026-02-30" },
      said: '«2026-02-30» bad-format: Cannot accept expires: found the text "2026-02-30", wanted a date such as 2026-03-31',
    },
    {
      what: "every address at once",
      waiver: { ...GOOD, address: '"*"' },
      said: '«"*"» bad-format: Cannot accept address: found the text "*", wanted the exact address of the finding, such as servers.db',
    },
    {
      what: "what no waiver can cover",
      waiver: { ...GOOD, covers: "failed" },
      said: '«failed» not-allowed: Cannot accept covers: found the text "failed", wanted violation or undetermined',
    },
    {
      what: "an approver whom nobody appointed",
      waiver: { ...GOOD, approver: "someone" },
      said: "«someone» unknown-reference: Cannot take someone for an approver: policies/approvers.yaml has none of that name; wanted centre-director",
    },
    {
      what: "an approver by a slip",
      waiver: { ...GOOD, approver: "center-director" },
      said: "«center-director» unknown-reference: Cannot take center-director for an approver: policies/approvers.yaml has none of that name; wanted centre-director → centre-director",
    },
  ])("$what", ({ waiver, said }) => {
    expect(read(waiver).said).toEqual([`policies/waivers.yaml ${said}`]);
  });

  test("a bureau that waives for another one", () => {
    const { said } = read({ ...GOOD, system: "health/regional-health" }, { tenant: "hrss" });
    expect(said).toEqual([
      "policies/waivers.yaml «health/regional-health» not-allowed: Cannot waive for another bureau: wanted a system of hrss",
    ]);
  });

  test("a bureau that waives for the contract as a whole", () => {
    const { system: _, ...rest } = GOOD;
    expect(read(rest, { tenant: "hrss" }).said).toHaveLength(1);
  });

  test("a bureau that waives what is the centre's to waive; the centre may", () => {
    const waiver = { ...GOOD, policy: "price/require-total-within-estimate" };
    expect(read(waiver, { tenant: "hrss" }).said).toEqual([
      "policies/waivers.yaml «price/require-total-within-estimate» not-allowed: Cannot waive policy price/require-total-within-estimate in a bureau's own file: only the centre may, in policies/waivers.yaml",
    ]);
    expect(read(waiver).said).toEqual([]);
  });

  test("an author whom Git cannot name", () => {
    const { said } = read(GOOD, { authorsOf: () => undefined });
    expect(said).toEqual([expect.stringMatching(/contradiction: Cannot tell from Git who wrote this waiver/)]);
  });

  test("a waiver without an approver or an end", () => {
    const { approver: _a, expires: _e, ...rest } = GOOD;
    expect(read(rest).said.map((each) => /Cannot do without the key (\w+)/.exec(each)?.[1])).toEqual(["approver", "expires"]);
  });

  test("all that is wrong with one, at once", () => {
    const { said } = read({ ...GOOD, policy: "size/no-such", system: "hrss/none", approver: "someone" }, { authorsOf: () => undefined });
    expect(said.map((each) => / (unknown-reference|contradiction):/.exec(each)?.[1])).toEqual([
      "unknown-reference",
      "unknown-reference",
      "unknown-reference",
      "contradiction",
    ]);
  });
});

describe("An approver who is an author", () => {
  const own = (author: string) =>
    `policies/waivers.yaml «APPROVER» contradiction: Cannot let APPROVER approve a waiver of their own: ${author} wrote some of it; wanted somebody other than its author`;
  test.each([
    { what: "by address", approver: "director@bigdata.example.org", author: { name: "D", email: "director@bigdata.example.org" } },
    {
      what: "by role, one of whose people wrote it",
      approver: "centre-director",
      author: { name: "D", email: "deputy@bigdata.example.org" },
    },
    { what: "by the role's name", approver: "大数据中心主任", author: { name: "D", email: "director@bigdata.example.org" } },
    { what: "who commits under the role", approver: "centre-director", author: { name: "Centre-Director", email: "x@example.org" } },
    { what: "who commits under the role's name", approver: "centre-director", author: { name: "大数据中心 主任", email: "x@example.org" } },
    { what: "in capitals", approver: "centre-director", author: { name: "D", email: "Director@BigData.Example.ORG" } },
    { what: "with a tag", approver: "centre-director", author: { name: "D", email: "director+git@bigdata.example.org" } },
    { what: "in full-width letters", approver: "centre-director", author: { name: "ｄｅｐｕｔｙ＠bigdata.example.org", email: "" } },
    { what: "with an invisible letter", approver: "centre-director", author: { name: "D", email: "director\u200b@bigdata.example.org" } },
    { what: "with spaces", approver: "centre-director", author: { name: "D", email: " director @bigdata.example.org" } },
  ])("$what", ({ approver, author }) => {
    const { said } = read({ ...GOOD, approver }, { authorsOf: () => [REQUESTER, author] });
    const shown = `${author.name} <${author.email}>`.replaceAll("\u200b", "\ufffd");
    expect(said).toEqual([own(shown).replaceAll("APPROVER", approver)]);
  });

  test("who is nobody's approver is told both", () => {
    const { said } = read({ ...GOOD, approver: "requester" });
    expect(said.map((each) => / (unknown-reference|contradiction):/.exec(each)?.[1])).toEqual(["unknown-reference", "contradiction"]);
  });

  test.each([
    { what: "another of the role, named", approver: "deputy@bigdata.example.org", email: "director@bigdata.example.org" },
    { what: "somebody of that name elsewhere", approver: "centre-director", email: "director@example.org" },
    { what: "no address at all", approver: "centre-director", email: "" },
  ])("is not $what", ({ approver, email }) => {
    expect(read({ ...GOOD, approver }, { authorsOf: () => [{ name: "", email }] }).said).toEqual([]);
  });

  test("is looked for in every line of the waiver, up to the next", () => {
    const asked: [number, number][] = [];
    const second = { ...GOOD, address: "servers.app", expires: "\n      2026-03-31" };
    readText(yamlOf(GOOD, second), {
      authorsOf: (_, from, to) => {
        asked.push([from, to]);
        return [REQUESTER];
      },
    });
    expect(asked).toEqual([
      [2, 8],
      [9, 17],
    ]);
  });
});

describe("Two waivers of one finding", () => {
  const overlaps = (...waivers: readonly Readonly<Record<string, string>>[]) =>
    findOverlaps(readText(yamlOf(...waivers)).waivers).map(printDiagnostic);
  const TWICE = "contradiction: Cannot waive the same finding twice: policies/waivers.yaml:2 waives it already; delete one of the two";

  test.each([
    { what: "of the same words", waivers: [GOOD, GOOD], says: [`policies/waivers.yaml:11:14+10 ${TWICE}`] },
    { what: "with another end", waivers: [GOOD, { ...GOOD, expires: "2026-04-30" }], says: [`policies/waivers.yaml:11:14+10 ${TWICE}`] },
    {
      what: "of one attribute and of all",
      waivers: [GOOD, { ...GOOD, attribute: "cpu" }],
      says: [`policies/waivers.yaml:16:16+3 ${TWICE}`],
    },
  ])("$what are refused", ({ waivers, says }) => {
    expect(overlaps(...waivers)).toEqual(says);
  });

  test.each([
    {
      what: "of two attributes",
      waivers: [
        { ...GOOD, attribute: "cpu" },
        { ...GOOD, attribute: "memoryGb" },
      ],
    },
    { what: "at two addresses", waivers: [GOOD, { ...GOOD, address: "servers.app" }] },
    { what: "of a violation and of what is undetermined", waivers: [GOOD, { ...GOOD, covers: "undetermined" }] },
  ])("$what are none", ({ waivers }) => {
    expect(overlaps(...waivers)).toEqual([]);
  });

  test("in two files are refused in the second", () => {
    const ofTenant = readText(yamlOf(GOOD), {}, "stacks/tenants/hrss/waivers.yaml").waivers;
    expect(findOverlaps([...readText(yamlOf(GOOD)).waivers, ...ofTenant]).map(printDiagnostic)).toEqual([
      `stacks/tenants/hrss/waivers.yaml:4:14+10 ${TWICE}`,
    ]);
  });
});
