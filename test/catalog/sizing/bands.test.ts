import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../../catalog/read-catalogue.ts";
import { bandOf } from "../../../catalog/sizing/bands.ts";
import { CATALOGUE } from "../../declared.ts";
import { printUnderCaret, treeWith, withReplaced } from "../../tree.ts";

const { resourceUsage: rules } = CATALOGUE;

// 表附2-5, by hand: printed cell, factor, and figures inside it up to its edges.
const TABLE = [
  { resource: "cpu", printed: "≥70%", factor: "3", inside: ["70", "70.0000001", "100"] },
  { resource: "cpu", printed: "50%（含）～70%", factor: "2", inside: ["50", "60", "69.9999999"] },
  { resource: "cpu", printed: "30%（含）～50%", factor: "1", inside: ["30", "40", "49.9999999"] },
  { resource: "cpu", printed: "15%～30%", factor: "1/2", inside: ["15.0000001", "20", "29.9999999"] },
  { resource: "cpu", printed: "≤15%", factor: "1/4", inside: ["15", "14.9999999", "0"] },
  { resource: "memory", printed: "≥70%", factor: "2", inside: ["70", "100"] },
  { resource: "memory", printed: "40%（含）～70%", factor: "1", inside: ["40", "50", "69.9999999"] },
  { resource: "memory", printed: "20%～40%", factor: "1/2", inside: ["20.0000001", "30", "39.9999999"] },
  { resource: "memory", printed: "≤20%", factor: "1/4", inside: ["20", "15", "0"] },
] as const;

describe("bands are those of Annex 2 §7", () => {
  test.each(TABLE.flatMap(({ inside, ...band }) => inside.map((percent) => ({ ...band, percent }))))(
    "$resource at $percent %: $printed, × $factor",
    ({ resource, printed, factor, percent }) => {
      expect(bandOf(rules[resource], new Decimal(percent))).toMatchObject({ printed, factor });
    },
  );

  test("and there is no other", () => {
    for (const resource of ["cpu", "memory"] as const) {
      const rows = TABLE.filter((row) => row.resource === resource).map(({ printed }) => printed);
      expect(rules[resource].map(({ printed }) => printed)).toEqual(rows);
    }
  });

  test("with the rest of §7.2 and §7.3", () => {
    expect(rules.points).toBe(20);
    expect(rules.disk.above.toFixed()).toBe("85");
    expect(rules.advice).toEqual({ workingDays: 5, deduction: 2 });
    expect(rules.overall.below.toFixed()).toBe("30");
    expect(rules.overall.annualFeePercent.toFixed()).toBe("20");
  });
});

const FILE = "catalog/annex-2.yaml";
const MEET =
  "contradiction: Cannot accept this band: wanted bands from high to low that meet at their edges, the first open above and the last below";

test.each([
  { what: "a gap of one figure", from: '"≤15"', to: '"<15"', under: 'to: "<15"' },
  { what: "a gap between bands", from: 'to: "<50"', to: 'to: "<49"', under: 'from: "≥30"' },
  { what: "an overlap", from: '"<40"', to: '"≤40"', under: 'from: ">20"' },
  { what: "a lowest band with an end", from: '- to: "≤20"', to: '- to: "≤20"\n      from: "≥5"', under: 'to: "≤20"' },
])("refuses $what", ({ from, to, under }) => {
  const result = readCatalogue(treeWith(withReplaced(FILE, from, to)));
  expect(result.kind === "valid" ? [] : result.diagnostics.map(printUnderCaret)).toEqual([`${FILE} «${under}» ${MEET}`]);
});

test("refuses an edge that is no percentage", () => {
  const result = readCatalogue(treeWith(withReplaced(FILE, '"≤15"', '"≤150"')));
  expect(result.kind === "valid" ? [] : result.diagnostics.map(printUnderCaret)).toEqual([
    `${FILE} «"≤150"» bad-format: Cannot accept to: found the text "≤150", wanted an upper edge in quotes, such as "<70" or "≤15"`,
  ]);
});

test("is needed", () => {
  const result = readCatalogue(treeWith({ [FILE]: undefined }));
  expect(result.kind === "valid" ? [] : result.diagnostics.map(({ message }) => message.en)).toEqual([
    "Cannot read the catalogue: catalog/annex-2.yaml is missing",
  ]);
});
