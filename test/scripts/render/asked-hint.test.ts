import { expect, test } from "vitest";
import type { FindingResult, PlanResult } from "../../../scripts/plan/result.ts";
import { askedHint } from "../../../scripts/render/asked-hint.ts";
import { renderPlanMarkdown } from "../../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../../scripts/render/plan-text.ts";
import type { FileOf } from "../../tree.ts";
import { realTree } from "../../tree.ts";
import { planned, wholeTreeWith } from "../plan/planned.ts";

const JOB = "stacks/tenants/hrss/job-service.yaml";
const declared = (): string => {
  const entry = realTree().entries.get(JOB);
  return entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "";
};

/** The declaration with passages replaced, each of which has to stand there. */
function edited(passages: readonly (readonly [string, string])[]): string {
  return passages.reduce((words, [from, to]) => {
    expect(words).toContain(from);
    return words.replace(from, to);
  }, declared());
}

function findingsOf({ findings, systems }: PlanResult): readonly FindingResult[] {
  return [...findings, ...systems.flatMap((system) => system.findings)].filter(({ level }) => level === "mandatory");
}

const plan = (words: FileOf) => planned(wholeTreeWith({ [JOB]: words }), realTree());

/** What whoever decides writes in the place of the words in angle brackets. */
const FILLED: Readonly<Record<string, string>> = {
  until: "2026-02-15",
  reason: "业务低峰停机，数据已经备份",
  on: "2026-01-15",
  attestation: "数据已返还用户单位并清除，清单编号 2026-018",
  changeReason: "年终参保高峰，扩容应用服务器",
};

test.each([
  {
    change: "another size of the system disk",
    passages: [["systemDisk: { type: sas, sizeGb: 60 }", "systemDisk: { type: sas, sizeGb: 50 }"]] as const,
    entry: ["accepts:", "  - damage: root-disk-lost", "    of: web", "    until: <", "    reason: <"],
  },
  {
    change: "fewer servers, and a data volume gone",
    passages: [
      ["count: 2", "count: 1"],
      ["    dataDisks", "    # dataDisks"],
    ] as const,
    entry: ["removals:", "  - of: web", "    on: <", "    attestation: <", "  - of: db.data", "    on: <", "    attestation: <"],
  },
  {
    change: "a bill that doubles",
    passages: [["objectGb: 500", "objectGb: 90000"]] as const,
    entry: ["changeReason: <"],
  },
])("$change is refused, shows what to paste, and with that is no longer refused for it", ({ passages, entry }) => {
  const words = edited(passages);
  const refused = plan(words);
  const hint = askedHint(findingsOf(refused), "en");
  expect(hint?.entry.map((line) => line.replace(/<.*>/, "<"))).toEqual(entry);
  const pasted = (hint?.entry ?? []).map((line) => line.replace(/(\w+): <.*>/, (_, key: string) => `${key}: ${FILLED[key]}`));
  expect(findingsOf(plan(`${words}${pasted.join("\n")}\n`)).filter(({ asks }) => asks !== undefined)).toEqual([]);
  for (const rendered of [renderPlanText(refused, { lang: "en" }), renderPlanMarkdown(refused, "en")])
    expect(rendered).toContain(hint?.entry.join(rendered.includes("```yaml") ? "\n" : "\n      "));
});

test("what is pasted and not filled in is refused", () => {
  const words = edited([["systemDisk: { type: sas, sizeGb: 60 }", "systemDisk: { type: sas, sizeGb: 50 }"]]);
  const hint = askedHint(findingsOf(plan(words)), "zh");
  expect(() => plan(`${words}${hint?.entry.join("\n")}\n`)).toThrow(/until/);
});
