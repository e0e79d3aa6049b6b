import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import { wrongArgument } from "../wrong-argument.ts";
import { engineEnvironment } from "./engine-environment.ts";
import type { Engine } from "./find-engine.ts";
import { type EngineContext, TIME_LIMITS, type TimeLimits } from "./plan-stack.ts";
import { LOCAL_FOLDER, type StateStore } from "./state-store.ts";

/** Options of every command that runs the engine. */
export interface EngineOptions {
  readonly jobs?: number;
  /** Minutes a step may take. */
  readonly timeLimit?: number;
}

export function addEngineOptions(command: Command): Command {
  return command
    .option("--jobs <count>", "同时处理几个系统，默认 CPU 核数 / systems at a time, default: processor cores", count)
    .option("--time-limit <minutes>", "每一步最多多少分钟 / minutes that one step may take, default: 15 to plan, 60 to apply", minutes);
}

export function jobsOf({ jobs }: EngineOptions): number {
  return jobs ?? availableParallelism();
}

/** Everything that the steps of one run share, from options and environment. */
export function engineContext(
  engine: Engine,
  store: StateStore,
  options: EngineOptions & {
    readonly repository: string;
    readonly cloud: boolean;
    readonly signal: AbortSignal;
    readonly environment: NodeJS.ProcessEnv;
  },
): EngineContext {
  const { repository, cloud, signal, environment: from } = options;
  if ((from["GOVCLOUD_STATE_PASSPHRASE"] ?? "") !== "" && engine.kind === "Terraform")
    throw new InvalidRequest(
      text(
        "设了 GOVCLOUD_STATE_PASSPHRASE，但 Terraform 不能加密状态；请改用 OpenTofu",
        "Cannot encrypt the state: GOVCLOUD_STATE_PASSPHRASE is set, but only OpenTofu encrypts; use OpenTofu",
      ),
    );
  const own = from["TF_PLUGIN_CACHE_DIR"];
  const pluginCache = own === undefined || own === "" ? join(repository, LOCAL_FOLDER, "plugin-cache") : own;
  mkdirSync(pluginCache, { recursive: true });
  return {
    engine,
    store,
    signal,
    environment: engineEnvironment(from, { store, cloud, pluginCache }),
    timeLimits: limits(options.timeLimit),
  };
}

function limits(wish: number | undefined): TimeLimits {
  if (wish === undefined) return TIME_LIMITS;
  const all = wish * 60_000;
  return { init: all, plan: all, show: all, apply: all };
}

function count(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 256) throw wrongArgument("要 1 到 256 的整数", "wanted a whole number from 1 to 256");
  return number;
}

function minutes(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number <= 0 || number > 1440)
    throw wrongArgument("要分钟数，大于 0，最多 1440", "wanted minutes, more than 0, at most 1440");
  return number;
}
