import { Option } from "commander";
import type { Pool } from "../catalog/pool.ts";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { type Lang, text } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import type { Finding } from "./doctor/check.ts";
import { checkForge } from "./doctor/forge.ts";
import { runChecks } from "./doctor/run-checks.ts";
import { addForgeOptions } from "./forge/forge-options.ts";
import { type ForgeOptions, openForge } from "./forge/open-forge.ts";
import { addLangOption, addOutOption, REPOSITORY, readHead, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { renderDoctor } from "./render/doctor-text.ts";
import { paintFor, plain } from "./render/style.ts";

interface DoctorOptions extends TreeOptions, Omit<ForgeOptions, "forge"> {
  /** The forge's settings are checked, and nothing else; true where CI's variables tell which forge it is. */
  readonly forge?: string | true;
  readonly branch?: string;
  readonly pool?: readonly string[];
  readonly format: "text" | "json";
}

/** Result of `doctor --format json`; scripts/schema/doctor.schema.json. */
export interface DoctorResult {
  readonly schema: "govcloud/doctor/1";
  readonly checks: readonly {
    readonly id: string;
    readonly result: Finding["result"];
    readonly message: string;
    /** Null where nothing has to be done. */
    readonly remedy: string | null;
  }[];
}

export const command: CommandDefinition = {
  name: "doctor",
  summary:
    "体检：引擎、插件、状态库、登录、角色、配额与容量、目录引用是否齐备 / Check what plan --online and apply need, each with its remedy",
  examples: [
    "npm run doctor",
    "npm run doctor -- --pool gov",
    "npm run doctor -- --lang zh --format json",
    "GITLAB_TOKEN=… npm run doctor -- --forge gitlab --url https://gitlab.example/api/v4 --project 42",
  ],
  configure: (parser) => {
    addForgeOptions(addOutOption(addLangOption(parser)), {
      flag: "--forge [kind]",
      words:
        "只检查代码平台的设置；平台默认取自 CI 变量 / check the settings of the forge, and nothing else; which one: from CI's variables",
    })
      .option("--branch <name>", "受保护的分支，默认项目的默认分支 / the protected branch, default: the project's default one")
      .option("--tree <folder>", "含 catalog/ 和 stacks/tenants/ 的目录，默认本仓库 / folder to read, default: this repository")
      .option("--pool <key...>", "只检查这些资源池，默认全部 / check these pools only, default: all")
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

/** Makes every check; 1 where one failed. */
async function run(options: DoctorOptions): Promise<number> {
  const { lang, format, out } = options;
  const findings = options.forge === undefined ? await checkCloud(options) : await checkSettings(options);
  writeResult(
    format === "json"
      ? `${JSON.stringify(doctorResult(findings, lang), null, 2)}\n`
      : renderDoctor(findings, { lang, paint: out === undefined ? paintFor(process.stdout) : plain }),
    out,
  );
  return findings.some(({ result }) => result === "failed") ? 1 : 0;
}

async function checkCloud(options: DoctorOptions): Promise<readonly Finding[]> {
  const tree = readHead(options);
  return await runChecks({ tree, environment: process.env, repository: REPOSITORY }, poolsOf(tree, options.pool));
}

async function checkSettings({ forge: kind, branch, ...options }: DoctorOptions): Promise<readonly Finding[]> {
  const { forge } = await openForge(typeof kind === "string" ? { ...options, forge: kind } : options);
  return await checkForge(forge, branch);
}

function doctorResult(findings: readonly Finding[], lang: Lang): DoctorResult {
  return {
    schema: "govcloud/doctor/1",
    checks: findings.map(({ id, result, message, remedy }) => ({ id, result, message: message[lang], remedy: remedy?.[lang] ?? null })),
  };
}

function poolsOf({ catalogue: { pools } }: CheckedTree, keys: readonly string[] | undefined): readonly Pool[] {
  return (keys ?? [...pools.keys()]).map((key) => {
    const pool = pools.get(key);
    if (pool !== undefined) return pool;
    const known = [...pools.keys()].join(", ");
    throw new InvalidRequest(text(`没有资源池 ${key}，只有 ${known}`, `Cannot check pool "${key}": wanted one of ${known}`));
  });
}
