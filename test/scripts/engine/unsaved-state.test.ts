import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EngineView } from "../../../scripts/plan/system-plan.ts";
import { govcloud } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { applyResultOf, stateResultOf } from "./results.ts";

const title = `An apply whose state reaches no store${ENGINE.reason === undefined ? "" : ` (skipped: ${ENGINE.reason})`}`;
const run = (folder: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => govcloud(args, { env: environmentIn(folder, more) });

/** An engine that applies, and whose disk then was full: it leaves the state where engines leave it, and half a one in the store. */
function engineOnFullDisk(folder: string, left: string): string {
  const path = join(folder, "engine");
  const store = join(folder, "state", "hrss--a.tfstate");
  const said = JSON.stringify({ type: "diagnostic", diagnostic: { severity: "error", summary: "Failed to persist state to backend" } });
  writeFileSync(
    path,
    `#!/bin/sh\n'${ENGINE.path}' "$@" || exit $?\n[ "$1" = apply ] || exit 0\n${left} '${store}' > errored.tfstate; head -c 40 errored.tfstate > '${store}'\necho '${said}'; exit 1\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const two = (command = "true") =>
  stackOf("hrss--a", { one: { input: "x" }, two: { command, after: "one" }, three: { input: "y".repeat(50_000), after: "two" } });

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  test("names the file that the engine left; put back, the next plan changes nothing", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [two()]);
    const file = join(plan, "stacks", "hrss--a", "errored.tfstate");
    const restore = `run npm run state -- restore hrss/a ${file}, and only then plan again`;
    const applied = run(folder, ["apply", "--plan", plan, "--format", "json"], { GOVCLOUD_ENGINE: engineOnFullDisk(folder, "cat") });
    const [system] = applyResultOf(applied.stdout).systems;
    expect([applied.code, system?.result, system?.done.length, system?.error, system?.remedy, system?.details]).toEqual([
      1,
      "failed",
      3,
      `hrss--a: what was done could not be written to the store of the state; the engine left the state in ${file}`,
      expect.stringContaining(restore),
      "Error: Failed to persist state to backend",
    ]);

    const again = applyResultOf(run(folder, ["apply", "--plan", plan, "--format", "json"]).stdout);
    expect(again.refusals.map(({ remedy }) => remedy)).toEqual([expect.stringContaining(restore)]);
    await expect(saveFixture(folder, join(scratch(), "plan"), [two()])).rejects.toMatchObject({ kind: "unreadable-state" });

    const restored = run(folder, ["state", "restore", "hrss/a", file, "--format", "json"]);
    expect([restored.code, stateResultOf(restored.stdout)]).toEqual([0, { schema: "govcloud/state/1", restored: "hrss/a" }]);
    let view: EngineView | undefined;
    await saveFixture(folder, join(scratch(), "plan"), [two()], { onView: (seen) => (view = seen) });
    expect(view?.changes.map(({ action }) => action)).toEqual(["no-op", "no-op", "no-op"]);
  });

  test("says so where that file was cut off too", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [two()]);
    const engine = engineOnFullDisk(folder, "head -c 90");
    const [system] = applyResultOf(run(folder, ["apply", "--plan", plan, "--format", "json"], { GOVCLOUD_ENGINE: engine }).stdout).systems;
    expect([system?.error, system?.remedy]).toEqual([
      expect.stringMatching(/errored\.tfstate, cut off too$/),
      expect.stringContaining("npm run drift -- --system hrss/a finds what is in the cloud and in no state"),
    ]);
  });

  test.for(["the store's", "the only one"])("on a disk that fills up while it runs, %s", async (which, context) => {
    const folder = scratch();
    const disk = which === "the only one" ? folder : join(folder, "state");
    const plan = join(folder, "plan");
    mkdirSync(disk, { recursive: true });
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=200m", "tmpfs", disk]).status !== 0)
      context.skip("this user may mount no small disk");
    try {
      mkdirSync(join(folder, "cache"), { recursive: true });
      const fill = join(disk, "fill");
      await saveFixture(folder, plan, [
        two(`dd if=/dev/zero of=${fill} bs=1M 2>/dev/null; dd if=/dev/zero bs=1k 2>/dev/null >> ${fill}; true`),
      ]);
      const applied = run(folder, ["apply", "--plan", plan, "--format", "json"]);
      const [system] = applyResultOf(applied.stdout).systems;
      const cutOff = which === "the only one" ? ", cut off too" : "";
      // Where its messages found no room either, what it did last is of unknown fate.
      const result = cutOff === "" ? "failed" : expect.stringMatching(/^(failed|interrupted)$/);
      expect([applied.code, system?.result, system?.error?.replace(/^.*errored/, "errored")]).toEqual([
        1,
        result,
        `errored.tfstate${cutOff}`,
      ]);
      rmSync(fill);
      const restored = run(folder, ["state", "restore", "hrss/a", join(plan, "stacks", "hrss--a", "errored.tfstate")]);
      expect([restored.code, restored.stderr]).toEqual(
        cutOff === "" ? [0, ""] : [3, "Cannot restore the state of hrss/a: the file is no whole state (no JSON)\n"],
      );
    } finally {
      spawnSync("umount", ["-l", disk]);
    }
  });
});

describe.skipIf(ENGINE.reason !== undefined)("A state is not restored", () => {
  test("from what knows less than what is there, is another system's, or is no state", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [two()]);
    expect(run(folder, ["apply", "--plan", plan]).code).toBe(0);
    const state = join(folder, "state", "hrss--a.tfstate");
    const words = readFileSync(state, "utf8");
    const given = join(folder, "given");
    const restoring = (text: string) => {
      writeFileSync(given, text);
      const { code, stderr } = run(folder, ["state", "restore", "hrss/a", given]);
      return [code, stderr.trim()];
    };
    const project = { mode: "managed", type: "openstack_identity_project_v3", name: "p", instances: [{ attributes: { name: "hrss--b" } }] };
    const { serial, lineage } = JSON.parse(words) as { serial: number; lineage: string };
    const with_ = (more: object) => JSON.stringify({ ...(JSON.parse(words) as object), ...more });
    expect([
      restoring(words),
      restoring(with_({ serial: serial + 1, lineage: "another" })),
      restoring(with_({ serial: serial + 1, resources: [project] })),
      restoring(words.slice(0, 100)),
      run(folder, ["state", "restore", "hrss/a", join(folder, "none")]).code,
    ]).toEqual([
      [
        3,
        `Cannot restore the state of hrss/a: serial ${serial} of ${lineage} is there, the file is serial ${serial} of ${lineage}; wanted a later one of the same state`,
      ],
      [3, expect.stringContaining(`the file is serial ${serial + 1} of another; wanted a later one of the same state`)],
      [3, "Cannot restore the state of hrss/a: the file holds the resources of hrss--b"],
      [3, "Cannot restore the state of hrss/a: the file is no whole state (no JSON)"],
      3,
    ]);
    expect(readFileSync(state, "utf8")).toBe(words);
    expect(restoring(with_({ serial: serial + 1 }))).toEqual([0, ""]);
  });
});
