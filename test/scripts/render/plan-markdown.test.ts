import { expect, test } from "vitest";
import type { PlanResult, SystemResult } from "../../../scripts/plan/result.ts";
import { MAX_MARKDOWN, renderPlanMarkdown } from "../../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../../scripts/render/plan-text.ts";
import { realTree } from "../../tree.ts";
import { planned } from "../plan/planned.ts";

const everything = planned(realTree(), undefined);
const one = everything.systems.find(({ id }) => id === "hrss/social-insurance") as SystemResult;

/** A result of many systems, every one with hostile words and a finding. */
function large(count: number): PlanResult {
  const systems = Array.from(
    { length: count },
    (_, index): SystemResult => ({
      ...one,
      id: `bureau-${index}/system`,
      name: `<script>|@all ${"长".repeat(50)}`,
      findings: [
        {
          policy: "size/some",
          level: "mandatory",
          result: "violation",
          system: `bureau-${index}/system`,
          address: "servers.app",
          attribute: "cpu",
          message: "x|y".repeat(200),
          remedy: "r".repeat(400),
          clause: "c",
          waiver: null,
          location: { file: `stacks/tenants/bureau-${index}/system.yaml`, line: 9, column: 10 },
        },
      ],
    }),
  );
  return { ...everything, base: "abc", systems, verdict: "refused" };
}

test.each([0, 1, 20, 400, 10_000])("Markdown of %d changed systems stays under the forges' limit, verdict and money first", (count) => {
  const result = large(count);
  const markdown = renderPlanMarkdown(result, "en");
  expect(markdown.length).toBeLessThanOrEqual(MAX_MARKDOWN);
  expect(markdown.startsWith("## ❌ REFUSED\n\nlist price")).toBe(true);
  expect(markdown).toContain(result.fingerprint);
  expect(markdown).not.toContain("<script>");
});

test("Markdown says how much it leaves out, and leaves out nothing silently", () => {
  const markdown = renderPlanMarkdown(large(400), "en");
  const shown = markdown.match(/<details>/g)?.length ?? 0;
  const left = Number(/\((\d+) more sections/.exec(markdown)?.[1]);
  expect(shown + left).toBeGreaterThanOrEqual(400);
  expect(markdown).toMatch(/\(\d+ more systems\)|more sections/);
});

test("text of ten thousand changed systems fits a reader's patience", () => {
  const lines = renderPlanText(large(10_000), { lang: "en" }).split("\n");
  expect(lines.length).toBeLessThan(400);
  expect(lines.join("\n")).toContain("(9940 more systems: --format json)");
});

/** A refused plan with so many findings, the advice written first. */
function withFindings(count: number): PlanResult {
  const [first] = large(1).systems[0]?.findings ?? [];
  if (first === undefined) throw new Error("wanted a finding");
  const findings = Array.from({ length: count }, (_, index) => ({
    ...first,
    level: index < count / 2 ? ("advisory" as const) : ("mandatory" as const),
    policy: "size/require-server-within-limits",
    message: `finding ${index}\nof | two lines`,
    remedy: "r",
    location: { file: "stacks/tenants/a/b.yaml", line: index + 1, column: 1 },
  }));
  return { ...everything, findings, verdict: "refused" };
}

test.each([
  { count: 0, open: 0, folded: 0 },
  { count: 1, open: 1, folded: 0 },
  { count: 10, open: 10, folded: 0 },
  { count: 50, open: 10, folded: 40 },
])("Markdown of $count findings shows $open and folds $folded, what refuses first", ({ count, open, folded }) => {
  const [head = ""] = renderPlanMarkdown(withFindings(count), "en").split("| System |");
  const [shown = "", hidden = ""] = head.split(/<summary>\d+ more<\/summary>/);
  const rows = (words: string) => words.match(/^\| (?:❌|⚠️) /gm) ?? [];
  expect([rows(shown).length, rows(hidden).length]).toEqual([open, folded]);
  const signs = rows(head);
  expect(signs).toEqual([...signs].sort((a, b) => Number(a.includes("⚠️")) - Number(b.includes("⚠️"))));
});

test("Markdown of 500 findings keeps the gravest, says how many more there are, and one entry of a waiver", () => {
  const markdown = renderPlanMarkdown(withFindings(500), "zh");
  expect(markdown.length).toBeLessThanOrEqual(MAX_MARKDOWN);
  const rows = markdown.match(/^\| ❌ /gm)?.length ?? 0;
  expect(markdown).toContain(`_（另有 ${500 - rows} 条，见 JSON 结果）_`);
  expect(markdown).not.toContain("| ⚠️ ");
  expect(markdown.match(/^waivers:$/gm)).toHaveLength(1);
});
