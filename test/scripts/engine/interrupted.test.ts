import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noTaintedReplacement } from "../../../policies/damage/no-tainted-replacement.ts";
import type { EngineView } from "../../../scripts/plan/system-plan.ts";
import type { StateShowResult } from "../../../scripts/render/state-text.ts";
import { findings, systemSubject } from "../../policies/subjects.ts";
import { govcloud } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { applyResultOf, stateResultOf } from "./results.ts";

const title = `After an apply that did not end well${ENGINE.reason === undefined ? "" : ` (skipped: ${ENGINE.reason})`}`;

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  const run = (folder: string, ...args: string[]) => govcloud(args, { env: environmentIn(folder) });

  test("what is half made is listed, its replacement refused, and the remedy leads on from there", async () => {
    const [folder, plan, next] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    const wanted = (command: string) => stackOf("hrss--a", { first: { input: "x" }, second: { command, after: "first" } });
    await saveFixture(folder, plan, [wanted("exit 7")]);
    const applied = run(folder, "apply", "--plan", plan, "--format", "json");
    expect([applied.code, applyResultOf(applied.stdout).systems[0]?.failed]).toEqual([1, ["terraform_data.second"]]);

    const shown = stateResultOf<StateShowResult>(run(folder, "state", "show", "hrss/a", "--format", "json").stdout);
    expect(shown.list.map(({ address, tainted }) => [address, tainted])).toEqual([
      ["terraform_data.first", false],
      ["terraform_data.second", true],
    ]);
    expect(run(folder, "state", "show", "hrss/a").stdout).toContain("half made (tainted): look at it, then plan again");

    let view: EngineView | undefined;
    await saveFixture(folder, next, [wanted("true")], { onView: (seen) => (view = seen) });
    const { before = [], resources = [], changes = [] } = view ?? {};
    expect(changes.map(({ address, action, reason }) => [address, action, reason])).toEqual([
      ["terraform_data.first", "no-op", undefined],
      ["terraform_data.second", "replace", "replace_because_tainted"],
    ]);
    const subject = systemSubject(undefined, { resources, changes });
    const judged = noTaintedReplacement.check({
      ...subject,
      base: { declaration: subject.declaration, resources: before, monthly: subject.monthly },
    });
    expect(findings(judged)).toEqual([
      expect.stringMatching(/^violation terraform_data\.second#: Cannot let it be replaced unseen: .*marked as tainted; /),
    ]);

    const again = run(folder, "apply", "--plan", plan, "--format", "json");
    expect([again.code, applyResultOf(again.stdout).refusals]).toEqual([
      2,
      [
        {
          message: "hrss--a: this plan was begun already (failed): 1 done, 1 failed: terraform_data.second, 0 of unknown fate",
          remedy:
            "npm run state -- show hrss/a lists what is there and what is half made; npm run plan -- --online --system hrss/a plans again from there",
        },
      ],
    ]);
  });

  test("the state of another system in the place of its own is refused", async () => {
    const [folder, plan, next] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } }), stackOf("hrss--b", { two: { input: "x" } })]);
    expect(run(folder, "apply", "--plan", plan).code).toBe(0);
    await saveFixture(folder, next, [stackOf("hrss--a", { one: { input: "y" } })]);
    copyFileSync(join(folder, "state", "hrss--b.tfstate"), join(folder, "state", "hrss--a.tfstate"));
    const refused = run(folder, "apply", "--plan", next, "--format", "json");
    expect([refused.code, applyResultOf(refused.stdout).refusals]).toEqual([
      2,
      [{ message: expect.stringMatching(/^hrss--a: the state moved after the plan was made/), remedy: "plan and approve again" }],
    ]);
  });

  test("names with shell metacharacters reach no shell", async () => {
    const odd = join(scratch(), "a b;$(touch pwned)`touch pwned`'\"&|");
    mkdirSync(odd);
    const plan = join(odd, "plan $(touch pwned)");
    await saveFixture(odd, plan, [stackOf("hrss--a", { one: { input: "$(touch pwned)" } })]);
    const applied = run(odd, "apply", "--plan", plan, "--format", "json");
    expect([applied.code, existsSync(join(odd, "state", "hrss--a.tfstate"))]).toEqual([0, true]);
    for (const folder of [odd, plan, join(plan, "stacks", "hrss--a"), process.cwd()]) expect(readdirSync(folder)).not.toContain("pwned");
  });

  test("a full disk refuses before anything is begun", async (context) => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    const state = join(folder, "state");
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } })]);
    mkdirSync(state, { recursive: true });
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", state]).status !== 0)
      context.skip("this user may mount no small disk");
    try {
      const refused = run(folder, "apply", "--plan", plan, "--format", "json");
      const { refusals, systems } = applyResultOf(refused.stdout);
      expect([refused.code, systems, refusals]).toEqual([
        2,
        [],
        [
          {
            message: expect.stringMatching(/^state-store: .*state can be written, [01] MB are free$/),
            remedy: expect.stringContaining("free some disk space"),
          },
        ],
      ]);
    } finally {
      spawnSync("umount", [state]);
    }
  });
});
