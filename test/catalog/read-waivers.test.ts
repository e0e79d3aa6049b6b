import { describe, expect, test } from "vitest";
import { readWaivers, type WaiverFacts } from "../../catalog/read-waivers.ts";
import { printUnderCaret } from "../tree.ts";

const FACTS: WaiverFacts = {
  policies: new Set(["size/require-server-within-limits", "price/require-declared-equals-planned"]),
  systems: new Set(["hrss/social-insurance", "health/regional-health"]),
  tenant: undefined,
  authorOf: () => ({ name: "Requester", email: "requester@example.org" }),
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

function read(waiver: Readonly<Record<string, string>>, facts: Partial<WaiverFacts> = {}) {
  const lines = Object.entries(waiver).map(([key, value], index) => `${index === 0 ? "  - " : "    "}${key}: ${value}`);
  const { waivers, diagnostics } = readWaivers("policies/waivers.yaml", Buffer.from(`waivers:\n${lines.join("\n")}\n`), {
    ...FACTS,
    ...facts,
  });
  return { waivers, said: diagnostics.map(printUnderCaret) };
}

test("a good waiver is read, and nothing is said", () => {
  const { waivers, said } = read(GOOD);
  expect(said).toEqual([]);
  expect(waivers.map(({ source: _, ...waiver }) => waiver)).toEqual([{ ...GOOD, index: 0 }]);
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
      what: "an approver who is its author, by name",
      waiver: { ...GOOD, approver: "requester" },
      said: "«requester» contradiction: Cannot let requester approve a waiver of their own: wanted somebody other than its author",
    },
    {
      what: "an approver who is its author, by address",
      waiver: { ...GOOD, approver: "Requester@Example.org" },
      said: "«Requester@Example.org» contradiction: Cannot let Requester@Example.org approve a waiver of their own: wanted somebody other than its author",
    },
    {
      what: "an approver in full-width letters",
      waiver: { ...GOOD, approver: "ｒｅｑｕｅｓｔｅｒ" },
      said: "«ｒｅｑｕｅｓｔｅｒ» contradiction: Cannot let ｒｅｑｕｅｓｔｅｒ approve a waiver of their own: wanted somebody other than its author",
    },
    {
      what: "a date that is none",
      waiver: { ...GOOD, expires: "2026-02-30" },
      said: '«2026-02-30» bad-format: Cannot accept expires: found the text "2026-02-30", wanted a date such as 2026-03-31',
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

  test("an author whom Git cannot name", () => {
    const { said } = read(GOOD, { authorOf: () => undefined });
    expect(said[0]).toMatch(/contradiction: Cannot tell from Git who wrote this waiver/);
  });

  test("a waiver without an approver or an end", () => {
    const { approver: _a, expires: _e, ...rest } = GOOD;
    expect(read(rest).said.map((each) => /Cannot do without the key (\w+)/.exec(each)?.[1])).toEqual(["approver", "expires"]);
  });
});
