import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { EngineView } from "../../../scripts/plan/system-plan.ts";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud, outcomeOf, ROOT } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { startPostgres } from "./postgres.ts";
import { applyResultOf, stateResultOf } from "./results.ts";

const postgres = await startPostgres();
afterAll(() => {
  if ("url" in postgres) postgres.stop();
});
const isOpenTofu = ENGINE.path !== undefined && spawnSync(ENGINE.path, ["version"], { encoding: "utf8" }).stdout.startsWith("OpenTofu");
const PASSPHRASE = { GOVCLOUD_STATE_PASSPHRASE: "documentation-passphrase-2026" };
const noPostgres = ENGINE.reason ?? ("reason" in postgres ? postgres.reason : undefined);

const CASES = [
  { state: "plain", secret: {}, reason: noPostgres },
  {
    state: "encrypted",
    secret: PASSPHRASE,
    reason: noPostgres ?? (isOpenTofu ? undefined : "the engine here is Terraform, which does not encrypt"),
  },
];

describe.each(CASES)("A PostgreSQL that dies in an apply, its states $state", ({ state, secret, reason }) => {
  test.skipIf(reason !== undefined).each([
    { which: "the first apply of a system", earlier: false },
    { which: "a later one", earlier: true },
  ])(
    `of $which: what was done is put back, and the next plan changes nothing${reason === undefined ? "" : ` (skipped: ${reason})`}`,
    async ({ earlier }) => {
      if (!("url" in postgres)) throw new Error("no PostgreSQL");
      const folder = scratch();
      const stack = `hrss--${state}-${earlier ? "later" : "first"}`;
      const id = stack.replace("--", "/");
      const environment = { ...secret, GOVCLOUD_STATE: postgres.url };
      const run = (...args: string[]) => govcloud(args, { env: environmentIn(folder, environment) });
      const save = async (wanted: Parameters<typeof stackOf>[1], onView?: (view: EngineView) => void) => {
        const plan = join(scratch(), "plan");
        await saveFixture(folder, plan, [stackOf(stack, wanted)], { environment, ...(onView === undefined ? {} : { onView }) });
        return plan;
      };
      if (earlier) expect(run("apply", "--plan", await save({ one: { input: "a-value-nobody-reads" } })).code).toBe(0);
      const release = join(folder, "release");
      const wanted = {
        one: { input: "a-value-nobody-reads" },
        two: { command: `while [ ! -e ${release} ]; do sleep 0.1; done`, after: "one" },
      };
      const plan = await save(wanted);
      const applying = outcomeOf(
        spawn(process.execPath, [`${ROOT}/scripts/govcloud.ts`, "apply", "--plan", plan, "--tree", SAMPLES, "--format", "json"], {
          env: { ...environmentIn(folder, environment), LANG: "C" },
          stdio: ["ignore", "pipe", "pipe"],
        }),
      );
      const log = join(plan, "stacks", stack, "apply.ndjson");
      await until(
        () =>
          existsSync(log) && /apply_start[^\n]*terraform_data\.two|terraform_data\.two[^\n]*apply_start/.test(readFileSync(log, "utf8")),
      );
      postgres.crash();
      writeFileSync(release, "");
      const { code, stdout } = await applying;
      postgres.begin();
      const left = join(plan, "stacks", stack, "errored.tfstate");
      const [system] = applyResultOf(stdout).systems as ApplyResult["systems"];
      expect([code, system?.result, system?.error]).toEqual([
        1,
        expect.stringMatching(/^(failed|interrupted)$/),
        `${stack}: what was done could not be written to the store of the state; the engine left the state in ${left}`,
      ]);
      expect(system?.remedy).toContain(`npm run state -- restore ${id} ${left}`);
      expect(readFileSync(left, "utf8").includes("a-value-nobody-reads")).toBe(state === "plain");

      const restored = run("state", "restore", id, left, "--format", "json");
      expect([restored.code, restored.stderr]).toEqual([0, ""]);
      expect(stateResultOf(restored.stdout)).toEqual({ schema: "govcloud/state/1", restored: id });
      let view: EngineView | undefined;
      await save(wanted, (seen) => (view = seen));
      expect(view?.changes.map(({ address, action }) => `${action} ${address}`)).toEqual([
        "no-op terraform_data.one",
        "no-op terraform_data.two",
      ]);
      const again = run("state", "restore", id, left);
      expect([again.code, again.stderr]).toEqual([
        3,
        expect.stringMatching(
          /^Cannot restore the state of \S+: serial (\d+) of .* is there, the file is serial \1 of .*; wanted a later one of the same state$/m,
        ),
      ]);

      if (earlier) return;
      // It goes on as any state does, and a plan that it has outrun is refused.
      const [next, outrun] = [await save({ one: { input: "another" } }), await save({ one: { input: "a third" } })];
      expect(
        applyResultOf(run("apply", "--plan", next, "--format", "json").stdout)
          .systems[0]?.done.map(({ action }) => action)
          .toSorted(),
      ).toEqual(["delete", "update"]);
      const refused = applyResultOf(run("apply", "--plan", outrun, "--format", "json").stdout);
      expect(refused.refusals.map(({ message }) => message)).toEqual([
        expect.stringMatching(/: the state moved after the plan was made \([0-9a-f]*#\d+ → [0-9a-f]*#\d+\)$/),
      ]);
    },
    // Every step of an engine that encrypts derives its key anew.
    180_000,
  );
});

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 50) {
    if (waited > 60_000) throw new Error("waited 60 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
