import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Delivery } from "../../scripts/delivery/delivery.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "../scripts/engine/fixtures.ts";
import { gitlabCiLocal } from "./gitlab-ci-local.ts";
import { scratchRepository } from "./scratch-repository.ts";

const reason = ENGINE.reason ?? (existsSync("/proc/self/cwd") ? undefined : "processes are found by /proc, which this system has not");
const title = reason === undefined ? "an apply job" : `an apply job (skipped: ${reason})`;

/** Ends at once whatever works below a folder, as a host that goes down. */
function killAllBelow(folder: string): number {
  let killed = 0;
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each) && Number(each) !== process.pid)) {
    try {
      if (!`${readlinkSync(`/proc/${name}/cwd`)}/`.startsWith(`${folder}/`)) continue;
      process.kill(Number(name), "SIGKILL");
      killed += 1;
    } catch {
      // It ended by itself, or is another user's.
    }
  }
  return killed;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 50) {
    if (waited > 120_000) throw new Error("waited two minutes in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(reason !== undefined)(title, () => {
  test("that is killed in the middle leaves a state from which the next pipeline goes on, and no delivery is lost or told twice", async () => {
    const { clone } = scratchRepository();
    const folder = scratch();
    // The signed approvals have tests of their own: here nobody has to sign, as at a terminal.
    const script = [
      "mkdir -p applied",
      'npm run apply -- --plan "plans/$GROUP" --format json --out "applied/$GROUP.json" --deliveries deliveries.jsonl',
    ];
    const job = (name: string) => ({
      [`apply: ${name}`]: { extends: ".apply-group", stage: "apply", when: "on_success", resource_group: name, script },
    });
    writeFileSync(
      join(clone, "provision.yml"),
      stringify({ include: [{ local: ".gitlab/ci/provision.yml" }], stages: ["apply"], ...job("hrss--a") }),
    );
    const { PATH: _, HOME: __, TMPDIR: ___, ...engine } = environmentIn(folder);
    const variables = { ...(engine as Record<string, string>), CI: "", GROUP: "hrss--a", CI_COMMIT_SHA: "c".repeat(40) };
    const apply = async (onStart?: (pid: number) => void) =>
      await gitlabCiLocal(clone, ["--file", "provision.yml", "apply: hrss--a"], {
        variables,
        ...(onStart === undefined ? {} : { onStart }),
      });
    const wanted = (command: string) => [
      stackOf("hrss--a", { first: { input: "x" }, slow: { command, after: "first" } }),
      stackOf("hrss--b", { one: { input: "x" } }),
    ];
    const plan = join(clone, "plans", "hrss--a");
    mkdirSync(plan, { recursive: true });
    await saveFixture(folder, plan, wanted("sleep 600"));

    const running = apply();
    const log = join(plan, "stacks", "hrss--a", "apply.ndjson");
    const deliveries = join(clone, "deliveries.jsonl");
    await until(() => existsSync(log) && readFileSync(log, "utf8").includes("terraform_data.slow: Provisioning"));
    await until(() => existsSync(deliveries) && readFileSync(deliveries, "utf8").includes("hrss/b"));
    expect(killAllBelow(clone)).toBeGreaterThan(1);
    expect((await running).code).not.toBe(0);

    const again = await apply();
    expect(again.code, "the same plan is not begun twice").not.toBe(0);

    const next = join(clone, "plans", "next");
    const saved = await saveFixture(folder, next, wanted("true"));
    expect(saved.stacks.map(({ id, changes }) => [id, changes])).toEqual([
      ["hrss/a", true],
      ["hrss/b", false],
    ]);
    const repaired = await gitlabCiLocal(clone, ["--file", "provision.yml", "apply: hrss--a"], {
      variables: { ...variables, GROUP: "next" },
    });
    expect(repaired.code, repaired.output).toBe(0);
    const { systems } = JSON.parse(readFileSync(join(clone, "applied", "next.json"), "utf8")) as ApplyResult;
    expect(systems.map(({ id, result }) => [id, result])).toEqual([
      ["hrss/a", "applied"],
      ["hrss/b", "unchanged"],
    ]);
    const records = readFileSync(deliveries, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Delivery);
    expect(records.map(({ system, evidence }) => [system, evidence])).toEqual([
      ["hrss/b", "applied"],
      ["hrss/a", "applied"],
    ]);
  }, 400_000);
});
