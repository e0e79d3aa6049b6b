import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { StateListResult, StateShowResult } from "../../../scripts/render/state-text.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud, ROOT } from "../run.ts";
import { ENGINE, environmentIn, saveFixture, scratch, stackOf } from "./fixtures.ts";
import { startPostgres } from "./postgres.ts";
import { applyResultOf, stateResultOf } from "./results.ts";

const postgres = await startPostgres();
const url = "url" in postgres ? postgres.url : undefined;
afterAll(() => {
  if ("url" in postgres) postgres.stop();
});

/** Each store that states may be kept in, or why it cannot be tried here. */
const stores = [
  { store: "local files", state: (folder: string) => join(folder, "state"), reason: ENGINE.reason },
  { store: "PostgreSQL", state: () => url ?? "", reason: ENGINE.reason ?? ("reason" in postgres ? postgres.reason : undefined) },
];

describe.each(stores)("states in $store", ({ store, state, reason }) => {
  const one = reason === undefined ? "" : ` (skipped: ${reason})`;
  const environment = (folder: string) => ({ GOVCLOUD_STATE: state(folder) });
  const run = (folder: string, ...args: string[]) => govcloud(args, { env: environmentIn(folder, environment(folder)) });
  const plan = async (folder: string, stack: ReturnType<typeof stackOf>) => {
    const saved = join(scratch(), "plan");
    await saveFixture(folder, saved, [stack], { environment: environment(folder) });
    return saved;
  };

  test.skipIf(reason !== undefined)(`are listed, shown, renamed; nothing but addresses and ids is told${one}`, async () => {
    const folder = scratch();
    const saved = await plan(folder, stackOf("hrss--listed", { one: { input: "Documentation-secret-8" }, two: { input: "y" } }));
    expect(run(folder, "apply", "--plan", saved).code).toBe(0);
    const listed = stateResultOf<StateListResult>(run(folder, "state", "list", "--format", "json").stdout);
    expect(listed.states.find(({ system }) => system === "hrss/listed")).toMatchObject({
      state: "plain",
      resources: 2,
      tainted: 0,
      lock: null,
    });
    const shown = run(folder, "state", "show", "hrss/listed", "--format", "json");
    expect(stateResultOf<StateShowResult>(shown.stdout).list.map(({ address, id }) => [address, id?.length])).toEqual([
      ["terraform_data.one", 36],
      ["terraform_data.two", 36],
    ]);
    expect(shown.stdout + run(folder, "state", "show", "hrss/listed").stdout).not.toContain("Documentation-secret");
    expect(run(folder, "state", "list").stdout + run(folder, "state", "list").stderr).not.toContain("Documentation-7");

    expect(run(folder, "state", "move", "hrss/listed", "hrss/renamed").stdout).toBe("Moved the state of hrss/listed to hrss/renamed\n");
    const gone = run(folder, "state", "show", "hrss/listed");
    expect([gone.code, gone.stderr]).toEqual([3, "Cannot find a state of hrss/listed; npm run state -- list shows every state\n"]);
    const next = await plan(folder, stackOf("hrss--renamed", { one: { input: "Documentation-secret-8" }, two: { input: "y" } }));
    const applied = applyResultOf(run(folder, "apply", "--plan", next, "--format", "json").stdout);
    expect(applied.systems.map(({ id, result }) => [id, result])).toEqual([["hrss/renamed", "unchanged"]]);
    const other = await plan(folder, stackOf("hrss--other", { one: { input: "x" } }));
    expect(run(folder, "apply", "--plan", other).code).toBe(0);
    const taken = run(folder, "state", "move", "hrss/other", "hrss/renamed");
    expect([taken.code, taken.stderr]).toEqual([
      3,
      "Cannot move to hrss/renamed: it has a state already; npm run state -- show hrss/renamed tells what it holds\n",
    ]);
    expect(stateResultOf(run(folder, "state", "move", "hrss/other", "hrss/another", "--format", "json").stdout)).toEqual({
      schema: "govcloud/state/1",
      moved: { from: "hrss/other", to: "hrss/another" },
      warnings: [
        "hrss/another has no declaration (there is no stacks/tenants/hrss/another.yaml): npm run drift reports its state until it has one",
      ],
    });
  });

  test.skipIf(reason !== undefined)(
    `two applies of one system at once: the second is refused, or waits, and says how to go on${one}`,
    async () => {
      const folder = scratch();
      const release = join(folder, "release");
      const slow = await plan(folder, stackOf("hrss--busy", { slow: { command: `while [ ! -e ${release} ]; do sleep 0.1; done` } }));
      const second = await plan(folder, stackOf("hrss--busy", { other: { input: "x" } }));
      const first = begin(folder, slow, environment(folder));
      await until(() => begun(slow, "hrss--busy"));
      const refused = applyResultOf(run(folder, "apply", "--plan", second, "--format", "json").stdout);
      // Files show the lock of a first apply; PostgreSQL has no row for it yet, so that only the engine meets it.
      expect(refused.verdict).toBe(store === "PostgreSQL" ? "failed" : "refused");
      expect([...refused.refusals, ...refused.systems].map(({ remedy }) => remedy)).toEqual([
        expect.stringContaining("npm run state -- unlock"),
      ]);
      const [held] = stateResultOf<StateListResult>(run(folder, "state", "list", "--format", "json").stdout).states.filter(
        ({ system, lock }) => system === "hrss/busy" && lock !== null,
      );
      // A first apply has no row or file yet whose lock could be seen by others.
      if (held !== undefined) expect(held.lock?.held).not.toBe(false);
      writeFileSync(release, "");
      await first.ended;
      expect(run(folder, "state", "show", "hrss/busy").code).toBe(0);
    },
  );

  test.skipIf(reason !== undefined)(`the lock of a killed holder does not outlive it${one}`, async () => {
    const folder = scratch();
    expect(run(folder, "apply", "--plan", await plan(folder, stackOf("hrss--killed", { one: { input: "x" } }))).code).toBe(0);
    const saved = await plan(folder, stackOf("hrss--killed", { one: { input: "x" }, slow: { command: "kill -9 $PPID; sleep 2" } }));
    expect(run(folder, "apply", "--plan", saved).code).toBe(1);
    const next = await plan(folder, stackOf("hrss--killed", { one: { input: "x" }, slow: { input: "y" } }));
    const applied = applyResultOf(run(folder, "apply", "--plan", next, "--format", "json").stdout);
    expect(applied.systems.map(({ result, done }) => [result, done.map(({ address }) => address)])).toEqual([
      ["applied", ["terraform_data.slow"]],
    ]);
  });
});

describe("states in local files", () => {
  test.skipIf(ENGINE.reason !== undefined)(
    `are nobody's but this user's, their backups too (${ENGINE.reason ?? "engine found"})`,
    async () => {
      const folder = scratch();
      const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
      for (const input of ["one", "two"]) {
        const saved = join(folder, input);
        await saveFixture(folder, saved, [stackOf("hrss--secret", { one: { input } })]);
        expect(govcloud(["apply", "--plan", saved], { env: environmentIn(folder) }).code).toBe(0);
      }
      const files = ["", "hrss--secret.tfstate", "hrss--secret.tfstate.backup"];
      expect(files.map((file) => mode(join(folder, "state", file)))).toEqual(["700", "600", "600"]);
    },
  );
});

describe("a store that is no folder", () => {
  test.each([["list"], ["show", "hrss/a"]])("is told, with a remedy: state %s", (...args: string[]) => {
    const folder = scratch();
    const file = join(folder, "file");
    writeFileSync(file, "");
    const told = govcloud(["state", ...args], { env: environmentIn(folder, { GOVCLOUD_STATE: file }) });
    expect([told.code, told.stderr]).toEqual([
      1,
      `✘ Cannot keep states in ${file}: it is not a folder\n  remedy: let GOVCLOUD_STATE name a folder that this user may read and write, or a postgres:// address\n`,
    ]);
  });
});

describe("unlocking", () => {
  test("takes a stale note away, by its id alone", () => {
    const folder = scratch();
    const states = join(folder, "state");
    mkdirSync(states, { recursive: true });
    writeFileSync(join(states, "hrss--a.tfstate"), '{"version":4,"lineage":"l","serial":1,"terraform_version":"1.11.4","resources":[]}');
    const note = join(states, ".hrss--a.tfstate.lock.info");
    writeFileSync(note, '{"ID":"f00","Who":"runner@ci.example","Operation":"OperationTypeApply","Created":"2026-01-15T01:02:03Z"}');
    const run = (...args: string[]) => govcloud(["state", ...args], { env: environmentIn(folder) });
    expect(run("list").stdout).toContain("f00 runner@ci.example OperationTypeApply 2026-01-15T01:02:03Z, its holder is gone");
    const wrong = run("unlock", "hrss/a", "f01");
    expect([wrong.code, wrong.stderr]).toEqual([
      3,
      "Cannot unlock hrss/a: its lock is f00 (runner@ci.example, 2026-01-15T01:02:03Z), not f01; look at it and give the id that the list shows\n",
    ]);
    const words = readFileSync(note);
    expect(run("unlock", "hrss/a", "f00").stdout).toBe("Unlocked hrss/a\n");
    expect([existsSync(note), run("unlock", "hrss/a", "f00").code]).toEqual([false, 3]);
    writeFileSync(note, words);
    const unlocked = run("unlock", "hrss/a", "f00", "--format", "json");
    expect(stateResultOf(unlocked.stdout)).toEqual({ schema: "govcloud/state/1", unlocked: "hrss/a" });
  });

  test.skipIf(url === undefined || ENGINE.reason !== undefined)(
    "ends the connection that holds a lock; an engine that lost it still writes its state and tells what it did",
    async () => {
      const folder = scratch();
      const more = { GOVCLOUD_STATE: url };
      const run = (...args: string[]) => govcloud(args, { env: environmentIn(folder, more) });
      const save = async (stack: ReturnType<typeof stackOf>) => {
        const saved = join(scratch(), "plan");
        await saveFixture(folder, saved, [stack], { environment: more });
        return saved;
      };
      expect(run("apply", "--plan", await save(stackOf("hrss--lost", { one: { input: "x" } }))).code).toBe(0);
      const release = join(folder, "release");
      const waiting = await save(stackOf("hrss--lost", { one: { input: "x" }, two: { input: "y" } }));
      const slow = await save(stackOf("hrss--lost", { slow: { command: `while [ ! -e ${release} ]; do sleep 0.1; done` } }));
      const running = begin(folder, slow, more);
      await until(() => begun(slow, "hrss--lost"));
      const { states } = stateResultOf<StateListResult>(run("state", "list", "--format", "json").stdout);
      const lock = states.find(({ system }) => system === "hrss/lost")?.lock;
      expect(lock).toMatchObject({ who: expect.stringMatching(/^govcloud@127\.0\.0\.1/), held: true });
      expect(run("state", "move", "hrss/lost", "hrss/found").code).toBe(3);
      const second = applyResultOf(run("apply", "--plan", waiting, "--format", "json").stdout);
      expect([second.verdict, second.refusals.map(({ message }) => message)]).toEqual([
        "refused",
        [expect.stringMatching(/^locks \(hrss\/lost\): locked: hrss--lost \(\d+, govcloud@127\.0\.0\.1/)],
      ]);
      // The engine behind it may well live: without saying that it does not, nobody takes its lock.
      const kept = run("state", "unlock", "hrss/lost", lock?.id ?? "");
      expect([kept.code, kept.stderr]).toEqual([
        3,
        expect.stringMatching(
          /^Cannot unlock hrss\/lost: a connection that lives holds its lock \(govcloud@.*npm run state -- unlock hrss\/lost \d+ --force\. An engine that still runs then goes on without the lock and writes the state\n$/,
        ),
      ]);
      expect(run("state", "unlock", "hrss/lost", lock?.id ?? "", "--force").code).toBe(0);
      writeFileSync(release, "");
      expect(await running.ended).toBe(0);
      expect(run("state", "show", "hrss/lost").stdout).toContain("terraform_data.slow");
      const report = run("apply", "--plan", slow, "--lang", "en");
      expect([report.code, report.stdout]).toEqual([2, expect.stringContaining("hrss--lost: this plan was begun already (applied)")]);

      const { serial, lineage } = stateResultOf<StateShowResult>(run("state", "show", "hrss/lost", "--format", "json").stdout);
      const given = join(folder, "errored.tfstate");
      const restore = (later: number) => {
        const state = { version: 4, terraform_version: "1.11.4", serial: Number(serial) + later, lineage, outputs: {}, resources: [] };
        writeFileSync(given, JSON.stringify(state));
        return run("state", "restore", "hrss/lost", given).code;
      };
      expect([restore(0), restore(1)]).toEqual([3, 0]);
      expect(run("state", "show", "hrss/lost").stdout).toContain(`serial ${Number(serial) + 1}, lineage ${lineage}`);
    },
  );
});

describe("moving", () => {
  const [job, social] = ["hrss/job-service", "hrss/social-insurance"];
  const fileOf = (folder: string, id: string) => join(folder, "state", `${id.replace("/", "--")}.tfstate`);
  /** A state under the name of one system, with the project of one, or with none. */
  const withState = (under: string, owner: string | undefined) => {
    const folder = scratch();
    mkdirSync(join(folder, "state"), { recursive: true });
    const attributes = { id: "p-1", name: owner?.replace("/", "--") };
    const project = { mode: "managed", type: "openstack_identity_project_v3", name: "project", instances: [{ attributes }] };
    const resources = owner === undefined ? [] : [project];
    writeFileSync(fileOf(folder, under), JSON.stringify({ version: 4, lineage: "l", serial: 1, terraform_version: "1.11.4", resources }));
    const move = (from: string, to: string, ...more: string[]) =>
      govcloud(["state", "move", from, to, "--tree", SAMPLES, ...more], { env: environmentIn(folder) });
    return { folder, move };
  };

  test.each([
    ["another's resources", job, job, social, "the state holds the resources of hrss/job-service"],
    ["resources of a third", job, "hrss/third", social, "the state holds the resources of hrss/third"],
    [
      "resources of nobody known",
      job,
      undefined,
      social,
      "whose resources the state holds cannot be told (it has no project, or is encrypted)",
    ],
    ["a system's resources to the platform", job, job, "platform", "the state holds the resources of hrss/job-service"],
  ])("between two declared systems, %s, is refused and moves nothing", (_, from, owner, to, why) => {
    const { folder, move } = withState(from, owner);
    const { code, stdout, stderr } = move(from, to);
    expect([code, stdout, stderr]).toEqual([
      3,
      "",
      `Cannot move the state of ${from} to ${to}: both are declared, and ${why}. A state moves with a declaration that is renamed: rename stacks/tenants/${from}.yaml to ${to}.yaml first; npm run state -- list shows every state\n`,
    ]);
    expect([existsSync(fileOf(folder, from)), existsSync(fileOf(folder, to))]).toEqual([true, false]);
    expect(move(from, to, "--lang", "zh").stderr).toContain(`${from} 和 ${to} 都有声明`);
  });

  test.each([
    ["en", "hrss/job-service: 1 resource\n"],
    ["zh", "hrss/job-service: 1 个资源\n"],
  ])("a state's heading counts resources in %s", (lang, heading) => {
    const { folder } = withState(job, job);
    expect(govcloud(["state", "show", job, "--lang", lang], { env: environmentIn(folder) }).stdout).toContain(heading);
  });

  test("a state comes back to the declared system whose it is", () => {
    const { move } = withState(job, social);
    expect(move(job, social).stdout).toBe("Moved the state of hrss/job-service to hrss/social-insurance\n");
  });

  test("a state follows a declaration that was renamed", () => {
    const { move } = withState("hrss/renamed-since", "hrss/renamed-since");
    const moved = move("hrss/renamed-since", social, "--format", "json");
    expect([moved.code, moved.stderr, stateResultOf(moved.stdout)]).toEqual([
      0,
      "",
      { schema: "govcloud/state/1", moved: { from: "hrss/renamed-since", to: social }, warnings: [] },
    ]);
  });

  test("by a name that nobody declares, it is warned of, and reaches no other declared system", () => {
    const { folder, move } = withState(job, job);
    const away = move(job, "hrss/away", "--lang", "zh");
    expect([away.code, away.stderr]).toEqual([
      0,
      "注意: hrss/away 没有声明（没有 stacks/tenants/hrss/away.yaml）：在它有声明之前，npm run drift 会报告这个状态\n",
    ]);
    const told = (lang: string) => move("hrss/away", social, "--lang", lang);
    expect([told("en").code, told("en").stderr, told("zh").stderr]).toEqual([
      3,
      "Cannot move the state of hrss/away to hrss/social-insurance: it holds the resources of hrss/job-service, and hrss/job-service and hrss/social-insurance are both declared; give it back: npm run state -- move hrss/away hrss/job-service\n",
      "不能把 hrss/away 的状态改名为 hrss/social-insurance：里面是 hrss/job-service 的资源，hrss/job-service 和 hrss/social-insurance 都有声明；把它还给 hrss/job-service：npm run state -- move hrss/away hrss/job-service\n",
    ]);
    expect([existsSync(fileOf(folder, "hrss/away")), existsSync(fileOf(folder, social))]).toEqual([true, false]);
    expect(move("hrss/away", job).stderr).toBe("");
  });

  test("one that tells no owner moves to a declared system with a warning", () => {
    const { move } = withState("hrss/encrypted-once", undefined);
    const moved = move("hrss/encrypted-once", social);
    expect([moved.code, moved.stderr]).toEqual([
      0,
      "warning: whose resources the state holds cannot be told (it has no project, or is encrypted): look at a plan of hrss/social-insurance before anything is applied\n",
    ]);
  });
});

test.each([
  [["show"], "Cannot show: wanted <system>, found 0 arguments (--help shows how)"],
  [["unlock", "hrss/a"], "Cannot unlock: wanted <system> <lock id>, found 1 argument (--help shows how)"],
  [["unlock", "hrss/a", "--lang", "zh"], "state unlock 要 <系统> <锁号>，给了 1 个（--help 查看用法）"],
  [["list", "x"], "Cannot list: wanted no argument, found 1 argument (--help shows how)"],
  [["restore", "hrss/a", "biome.json", "--lang", "zh"], "不能恢复 hrss/a 的状态：文件不是完整的状态（没有格式号（version），要 4）"],
  [["show", "../../etc/passwd"], 'Cannot take "../../etc/passwd" for a system: wanted <bureau>/<system> or platform'],
  [["move", "hrss/a", 'x"; DROP SCHEMA public; --/b'], "Cannot take"],
  [["unlock", "hrss/a", "x"], "Cannot unlock hrss/a: it is not locked"],
  [["list", "--force"], "Cannot use --force with state list: it is for unlock alone"],
])("state %j is refused", (args, message) => {
  const { code, stdout, stderr } = govcloud(["state", ...args], { env: environmentIn(scratch()) });
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain(message);
});

test("a store that cannot be reached is a failure that names it, not its password", () => {
  const { code, stdout, stderr } = govcloud(["state", "list"], {
    env: environmentIn(scratch(), { GOVCLOUD_STATE: "postgres://govcloud:Documentation-7@127.0.0.1:1/db" }),
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Cannot use the state store postgres://127.0.0.1:1/db: connect ECONNREFUSED");
  expect(stderr).toContain("check that the folder or PostgreSQL that GOVCLOUD_STATE names can be reached and written");
  expect(stderr).not.toContain("Documentation-7");
});

function begin(folder: string, plan: string, more: NodeJS.ProcessEnv): { readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, [`${ROOT}/scripts/govcloud.ts`, "apply", "--plan", plan, "--tree", SAMPLES], {
    env: { ...environmentIn(folder, more), LANG: "C" },
    stdio: "ignore",
  });
  return { ended: new Promise((resolve) => child.on("exit", resolve)) };
}

function begun(plan: string, stack: string): boolean {
  const log = join(plan, "stacks", stack, "apply.ndjson");
  return existsSync(log) && readFileSync(log, "utf8").includes("apply_start");
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 50) {
    if (waited > 60_000) throw new Error("waited 60 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
