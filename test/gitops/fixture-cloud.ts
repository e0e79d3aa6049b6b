import { spawn } from "node:child_process";
import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import pMap from "p-map";
import { readStateStore } from "../../scripts/engine/state-store.ts";
import { withBackend } from "../../scripts/engine/working-folder.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";
import { type FakeCloud, PASSWORD } from "../scripts/cloud/fake-cloud.ts";
import { healthyCloud, KUBE_TOKEN } from "../scripts/doctor/healthy-cloud.ts";
import { fixtureEngine, scratch } from "../scripts/engine/fixtures.ts";
import { outcomeOf } from "../scripts/run.ts";
import type { CityCloud } from "./city-cloud.ts";

/** Bureaus enough for groups of more systems than one; each system costs the engine a second or two a step. */
const TENANTS = ["civil-affairs", "ecology", "hrss"];

/** Every project has room. */
const QUOTAS = {
  "GET /compute/v2.1/os-quota-sets/*/detail": { quota_set: { cores: { limit: -1, in_use: 0 }, ram: { limit: -1, in_use: 0 } } },
  "GET /network/v2.0/quotas/*/details.json": { quota: { network: { limit: -1, used: 0, reserved: 0 } } },
  "GET /block-storage/os-quota-sets/*": { quota_set: { gigabytes: { limit: -1, in_use: 0, reserved: 0 } } },
};

/**
 * In place of a cloud: fixture-engine.ts, which makes `terraform_data` for what was declared and keeps it in states as any engine, and an OpenStack that
 * answers what an apply looks at before it begins.
 */
export class FixtureCloud implements CityCloud {
  readonly engine: string;
  readonly secrets = { OS_USERNAME: "operator", OS_PASSWORD: PASSWORD, KUBE_TOKEN };
  readonly environment = {};
  readonly close: () => Promise<void>;
  readonly #url: string;
  readonly #marks = scratch();

  private constructor({ url, close }: FakeCloud) {
    this.#url = url;
    this.close = close;
    this.engine = fixtureEngine(this.#marks);
  }

  static async start(): Promise<FixtureCloud> {
    return new FixtureCloud(await healthyCloud(QUOTAS));
  }

  /** Three bureaus of the samples; the government pool's addresses are the stand-in's. */
  moveIn(checkout: string): void {
    const tenants = join(checkout, "stacks/tenants");
    for (const tenant of readdirSync(tenants).filter((name) => !TENANTS.includes(name))) rmSync(join(tenants, tenant), { recursive: true });
    const file = join(checkout, "catalog/pools.yaml");
    const words = readFileSync(file, "utf8");
    writeFileSync(
      file,
      words.replace("https://keystone.gov.example:5000/v3", `${this.#url}/v3`).replace("https://k8s.security.gov.example:6443", this.#url),
    );
  }

  async build({ work, environment, govcloud }: Parameters<CityCloud["build"]>[0]): Promise<void> {
    const { code, stderr } = govcloud(["synth", "--out", work]);
    if (code !== 0) throw new Error(stderr);
    const store = readStateStore(environment, work);
    await pMap(
      globSync(join(work, "stacks/*")),
      async (path) => {
        const file = join(path, "cdk.tf.json");
        writeFileSync(file, JSON.stringify(withBackend(JSON.parse(readFileSync(file, "utf8")) as TerraformJson, basename(path), store)));
        await this.#run(path, environment, ["init", "-input=false"]);
        await this.#run(path, environment, ["apply", "-input=false", "-auto-approve", "-parallelism=50"]);
      },
      { concurrency: availableParallelism() },
    );
  }

  /** Whether the cloud has no room for another server of a system. */
  refuses(system: string, full: boolean): void {
    const mark = join(this.#marks, system.replace("/", "--"));
    if (full) writeFileSync(mark, "");
    else rmSync(mark);
  }

  /** The operator has looked at what an apply left half made, found it whole and takes the engine's mark off it. */
  async untaint(stackFolder: string, address: string, environment: NodeJS.ProcessEnv): Promise<void> {
    await this.#run(stackFolder, environment, ["untaint", `terraform_data.${address.replace(".", "--")}`]);
  }

  async #run(path: string, environment: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await outcomeOf(
      spawn(this.engine, args, { cwd: path, env: environment, stdio: ["ignore", "pipe", "pipe"] }),
    );
    if (code !== 0) throw new Error(`${path}: ${stdout}${stderr}`);
  }
}
