import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Finding } from "../../../scripts/doctor/check.ts";
import { checkLocks } from "../../../scripts/doctor/locks.ts";
import { type CheckName, runChecks } from "../../../scripts/doctor/run-checks.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { realTree } from "../../tree.ts";

const folder = mkdtempSync(join(tmpdir(), "govcloud-doctor-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tree = readCheckedTree(realTree());

async function machine(only: readonly CheckName[], environment: NodeJS.ProcessEnv, repository = folder): Promise<string[]> {
  return (await runChecks({ tree, environment, repository }, [], only)).map(print);
}

const print = ({ id, result, message }: Finding) => `${id} ${result}: ${message.en.replaceAll(folder, "FOLDER").replace(/\d+ MB/, "N MB")}`;

/** A program of this name that prints these words. */
function program(name: string, words: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${words}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("This machine", () => {
  test("has the Node that npm brings", async () => {
    expect(await machine(["node"], {})).toEqual([`node ok: Node ${process.versions.node}`]);
  });

  test("has Git, or not", async () => {
    expect((await machine(["git"], { PATH: process.env["PATH"] }))[0]).toMatch(/^git ok: Git 2\./);
    expect(await machine(["git"], { PATH: folder })).toEqual(["git failed: Cannot find git on PATH"]);
  });

  test("has an engine that is new enough, an old one, or none", async () => {
    const good = program("good", "OpenTofu v1.10.6\non linux_amd64");
    const old = program("old", "Terraform v1.5.7\non linux_amd64");
    expect(await machine(["engine"], { GOVCLOUD_ENGINE: good, PATH: "/" })).toEqual(["engine ok: OpenTofu 1.10.6 (FOLDER/good)"]);
    expect(await machine(["engine"], { GOVCLOUD_ENGINE: old, PATH: "/" })).toEqual([
      "engine failed: Cannot use FOLDER/old: it is Terraform 1.5.7, wanted 1.6 or later",
    ]);
    expect(await machine(["engine", "providers"], { PATH: "/nowhere" })).toEqual([
      "engine failed: Cannot find an engine: PATH has neither tofu nor terraform",
      "providers failed: Cannot find an engine: PATH has neither tofu nor terraform",
    ]);
  });

  test("finds the providers, or says in the engine's words why not", async () => {
    const engine = join(folder, "engine");
    const write = (init: string) => {
      writeFileSync(engine, `#!/bin/sh\nif [ "$1" = version ]; then echo "OpenTofu v1.10.6"; exit 0; fi\n${init}\n`);
      chmodSync(engine, 0o755);
    };
    const environment = { GOVCLOUD_ENGINE: engine, PATH: process.env["PATH"] };
    const lock = ["registry.terraform.io/hashicorp/kubernetes", "registry.terraform.io/terraform-provider-openstack/openstack"]
      .map((source, index) => `provider "${source}" {\n  version     = "${index + 2}.0.1"\n}`)
      .join("\n");
    // Only what the configuration requires is looked for, and with the sources that the stacks name.
    write(
      `grep -q hashicorp/kubernetes cdk.tf.json && grep -q terraform-provider-openstack/openstack cdk.tf.json || exit 7\ncat > .terraform.lock.hcl <<'END'\n${lock}\nEND`,
    );
    expect(await machine(["providers"], environment)).toEqual(["providers ok: providers kubernetes 2.0.1, openstack 3.0.1"]);
    write('echo "Error: Failed to query available provider packages" >&2; exit 1');
    expect(await machine(["providers"], environment)).toEqual([
      "providers failed: doctor: initialising failed: Failed to query available provider packages",
    ]);
  });
});

describe("The state store", () => {
  test("is a folder that can be written, made or not, and nothing is left in it", async () => {
    expect(await machine(["state-store"], {})).toEqual(["state-store ok: FOLDER/.govcloud/state can be written, N MB are free"]);
    const store = join(folder, "store");
    mkdirSync(store, { mode: 0o700 });
    expect(await machine(["state-store"], { GOVCLOUD_STATE: store })).toEqual([
      "state-store ok: FOLDER/store can be written, N MB are free",
    ]);
    expect(readdirSync(store)).toEqual([]);
  });

  test("is a folder that others can enter", async () => {
    const store = join(folder, "open");
    mkdirSync(store, { mode: 0o755 });
    const [found] = await runChecks({ tree, environment: { GOVCLOUD_STATE: store }, repository: folder }, [], ["state-store"]);
    expect(found).toEqual({
      id: "state-store",
      result: "warning",
      message: { zh: `${store} 其他用户也能进入，状态里有密钥`, en: `${store} is open to other users, and states hold secrets` },
      remedy: { zh: `chmod 700 ${store}`, en: `chmod 700 ${store}` },
    });
  });

  test.each([
    { what: "a file", state: () => join(folder, "file"), why: "it is not a folder", zh: "它不是目录" },
    { what: "below a file", state: () => join(folder, "file/deep"), why: "FOLDER/file is not a folder", zh: "FOLDER/file 不是目录" },
    {
      what: "where nothing can be made",
      state: () => "/proc/nope",
      why: "it cannot be read or written (ENOENT)",
      zh: "不能读写（ENOENT）",
    },
  ])("is no folder: $what; the other checks go on", async ({ state, why, zh }) => {
    writeFileSync(join(folder, "file"), "");
    const environment = { GOVCLOUD_STATE: state() };
    const found = await runChecks({ tree, environment, repository: folder }, [], ["node", "state-store"]);
    const path = state().replace(folder, "FOLDER");
    expect(found.map(print)).toEqual([
      `node ok: Node ${process.versions.node}`,
      `state-store failed: Cannot keep states in ${path}: ${why}`,
    ]);
    expect(found[1]?.message.zh.replaceAll(folder, "FOLDER")).toBe(`状态不能放在 ${path}：${zh}`);
    expect(found[1]?.remedy).toEqual({
      zh: "让 GOVCLOUD_STATE 指向一个本用户可读写的目录，或 postgres:// 地址",
      en: "let GOVCLOUD_STATE name a folder that this user may read and write, or a postgres:// address",
    });
  });

  test("is of a kind that nobody knows: the other checks go on", async () => {
    expect(await machine(["node", "state-store", "locks"], { GOVCLOUD_STATE: "mysql://x" })).toEqual([
      `node ok: Node ${process.versions.node}`,
      "state-store failed: Cannot use GOVCLOUD_STATE: wanted a folder or postgres://, found mysql://",
      "locks failed: Cannot use GOVCLOUD_STATE: wanted a folder or postgres://, found mysql://",
    ]);
  });

  test("is a PostgreSQL that nobody reaches; its password is in no word", async () => {
    const found = await runChecks(
      { tree, environment: { GOVCLOUD_STATE: "postgres://terraform:hunter2hunter2@127.0.0.1:1/states" }, repository: folder },
      [],
      ["state-store", "locks"],
    );
    expect(found.map(print)).toEqual([
      "state-store failed: Cannot use the state store postgres://127.0.0.1:1/states: connect ECONNREFUSED 127.0.0.1:1",
      "locks failed: Cannot use the state store postgres://127.0.0.1:1/states: connect ECONNREFUSED 127.0.0.1:1",
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("Locks", () => {
  const locksIn = async (store: string) =>
    (await checkLocks({ tree, environment: { GOVCLOUD_STATE: store }, repository: folder })).map(print);

  test("are the engine's files beside the states, with who holds them; a broken one counts too", async () => {
    const store = join(folder, "locked");
    mkdirSync(store);
    expect(await locksIn(store)).toEqual(["locks ok: no state is locked"]);
    writeFileSync(join(store, "hrss--job-service.tfstate"), "{}");
    writeFileSync(
      join(store, ".hrss--job-service.tfstate.lock.info"),
      JSON.stringify({ ID: "x", Operation: "OperationTypeApply", Who: "root@ci", Created: "2026-03-31T01:02:03Z" }),
    );
    writeFileSync(join(store, ".platform.tfstate.lock.info"), "{");
    expect(await locksIn(store)).toEqual([
      "locks warning: locked: hrss--job-service (x, root@ci, OperationTypeApply, 2026-03-31T01:02:03Z), platform (?)",
    ]);
  });

  test("are none where there is no folder yet", async () => {
    expect(await locksIn(join(folder, "not-yet"))).toEqual(["locks ok: no state is locked"]);
  });
});
