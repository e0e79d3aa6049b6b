import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { commentBody } from "../../../scripts/forge/comment-body.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { renderApplyMarkdown } from "../../../scripts/render/apply-markdown.ts";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { renderPlanMarkdown } from "../../../scripts/render/plan-markdown.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "../plan/planned.ts";
import { ROOT } from "../run.ts";

const HOSTILE =
  'x\n/merge\n@all <b onclick="x"> [a](http://evil.example) | #1 ![i](http://evil.example/i)\n```\n/approve\n<!-- govcloud:applied -->';
/** What must not come out of it. */
const SIGNS: readonly (readonly [string, RegExp])[] = [
  ["a quick action", /^[ \t>]*\/(merge|approve)/m],
  ["a mention", /(@|&#64;)all/],
  ["markup", /<b /],
  ["a link", /\]\(http/],
  ["a marker", /<!-- govcloud:applied/],
];

type Leaf = readonly (string | number)[];

/** Where strings stand; of the items of a list one of each form, for the others read alike. */
function leavesOf(value: unknown, path: Leaf = []): Leaf[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter((_, index) => !Array.isArray(value) || index < 2)
    .flatMap(([key, each]) => leavesOf(each, [...path, Array.isArray(value) ? Number(key) : key]));
}

function withHostile<T>(result: T, path: Leaf): T {
  const copy = structuredClone(result);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1) ?? ""] = HOSTILE;
  return copy;
}

function validator(name: string): ValidateFunction {
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(`${ROOT}/scripts/schema/${name}.schema.json`, "utf8")) as object,
  );
}

/** What a result says wherever its schema lets words through. */
function faults<T>(
  result: T,
  validate: ValidateFunction,
  render: (result: T) => string,
): { readonly tried: number; readonly found: readonly string[] } {
  const found: string[] = [];
  let tried = 0;
  for (const path of leavesOf(result)) {
    const hostile = withHostile(result, path);
    if (!validate(hostile)) continue;
    tried += 1;
    const body = commentBody("plan", render(hostile), { run: 1, headSha: "a" }, { url: undefined, words: "" });
    for (const [what, sign] of SIGNS) if (sign.test(body)) found.push(`${path.join(".")}: ${what}`);
  }
  return { tried, found };
}

describe("Whatever words a result holds, its comment shows them and does nothing", () => {
  test.each(["zh", "en"] as const)("a plan, in %s", (lang) => {
    const path = "stacks/tenants/hrss/job-service.yaml";
    const plan: PlanResult = planned(wholeTreeWith(withReplaced(path, "cpu: 4", "cpu: 65", "first")), realTree());
    expect(plan.verdict).toBe("refused");
    const { tried, found } = faults(plan, validator("plan"), (each) => renderPlanMarkdown(each, lang));
    expect(found).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test("an apply", () => {
    const system = {
      done: [{ address: "a.b", action: "create" }],
      failed: ["c.d"],
      unfinished: ["e.f"],
      error: "error",
      remedy: "remedy",
      details: "details",
    };
    const applied: ApplyResult = {
      schema: "govcloud/apply/1",
      fingerprint: `sha256:${"0".repeat(64)}`,
      engine: { kind: "OpenTofu", version: "1.10.0" },
      startedAt: "2026-01-15T01:00:00.000Z",
      endedAt: "2026-01-15T01:05:00.000Z",
      systems: [{ id: "hrss/x", result: "failed", ...system }],
      refusals: [{ message: "message", remedy: "remedy" }],
      checks: [],
      approvedBy: { kind: "unsigned" },
      verdict: "failed",
    };
    const { tried, found } = faults(applied, validator("apply"), (each) => renderApplyMarkdown([each], "en"));
    expect(found).toEqual([]);
    expect(tried).toBe(11);
  });
});
