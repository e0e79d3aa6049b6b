import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { govcloud } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";

const PASSPHRASE = { GOVCLOUD_STATE_PASSPHRASE: "documentation-passphrase-2026" };
const isOpenTofu = ENGINE.path !== undefined && spawnSync(ENGINE.path, ["version"], { encoding: "utf8" }).stdout.startsWith("OpenTofu");
const reason = ENGINE.reason ?? (isOpenTofu ? undefined : "the engine here is Terraform, which does not encrypt");

test.skipIf(reason !== undefined)(
  `OpenTofu keeps state and plan encrypted, and goes on from there${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  async () => {
    const [folder, plan, next] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    const stack = stackOf("hrss--a", { one: { input: "a-value-nobody-reads" } });
    const run = (...args: string[]) => govcloud(args, { env: environmentIn(folder, PASSPHRASE) });
    await saveFixture(folder, plan, [stack], { environment: PASSPHRASE });
    expect(run("apply", "--plan", plan).code).toBe(0);
    for (const file of [join(folder, "state", "hrss--a.tfstate"), join(plan, "stacks", "hrss--a", "plan.bin")])
      expect(readFileSync(file, "utf8")).not.toContain("a-value-nobody-reads");
    expect(run("state", "list").stdout).toContain("encrypted");
    await saveFixture(folder, next, [stack], { environment: PASSPHRASE });
    const { systems } = JSON.parse(run("apply", "--plan", next, "--format", "json").stdout) as ApplyResult;
    expect(systems.map(({ result }) => result)).toEqual(["unchanged"]);
  },
);

test.skipIf(ENGINE.reason !== undefined || isOpenTofu)("Terraform is refused where a passphrase asks for encryption", async () => {
  const [folder, plan] = [scratch(), join(scratch(), "plan")];
  await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } })]);
  const { code, stdout, stderr } = govcloud(["apply", "--plan", plan], { env: environmentIn(folder, PASSPHRASE) });
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain("Cannot encrypt the state: GOVCLOUD_STATE_PASSPHRASE is set, but only OpenTofu encrypts");
});
