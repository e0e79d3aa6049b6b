import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DoctorResult } from "../../../scripts/doctor.ts";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { applyResultOf } from "./results.ts";

const title = `What apply looks at before it begins${ENGINE.reason === undefined ? "" : ` (skipped: ${ENGINE.reason})`}`;
const told = (checks: ApplyResult["checks"]) =>
  checks.map(({ id, result, systems }) => `${id} ${result}${systems === undefined ? "" : ` [${systems.join(", ")}]`}`);

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  /** A fixture that was planned and saved, and both commands on it. */
  const planned = async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } }), stackOf("platform", { base: { input: "y" } })]);
    const run = (more: NodeJS.ProcessEnv = {}) => ({
      apply: () => govcloud(["apply", "--plan", plan, "--format", "json"], { env: environmentIn(folder, more) }),
      doctor: () => govcloud(["doctor", "--plan", plan, "--tree", SAMPLES, "--format", "json"], { env: environmentIn(folder, more) }),
    });
    return { folder, plan, run };
  };
  const nothingDone = (folder: string) => !existsSync(join(folder, "state", "hrss--a.tfstate"));

  test("is told with the result; built-in resources ask for no login, even without credentials", async () => {
    const { run } = await planned();
    const { apply, doctor } = run({ OS_USERNAME: "", OS_PASSWORD: "" });
    const alone = doctor();
    expect([alone.code, told((JSON.parse(alone.stdout) as DoctorResult).checks)]).toEqual([
      0,
      ["saved-plan ok", "engine ok", "providers ok", "state-store ok", "locks ok"],
    ]);
    const applied = apply();
    expect([applied.code, told(applyResultOf(applied.stdout).checks)]).toEqual([
      0,
      ["engine ok", "providers ok", "state-store ok", "locks ok"],
    ]);
    const again = doctor();
    const [first] = (JSON.parse(again.stdout) as DoctorResult).checks;
    expect([again.code, first?.id, first?.message]).toEqual([
      1,
      "saved-plan",
      "hrss--a: this plan was begun already (applied): 1 done, 0 failed, 0 of unknown fate",
    ]);
  });

  test.each([
    {
      why: "another engine planned",
      prepare: (plan: string) => {
        const list = join(plan, "saved-plan.json");
        const words = readFileSync(list, "utf8");
        writeFileSync(list, words.replace(/"version": "[^"]+"/, '"version": "1.6.0"'));
        return {};
      },
      refusal: /^engine: the plan was made by (OpenTofu|Terraform) 1\.6\.0, this is /,
      remedy: /use that engine \(GOVCLOUD_ENGINE names its path\), or plan again/,
      checks: ["engine failed"],
    },
    {
      why: "the folder of the states is a file by now",
      prepare: (_: string, folder: string) => {
        rmSync(join(folder, "state"), { recursive: true });
        writeFileSync(join(folder, "state"), "");
        return {};
      },
      refusal: /^(engine|state-store|locks)( \(hrss\/a\)| \(platform\))?: /,
      remedy: /GOVCLOUD_STATE|npm run doctor|engine's words/,
      checks: undefined,
    },
  ])("refuses where $why, and begins nothing", async ({ prepare, refusal, remedy, checks }) => {
    const { folder, plan, run } = await planned();
    const { apply, doctor } = run(prepare(plan, folder));
    const refused = apply();
    const result = applyResultOf(refused.stdout);
    expect([refused.code, result.verdict, result.systems, nothingDone(folder)]).toEqual([2, "refused", [], true]);
    for (const each of result.refusals)
      expect(each).toEqual({ message: expect.stringMatching(refusal), remedy: expect.stringMatching(remedy) });
    if (checks !== undefined) expect(told(result.checks)).toEqual(checks);
    expect(doctor().code).toBe(1);
  });

  test("does not take --pool with --plan, nor a folder without a plan", async () => {
    const folder = scratch();
    const both = govcloud(["doctor", "--plan", folder, "--pool", "gov"], { env: environmentIn(folder) });
    expect([both.code, both.stderr]).toEqual([3, "Cannot use --pool with --plan: the plan decides which pools are checked\n"]);
    const none = govcloud(["doctor", "--plan", folder, "--tree", SAMPLES], { env: environmentIn(folder) });
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining(`Cannot find a saved plan in ${folder} (saved-plan.json)`)]);
  });
});
