import { expect, test } from "vitest";
import type { FindingResult } from "../../../scripts/plan/result.ts";
import { addressWords, entriesWords, tellFindings, waiverHint } from "../../../scripts/render/finding-words.ts";
import { findingsMarkdown } from "../../../scripts/render/findings-markdown.ts";
import { findingsText } from "../../../scripts/render/findings-text.ts";
import { plain } from "../../../scripts/render/style.ts";

const found = (overrides: Partial<FindingResult> = {}): FindingResult => ({
  policy: "size/require-server-within-limits",
  level: "mandatory",
  result: "violation",
  system: "hrss/social",
  address: "servers.app",
  attribute: "cpu",
  message: "m",
  remedy: "r",
  clause: "c",
  waiver: null,
  location: { file: "stacks/tenants/hrss/social.yaml", line: 9, column: 3 },
  ...overrides,
});
const at = (line: number) => ({ location: { file: "a.yaml", line, column: 1 } });
const WAIVED = {
  reason: "x",
  owner: "y",
  approver: "z",
  expires: "2026-03-31",
  daysLeft: 1,
  location: { file: "w.yaml", line: 1, column: 1 },
};

test("what refuses comes first, what is waived last, and then by line", () => {
  const told = tellFindings([
    found({ message: "waived", waiver: WAIVED }),
    found({ message: "advice", level: "advisory" }),
    found({ message: "line 20", ...at(20) }),
    found({ message: "cannot tell", result: "undetermined" }),
    found({ message: "line 3", ...at(3) }),
  ]);
  expect(told.map(({ message }) => message)).toEqual(["line 3", "line 20", "cannot tell", "advice", "waived"]);
});

test("what says the same of the same line is told once, with every address", () => {
  const [only, second] = tellFindings([found({ address: "a" }), found({ address: "b" }), found({ address: "a", ...at(1) })]);
  expect([only?.addresses, second?.addresses]).toEqual([["a"], ["a", "b"]]);
  expect(tellFindings([found(), found({ attribute: "memoryGb" })])).toHaveLength(2);
  expect(tellFindings([found(), found({ system: "hrss/other" })])).toHaveLength(2);
});

test.each([
  {
    finding: found(),
    zh: "系统 hrss/social · 地址 servers.app · 属性 cpu",
    en: "system hrss/social · address servers.app · attribute cpu",
  },
  { finding: found({ system: null, attribute: "" }), zh: "地址 servers.app", en: "address servers.app" },
  {
    finding: { ...found({ attribute: "" }), addresses: ["a", "b"] },
    zh: "系统 hrss/social · 地址 a、b（共 2 处）",
    en: "system hrss/social · address a, b (2 places)",
  },
  {
    finding: { ...found({ system: null, attribute: "" }), addresses: Array.from({ length: 14 }, (_, index) => `a${index}`) },
    zh: "地址 a0、a1、a2、a3、a4等（共 14 处）",
    en: "address a0, a1, a2, a3, a4 … (14 places)",
  },
])("$en", ({ finding, zh, en }) => {
  expect([addressWords(finding, "zh"), addressWords(finding, "en")]).toEqual([zh, en]);
});

test.each([
  { what: "what nobody may waive", finding: found({ policy: "security/no-classified-system" }) },
  { what: "advice", finding: found({ level: "advisory" }) },
  { what: "what is waived", finding: found({ waiver: WAIVED }) },
  { what: "what no known policy says", finding: found({ policy: "nobody/knows" }) },
  { what: "an address that no waiver can hold", finding: found({ address: "服务器" }) },
])("no entry is shown for $what", ({ finding }) => {
  expect(waiverHint([finding], "en")).toBeUndefined();
});

test("the entry is made for the first finding that may be waived, in the file that may waive it", () => {
  const first = found({ policy: "security/no-classified-system" });
  expect(waiverHint([first, found()], "zh")).toEqual({
    words: "确实需要放行的，由提交人以外的人批准豁免：写进 stacks/tenants/hrss/waivers.yaml，每个地址一条，例如",
    entry: [
      "waivers:",
      "  - policy: size/require-server-within-limits",
      "    system: hrss/social",
      "    address: servers.app",
      "    reason: <原因>",
      "    owner: <负责的岗位>",
      "    approver: <批准人：policies/approvers.yaml 里的岗位，不能是提交人>",
      "    expires: <最后一天，最长一年，如 2026-03-31>",
    ],
  });
  const ofContract = waiverHint([found({ system: null })], "en");
  expect(ofContract?.words).toContain("in policies/waivers.yaml");
  expect(ofContract?.entry.join()).not.toContain("system:");
  expect(waiverHint([found({ system: "platform" })], "en")?.words).toContain("in policies/waivers.yaml");
});

test("a count says how many entries tell it, where alike ones are told together", () => {
  const alike = [found({ address: "a" }), found({ address: "b" }), found({ level: "advisory" })];
  expect([entriesWords(alike, "mandatory", "en"), entriesWords(alike, "mandatory", "zh")]).toEqual([" in 1 entry", "（合并为 1 条）"]);
  expect([entriesWords(alike, "advisory", "en"), entriesWords(alike, "waived", "zh")]).toEqual(["", ""]);
  const context = { lang: "en", paint: plain, say: (_: string, en: string) => en } as const;
  const signs = findingsText(alike, 40, context).filter((line) => /^ {2}[✘!○] /.test(line));
  expect(signs).toHaveLength(2);
  expect(findingsMarkdown(alike, "en")[0]).toBe("### Findings: 3 in 2 entries");
  expect(findingsMarkdown([found()], "en")[0]).toBe("### Findings");
});
