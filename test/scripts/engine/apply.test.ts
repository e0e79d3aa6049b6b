import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { earlierApply } from "../../../scripts/engine/apply-stack.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud, ROOT } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { applyResultOf } from "./results.ts";

const title = ENGINE.reason === undefined ? "with the engine" : `with the engine (skipped: ${ENGINE.reason})`;

function apply(folder: string, plan: string, ...args: string[]) {
  return applyBy(ENGINE.path ?? "", folder, plan, ...args);
}

function applyBy(engine: string, folder: string, plan: string, ...args: string[]) {
  return govcloud(["apply", "--plan", plan, "--format", "json", ...args], { env: environmentIn(folder, { GOVCLOUD_ENGINE: engine }) });
}

/** Cinder's refusal of a limit below what it still counts, as the provider repeats it. */
const stillCounted = (key: string) =>
  `Error updating openstack_blockstorage_quotaset_v3: Expected HTTP response code [200], but got 400 instead: {"badRequest": {"code": 400, "message": "Quota ${key} limit must be equal or greater than existing resources. Current usage is 40 and the requested limit is 0."}}`;

/** An engine whose applies on the way of a retirement are refused so many times, as by a Cinder that still erases the disks of servers that are gone. */
function engineRefused(folder: string, { times, key }: { readonly times: number; readonly key: string }): string {
  const path = join(folder, "refused-engine");
  const resource = { addr: "terraform_data.project" };
  const said = [
    { type: "apply_start", hook: { resource, action: "update" } },
    { type: "apply_errored", hook: { resource, action: "update" } },
    { type: "diagnostic", diagnostic: { severity: "error", summary: stillCounted(key) } },
  ];
  writeFileSync(join(folder, "said"), said.map((line) => `${JSON.stringify(line)}\n`).join(""));
  writeFileSync(
    path,
    `#!/bin/sh
if [ "$1" = apply ] && [ "$(basename "$PWD")" = winding-down ] && [ "$(cat '${folder}/tried' 2>/dev/null | wc -c)" -lt ${times} ]; then
  printf x >> '${folder}/tried'; cat '${folder}/said'; exit 1
fi
exec '${ENGINE.path}' "$@"
`,
  );
  chmodSync(path, 0o755);
  return path;
}

/** `id result` of every system, in the order of the result. */
function outcomes(stdout: string): string[] {
  return applyResultOf(stdout).systems.map(({ id, result }) => `${id} ${result}`);
}

function states(folder: string): string[] {
  const path = join(folder, "state");
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".tfstate")) : [];
}

/** The samples with one comment more. */
const OTHER_TREE = join(scratch(), "tree");
cpSync(SAMPLES, OTHER_TREE, { recursive: true });
appendFileSync(join(OTHER_TREE, "stacks/tenants/hrss/social-insurance.yaml"), "# 又一行\n");

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  test("applies a saved plan once; the next plan finds nothing to do", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    const stacks = [stackOf("hrss--a", { one: { input: "x" } }), stackOf("platform", { base: { input: "y" } })];
    const saved = await saveFixture(folder, plan, stacks);
    const applied = apply(folder, plan, "--approved", saved.fingerprint);
    expect(applied.stderr.split("\n").filter((line) => line !== "")).toEqual(["[1/2] platform ✔ applied", "[2/2] hrss--a ✔ applied"]);
    expect(applied.code).toBe(0);
    expect(applyResultOf(applied.stdout)).toMatchObject({
      schema: "govcloud/apply/1",
      verdict: "applied",
      refusals: [],
      systems: [
        {
          id: "platform",
          result: "applied",
          done: [{ address: "terraform_data.base", action: "create" }],
          failed: [],
          unfinished: [],
          error: null,
        },
        { id: "hrss/a", result: "applied", done: [{ address: "terraform_data.one", action: "create" }] },
      ],
    });
    expect(states(folder).sort()).toEqual(["hrss--a.tfstate", "platform.tfstate"]);

    const again = apply(folder, plan);
    expect(again.code).toBe(2);
    expect(applyResultOf(again.stdout).refusals.map(({ message }) => message)).toEqual([
      "hrss--a: this plan was begun already (applied): 1 done, 0 failed, 0 of unknown fate",
      "platform: this plan was begun already (applied): 1 done, 0 failed, 0 of unknown fate",
    ]);

    const next = join(scratch(), "plan");
    await saveFixture(folder, next, stacks);
    const idle = apply(folder, next);
    expect(idle.code).toBe(0);
    expect(outcomes(idle.stdout)).toEqual(["hrss/a unchanged", "platform unchanged"]);
  });

  test.each([
    {
      why: "another fingerprint was approved",
      args: ["--approved", `sha256:${"0".repeat(64)}`],
      refusal: /^Another plan was approved: fingerprint sha256:000000000000, this plan has sha256:/,
    },
    { why: "policy refused it", verdict: "refused" as const, refusal: /^Policy refused this plan$/ },
    {
      why: "its result was edited, and the digest of it",
      edit: (plan: string) => {
        const result = join(plan, "plan.json");
        replaceIn(result, '"contract": "baotou-2025"', '"contract": "baotou-2026"');
        const digest = createHash("sha256").update(readFileSync(result)).digest("hex");
        replaceIn(join(plan, "saved-plan.json"), /"result": "sha256:\w{64}"/, `"result": "sha256:${digest}"`);
      },
      refusal: /^The saved plan is not what its fingerprint names/,
    },
    {
      why: "its list was edited",
      edit: (plan: string) => replaceIn(join(plan, "saved-plan.json"), /"planned": "sha256:../, '"planned": "sha256:00'),
      refusal: /^The saved plan is not what its fingerprint names/,
    },
    {
      why: "it is too old",
      args: ["--max-age", "0.000001"],
      refusal: /^the plan is \d+ seconds? old, the most allowed is 1 second$/,
    },
    {
      why: "the list claims another time",
      edit: (plan: string) => replaceIn(join(plan, "saved-plan.json"), /"createdAt": "\d{4}/, '"createdAt": "2999'),
      refusal: /^the plan was made in the future, 2999/,
    },
    {
      why: "the declarations changed",
      args: ["--tree", OTHER_TREE],
      refusal: /^Declarations or catalogue changed after the plan was made$/,
    },
  ])("refuses a plan: $why", async ({ args = [], verdict, edit, refusal }) => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } })], verdict === undefined ? {} : { verdict });
    edit?.(plan);
    const refused = apply(folder, plan, ...(args.includes("--tree") ? args : [...args, "--tree", SAMPLES]));
    const { refusals, verdict: answer, systems } = applyResultOf(refused.stdout);
    expect(refusals.map(({ message }) => message)).toEqual([expect.stringMatching(refusal)]);
    expect(refusals.every(({ remedy }) => remedy.length > 5)).toBe(true);
    expect([refused.code, answer, systems, states(folder)]).toEqual([2, "refused", [], []]);
  });

  test.each([
    ["its result", "../../plan.json", "plan.json is not the file that was planned"],
    ["its configuration", "cdk.tf.json", "stacks/hrss--a/cdk.tf.json is not the file that was planned"],
    ["the engine's plan", "plan.bin", "stacks/hrss--a/plan.bin is not the file that was planned"],
    ["a file added", "extra.tf", "stacks/hrss--a/extra.tf was added to it"],
  ])("does not take a saved plan whose folder was touched: %s", async (_, name, message) => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } })]);
    appendFileSync(join(plan, "stacks", "hrss--a", name), "\n");
    const refused = apply(folder, plan);
    expect([refused.code, refused.stdout]).toEqual([3, ""]);
    expect(refused.stderr).toContain(message);
  });

  test.each([
    [
      "a verdict that there is not",
      (words: string) => words.replace('"verdict": "accepted"', '"verdict": "fine"'),
      'verdict is not "accepted" or "refused"',
    ],
    ["less than all of it", (words: string) => words.slice(0, 200), "it is no whole JSON"],
    ["a stack without its digest", (words: string) => words.replace(/"planned": "[^"]*",/, ""), "stacks.0 lacks planned"],
  ])("says of a list that was edited by hand what to do next: %s", async (_, edit, cause) => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x" } })]);
    const list = join(plan, "saved-plan.json");
    writeFileSync(list, edit(readFileSync(list, "utf8")));
    const refused = apply(folder, plan);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      3,
      "",
      `Cannot read ${list} as a saved plan: ${cause}; the file was edited or is not whole: plan again with npm run plan -- --online --save <new folder>\n`,
    ]);
  });

  test.each([
    {
      what: "of other resources",
      other: { evil: { input: "x" } },
      files: ["cdk.tf.json", "plan.bin"],
      refusal: /^The saved plan is not what its fingerprint names/,
    },
    {
      what: "of the same resources, which runs another command",
      other: { one: { input: "x", command: "touch evil" } },
      files: ["cdk.tf.json", "plan.bin"],
      refusal: /^The saved plan is not what its fingerprint names/,
    },
    {
      what: "as the engine keeps it, of the same resources, which runs another command",
      other: { one: { input: "x", command: "touch evil" } },
      files: ["plan.bin"],
      refusal: /^hrss--a: the saved plan is not the one that was seen$/,
    },
    {
      what: "of the same resources, for a retirement that ends otherwise",
      other: { one: { input: "x", command: "touch mine" } },
      files: ["winding-down/cdk.tf.json"],
      refusal: /^The saved plan is not what its fingerprint names/,
    },
  ])("does not take another plan in the place of the one that was seen, the digests of its files neither: $what", async (attack) => {
    const [folder, plan, other] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    const seen = await saveFixture(folder, plan, [stackOf("hrss--a", { one: { input: "x", command: "touch mine" } })]);
    const swapped = await saveFixture(folder, other, [stackOf("hrss--a", attack.other)]);
    const listed: Record<string, string> = { ...seen.stacks[0]?.files };
    for (const name of attack.files) {
      const [to, from] = [plan, other].map((each) => join(each, "stacks/hrss--a", name));
      if (to === undefined || from === undefined) continue;
      mkdirSync(dirname(to), { recursive: true });
      cpSync(existsSync(from) ? from : join(dirname(from), "../cdk.tf.json"), to);
      listed[name] = swapped.stacks[0]?.files[name] ?? `sha256:${createHash("sha256").update(readFileSync(to)).digest("hex")}`;
    }
    const list = join(plan, "saved-plan.json");
    const [stack] = seen.stacks;
    writeFileSync(list, JSON.stringify({ ...seen, stacks: [{ ...stack, files: listed }] }));
    const refused = apply(folder, plan);
    expect(applyResultOf(refused.stdout).refusals.map(({ message }) => message)).toEqual([expect.stringMatching(attack.refusal)]);
    expect([refused.code, states(folder)]).toEqual([2, []]);
  });

  test("refuses a plan whose state moved since", async () => {
    const [folder, first, second] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    await saveFixture(folder, first, [stackOf("hrss--a", { one: { input: "x" } })]);
    await saveFixture(folder, second, [stackOf("hrss--a", { two: { input: "x" } })]);
    expect(apply(folder, second).code).toBe(0);
    const refused = apply(folder, first);
    expect(applyResultOf(refused.stdout).refusals.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^hrss--a: the state moved after the plan was made \(∅ → [0-9a-f]{8}#\d+\)$/),
    ]);
    expect(refused.code).toBe(2);
  });

  test("one that fails does not stop the others; the report says what is there and what is not", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [
      stackOf("hrss--bad", { first: { input: "x" }, second: { command: "echo quota exceeded for cores >&2; exit 7", after: "first" } }),
      stackOf("hrss--good", { one: { input: "x" } }),
    ]);
    const applied = apply(folder, plan);
    expect(applied.code).toBe(1);
    const bad = applyResultOf(applied.stdout).systems.find(({ id }) => id === "hrss/bad");
    expect(outcomes(applied.stdout).sort()).toEqual(["hrss/bad failed", "hrss/good applied"]);
    expect(bad).toMatchObject({
      done: [{ address: "terraform_data.first", action: "create" }],
      failed: ["terraform_data.second"],
      unfinished: [],
    });
    expect(bad?.details).toContain("exit status 7");
    expect(bad?.remedy?.length).toBeGreaterThan(5);
  });

  test("begins nothing on a platform that failed", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("platform", { base: { command: "exit 1" } }), stackOf("hrss--a", { one: { input: "x" } })]);
    const applied = apply(folder, plan);
    expect([applied.code, ...outcomes(applied.stdout)]).toEqual([1, "platform failed", "hrss/a skipped"]);
    expect(states(folder)).toEqual(["platform.tfstate"]);
  });

  test("takes secrets out of the engine's words", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { one: { command: 'echo "login with $OS_PASSWORD" >&2; exit 1' } })]);
    const { code, stdout, stderr } = govcloud(["apply", "--plan", plan, "--format", "json"], {
      env: environmentIn(folder, { OS_PASSWORD: "Documentation-7!" }),
    });
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain("Documentation-7!");
    expect(stdout).toContain("login with ***");
  });

  test("stops at the time limit, leaves no lock, and the next plan goes on from there", async () => {
    const [folder, plan, next] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    await saveFixture(folder, plan, [stackOf("hrss--a", { first: { input: "x" }, slow: { command: "sleep 600", after: "first" } })]);
    const applied = apply(folder, plan, "--time-limit", "0.05");
    expect([applied.code, ...outcomes(applied.stdout)]).toEqual([1, "hrss/a interrupted"]);
    const [system] = applyResultOf(applied.stdout).systems;
    expect(system?.error).toBe("hrss--a: applying took longer than 0.05 minutes and was stopped");
    expect(system?.done).toEqual([{ address: "terraform_data.first", action: "create" }]);
    const repaired = await saveFixture(folder, next, [stackOf("hrss--a", { first: { input: "x" }, slow: { input: "y", after: "first" } })]);
    expect(repaired.stacks[0]?.changes).toBe(true);
    expect(apply(folder, next).code).toBe(0);
  });

  describe("a retirement", () => {
    const standing = stackOf("hrss--old", { project: { input: "quota 9" }, service: { input: "x", after: "project" } });
    const tombstone = { tombstone: { input: "2026-03-31" } };

    test("ends the service, then sets the quotas to 0, then removes the project, and keeps the tombstone", async () => {
      const [folder, first, plan] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
      await saveFixture(folder, first, [standing]);
      expect(apply(folder, first).code).toBe(0);
      const between = stackOf("hrss--old", { ...tombstone, project: { input: "quota 0" } }).json;
      const saved = await saveFixture(folder, plan, [{ ...stackOf("hrss--old", tombstone), windingDown: between }]);
      expect(Object.keys(saved.stacks[0]?.files ?? {})).toContain("winding-down/cdk.tf.json");
      const applied = apply(folder, plan);
      const [system] = applyResultOf(applied.stdout).systems;
      const done = system?.done.map(({ address, action }) => `${action} ${address.replace("terraform_data.", "")}`) ?? [];
      expect([applied.code, system?.error, [...done].sort()]).toEqual([
        0,
        null,
        ["create tombstone", "delete project", "delete service", "update project"],
      ]);
      const order = ["delete service", "update project", "delete project"];
      expect(done.filter((each) => order.includes(each))).toEqual(order);
    });

    test("stops where a step on the way would touch what nobody saw", async () => {
      const [folder, first, plan] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
      await saveFixture(folder, first, [standing]);
      expect(apply(folder, first).code).toBe(0);
      const between = stackOf("hrss--old", { ...tombstone, project: { input: "quota 0" }, extra: { input: "evil" } }).json;
      await saveFixture(folder, plan, [{ ...stackOf("hrss--old", tombstone), windingDown: between }]);
      const applied = apply(folder, plan);
      const [system] = applyResultOf(applied.stdout).systems;
      expect([applied.code, system?.error, system?.done]).toEqual([
        1,
        "hrss--old: a step of the retirement would touch what was not approved: terraform_data.extra",
        [],
      ]);
    });

    const retire = async (refusal: { readonly times: number; readonly key: string }, ...args: string[]) => {
      const [folder, first, plan] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
      await saveFixture(folder, first, [standing]);
      expect(apply(folder, first).code).toBe(0);
      const between = stackOf("hrss--old", { ...tombstone, project: { input: "quota 0" } }).json;
      await saveFixture(folder, plan, [{ ...stackOf("hrss--old", tombstone), windingDown: between }]);
      const { code, stdout, stderr } = applyBy(engineRefused(folder, refusal), folder, plan, ...args);
      return { code, stderr, system: applyResultOf(stdout).systems[0], tried: readFileSync(join(folder, "tried"), "utf8").length };
    };

    test("waits while Cinder still erases the disks of servers that are gone, and goes on", async () => {
      const { code, stderr, system, tried } = await retire({ times: 2, key: "gigabytes_ssd" }, "--time-limit", "0.5");
      expect([code, system?.result, system?.error, system?.failed, system?.unfinished, tried]).toEqual([0, "applied", null, [], [], 2]);
      expect(system?.done.at(-1)).toEqual({ address: "terraform_data.project", action: "delete" });
      expect(stderr.split("\n").filter((line) => line.includes("hrss--old"))).toEqual([
        "[0/1] hrss--old waiting until the disks of its servers are erased",
        "[1/1] hrss--old ✔ applied",
      ]);
    });

    test("says so where they are not erased within the time limit", async () => {
      const { code, system } = await retire({ times: 99, key: "volumes" }, "--time-limit", "0.1");
      expect([code, system?.result, system?.failed, system?.error, system?.details]).toEqual([
        1,
        "failed",
        ["terraform_data.project"],
        "hrss--old: after 0.1 minutes the cloud still erases the disks of its servers, and until then no quota can be set to 0",
        `Error: ${stillCounted("volumes")}`,
      ]);
      expect(system?.remedy).toContain("check tells whether it did; then plan and apply again: the retirement goes on from there");
    });

    test("does not wait for what nobody erases: backups that somebody made", async () => {
      const { code, system, tried } = await retire({ times: 99, key: "backup_gigabytes" });
      expect([code, system?.result, tried]).toEqual([1, "failed", 1]);
      expect(system?.remedy).toContain("something in the cloud still uses it");
    });

    test("that ended between its steps was interrupted, not applied", () => {
      const folder = scratch();
      mkdirSync(join(folder, "winding-down"));
      const said = [
        { type: "apply_complete", hook: { resource: { addr: "terraform_data.service" }, action: "delete" } },
        { type: "change_summary", changes: { operation: "apply" } },
      ];
      writeFileSync(join(folder, "winding-down", "apply.ndjson"), said.map((line) => `${JSON.stringify(line)}\n`).join(""));
      expect(earlierApply("hrss--old", folder)).toEqual({
        stack: "hrss--old",
        result: "interrupted",
        done: [{ address: "terraform_data.service", action: "delete" }],
        failed: [],
        unfinished: [],
      });
    });
  });

  test("a killed command leaves an engine that ends in order, and a report", async () => {
    const [folder, plan] = [scratch(), join(scratch(), "plan")];
    const release = join(folder, "release");
    await saveFixture(folder, plan, [stackOf("hrss--a", { slow: { command: `while [ ! -e ${release} ]; do sleep 0.1; done` } })]);
    const running = spawn(process.execPath, [`${ROOT}/scripts/govcloud.ts`, "apply", "--plan", plan, "--tree", SAMPLES], {
      env: { ...environmentIn(folder), LANG: "C" },
      stdio: "ignore",
    });
    const log = join(plan, "stacks", "hrss--a", "apply.ndjson");
    await until(() => existsSync(log) && readFileSync(log, "utf8").includes("apply_start"));
    running.kill("SIGKILL");
    const during = apply(folder, plan);
    expect(during.code).toBe(2);
    expect(applyResultOf(during.stdout).refusals[0]?.message).toBe(
      "hrss--a: this plan was begun already (interrupted): 0 done, 0 failed, 1 of unknown fate: terraform_data.slow",
    );
    writeFileSync(release, "");
    await until(() => readFileSync(log, "utf8").includes("apply_complete"));
    await until(() => states(folder).length === 1);
  });

  test("a killed engine is reported, and the next plan makes what is missing", async () => {
    const [folder, plan, next] = [scratch(), join(scratch(), "plan"), join(scratch(), "plan")];
    const wanted = (command: string) => stackOf("hrss--a", { first: { input: "x" }, slow: { command, after: "first" } });
    await saveFixture(folder, plan, [wanted("kill -9 $PPID; sleep 5")]);
    const applied = apply(folder, plan);
    const [system] = applyResultOf(applied.stdout).systems;
    expect(system?.error).toBe("hrss--a: the engine ended without a word while applying: it was killed");
    expect(system?.remedy).toContain("npm run drift finds what is of unknown fate");
    expect([applied.code, system?.result, system?.done, system?.unfinished]).toEqual([
      1,
      "interrupted",
      [{ address: "terraform_data.first", action: "create" }],
      ["terraform_data.slow"],
    ]);
    await saveFixture(folder, next, [wanted("true")]);
    const repaired = apply(folder, next);
    expect([repaired.code, applyResultOf(repaired.stdout).systems[0]?.done]).toEqual([
      0,
      [{ address: "terraform_data.slow", action: "create" }],
    ]);
  });
});

function replaceIn(path: string, what: string | RegExp, by: string): void {
  const before = readFileSync(path, "utf8");
  const after = before.replace(what, by);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 50) {
    if (waited > 30_000) throw new Error("waited 30 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
