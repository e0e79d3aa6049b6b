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
