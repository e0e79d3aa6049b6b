import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DriftResult } from "../../scripts/drift/result.ts";
import type { PlanResult } from "../../scripts/plan/result.ts";
import type { ApplyResult } from "../../scripts/render/apply-text.ts";
import type { ClusterFacts } from "../kubernetes/start.ts";
import { type Outcome, ROOT } from "../scripts/run.ts";
import { cloudEnvironment } from "./apply.ts";
import { type CloudTreeOptions, writeCloudTree } from "./cloud-tree.ts";
import type { CloudFacts } from "./start.ts";

/** A day within the contract's term; what these tests say does not depend on when they run. */
const FIRST_DAY = "2026-01-15";

/** A tree, its states and the commands of the project on them, as an operator has them: what was merged last is what the next request is compared with. */
export class Site {
  readonly tree: string;
  readonly base: string;
  readonly states: string;
  /** Day that the commands plan for. */
  at: string = FIRST_DAY;
  private readonly folder: string;
  private readonly facts: CloudFacts;
  private readonly options: CloudTreeOptions;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(folder: string, facts: CloudFacts, options: CloudTreeOptions, cluster?: ClusterFacts) {
    this.folder = folder;
    this.facts = facts;
    this.options = options;
    this.tree = join(folder, "tree");
    this.base = join(folder, "base");
    this.states = join(folder, "states");
    this.environment = cloudEnvironment(facts, {
      GOVCLOUD_STATE: this.states,
      GOVCLOUD_TREE: this.tree,
      LANG: "C",
      LC_ALL: "",
      INIT_CWD: folder,
      ...(cluster === undefined ? {} : { KUBE_TOKEN: cluster.token }),
    });
    mkdirSync(this.states, { recursive: true });
    this.write({});
    this.merge();
  }

  /** Writes the request: the samples with these files beside them or in their place; undefined leaves one out. */
  write(files: CloudTreeOptions["files"] & object): void {
    rmSync(this.tree, { recursive: true, force: true });
    mkdirSync(this.tree, { recursive: true });
    writeCloudTree(this.tree, this.facts, { ...this.options, files });
  }

  /** What stands in the tree is what the next request is compared with. */
  merge(): void {
    rmSync(this.base, { recursive: true, force: true });
    cpSync(this.tree, this.base, { recursive: true });
  }

  /** Runs `npm run <command>` without npm. */
  async run(command: string, ...args: string[]): Promise<Outcome> {
    return await this.start(process.execPath, [join(ROOT, "scripts/govcloud.ts"), command, ...args]);
  }

  /** Runs `npm run cdktf -- …` without npm. */
  async cdktf(...args: string[]): Promise<Outcome> {
    return await this.start(process.execPath, [join(ROOT, "scripts/cdktf.ts"), ...args]);
  }

  /** The engine's plan of the request, saved; compared with what was merged last. */
  async plan(...args: string[]): Promise<{ readonly code: number | null; readonly result: PlanResult; readonly saved: string }> {
    const saved = mkdtempSync(join(this.folder, "plan-"));
    rmSync(saved, { recursive: true });
    const base = args.includes("--base") ? [] : ["--base", this.base];
    const outcome = await this.run(
      "plan",
      "--online",
      "--tree",
      this.tree,
      "--at",
      this.at,
      "--save",
      saved,
      "--format",
      "json",
      ...base,
      ...args,
    );
    return { code: outcome.code, result: read<PlanResult>(outcome), saved };
  }

  /** Applies a saved plan as it was approved. */
  async apply({ result, saved }: { readonly result: PlanResult; readonly saved: string }): Promise<ApplyResult> {
    const args = ["--plan", saved, "--tree", this.tree, "--approved", result.fingerprint, "--at", this.at, "--format", "json"];
    return read<ApplyResult>(await this.run("apply", ...args));
  }

  /** Looks for drift in systems, or in all that have a state. */
  async drift(...systems: string[]): Promise<{ readonly code: number | null; readonly result: DriftResult }> {
    const only = systems.flatMap((system) => ["--system", system]);
    const outcome = await this.run("drift", "--tree", this.tree, "--at", this.at, "--format", "json", ...only);
    return { code: outcome.code, result: read<DriftResult>(outcome) };
  }

  private async start(program: string, args: readonly string[]): Promise<Outcome> {
    // Not spawnSync: the images that Glance fetches are served by this process.
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...this.environment, GOVCLOUD_AT: this.at },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const read = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8");
      child[name].on("data", (words: string) => {
        read[name] += words;
      });
    }
    const [code] = (await once(child, "close")) as [number | null];
    return { code, ...read };
  }
}

/** The JSON of a command's standard output; where there is none, its errors are the test's. */
function read<Result>({ code, stdout, stderr }: Outcome): Result {
  try {
    return JSON.parse(stdout) as Result;
  } catch {
    throw new Error(`Cannot read the result of a command that ended with ${code}:\n${stdout.slice(0, 2000)}\n${stderr.slice(-6000)}`);
  }
}
