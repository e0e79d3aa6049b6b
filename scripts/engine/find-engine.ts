import { $, which } from "zx";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "./engine-failure.ts";

/** The program that plans and applies. */
export interface Engine {
  readonly kind: "OpenTofu" | "Terraform";
  readonly path: string;
  readonly version: string;
}

/** Oldest engine whose plan JSON and `-json` messages this program reads. */
const OLDEST = [1, 6] as const;

/** OpenTofu where PATH has it, else Terraform; GOVCLOUD_ENGINE names another by its path. */
export async function findEngine(environment: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const wish = environment["GOVCLOUD_ENGINE"];
  const names = wish === undefined || wish === "" ? ["tofu", "terraform"] : [wish];
  for (const name of names) {
    const path = await which(name, { nothrow: true, path: environment["PATH"] ?? "" });
    if (path !== null) return await identify(path);
  }
  throw new EngineFailure(
    "no-engine",
    wish === undefined || wish === ""
      ? text("PATH 里没有 tofu，也没有 terraform", "Cannot find an engine: PATH has neither tofu nor terraform")
      : text(`GOVCLOUD_ENGINE 指明的 ${wish} 不存在或不能执行`, `Cannot run ${wish}, which GOVCLOUD_ENGINE names`),
  );
}

async function identify(path: string): Promise<Engine> {
  const { stdout, exitCode } = await $({
    nothrow: true,
    quiet: true,
    timeout: 30_000,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", CHECKPOINT_DISABLE: "1" },
  })`${path} version`;
  const found = /^(OpenTofu|Terraform) v((\d+)\.(\d+)\.\S+)/m.exec(stdout);
  if (exitCode !== 0 || found === null)
    throw new EngineFailure(
      "no-engine",
      text(`${path} 不是 OpenTofu 或 Terraform`, `Cannot use ${path}: it is neither OpenTofu nor Terraform`),
    );
  const [, kind, version = "", major, minor] = found;
  if (Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]))
    throw new EngineFailure(
      "engine-too-old",
      text(
        `${path} 是 ${kind} ${version}，需要 ${OLDEST.join(".")} 以上`,
        `Cannot use ${path}: it is ${kind} ${version}, wanted ${OLDEST.join(".")} or later`,
      ),
    );
  return { kind: kind as Engine["kind"], path, version };
}
