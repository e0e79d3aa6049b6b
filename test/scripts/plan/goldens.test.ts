import { describe, expect, test } from "vitest";
import { renderPlanMarkdown } from "../../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../../scripts/render/plan-text.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "./planned.ts";
import { scenarioBase, scenarioHead } from "./scenario.ts";

/** What people read, whole; `npx vitest run -u` rewrites them after a look. */
const refusedHead = () =>
  wholeTreeWith({
    ...withReplaced("stacks/tenants/hrss/job-service.yaml", "classified: false", "classified: true"),
    ...withReplaced("stacks/tenants/hrss/social-insurance.yaml", "    cpu: 16\n", "    cpu: 65\n"),
  });

const PLANS = {
  everything: (lang: "zh" | "en") => planned(realTree(), undefined, { lang }),
  "one-system": (lang: "zh" | "en") => planned(realTree(), undefined, { lang, only: new Set(["hrss/social-insurance"]) }),
  change: (lang: "zh" | "en") => planned(scenarioHead(), scenarioBase(), { lang }),
  "one-changed-system": (lang: "zh" | "en") => planned(scenarioHead(), scenarioBase(), { lang, only: new Set(["hrss/job-service"]) }),
  refused: (lang: "zh" | "en") => planned(refusedHead(), realTree(), { lang }),
  nothing: (lang: "zh" | "en") => planned(realTree(), realTree(), { lang }),
};

/** A fingerprint names this program's code too: goldens are of what stays. */
const settled = (words: string) => words.replace(/sha256:[0-9a-f]{64}/g, "sha256:…");

describe.each(Object.entries(PLANS))("the plan of %s", (name, plan) => {
  test.each(["zh", "en"] as const)("reads as in its golden, as text in %s", async (lang) => {
    await expect(settled(renderPlanText(plan(lang), { lang, detailed: name.startsWith("one-") }))).toMatchFileSnapshot(
      `../../goldens/plan-${name}.${lang}.txt`,
    );
  });

  test.each(["zh", "en"] as const)("reads as in its golden, as Markdown in %s", async (lang) => {
    await expect(settled(renderPlanMarkdown(plan(lang), lang))).toMatchFileSnapshot(`../../goldens/plan-${name}.${lang}.md`);
  });
});

test("beside the names that bureaus gave, a plan speaks one language only", () => {
  expect(renderPlanText(PLANS.everything("en"), { lang: "en" })).not.toMatch(/目录价|合计|计划日期|新增|增减/);
});
