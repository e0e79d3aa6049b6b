import { Option } from "commander";
import type { Temporal } from "temporal-polyfill";
import type { Pool } from "../catalog/pool.ts";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { type Lang, text } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import type { Finding } from "./doctor/check.ts";
import { type CheckResult, checkResult } from "./doctor/check-result.ts";
import { examineSavedPlan } from "./doctor/examine-saved-plan.ts";
import { checkForge } from "./doctor/forge.ts";
import { runChecks } from "./doctor/run-checks.ts";
import { cancelOnSignals } from "./engine/cancel.ts";
import { MAX_AGE_HOURS } from "./engine/verify-saved-plan.ts";
import { addForgeOptions } from "./forge/forge-options.ts";
import { type ForgeOptions, openForge } from "./forge/open-forge.ts";
import { addOutOption, addTreeOptions, REPOSITORY, readDay, readHead, type TreeOptions, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { renderDoctor } from "./render/doctor-text.ts";
import { jsonText } from "./render/json-text.ts";
import { paintFor, plain } from "./render/style.ts";

interface DoctorOptions extends TreeOptions, Omit<ForgeOptions, "forge"> {
  /** The forge's settings are checked, and nothing else; true where CI's variables tell which forge it is. */
  readonly forge?: string | true;
  readonly branch?: string;
  readonly pool?: readonly string[];
  readonly plan?: string;
  readonly format: "text" | "json";
}

/** Result of `doctor --format json`; scripts/schema/doctor.schema.json. */
export interface DoctorResult {
  readonly schema: "govcloud/doctor/1";
  readonly checks: readonly CheckResult[];
}

export const command: CommandDefinition = {
  name: "doctor",
  summary:
    "体检：引擎、插件、状态库、登录、角色、配额与容量、目录引用是否齐备 / Check what plan --online and apply need, each with its remedy",
  examples: [
    "npm run doctor",
    "npm run doctor -- --pool gov",
    "npm run doctor -- --plan /tmp/plan",
    "npm run doctor -- --lang zh --format json",
    "GITLAB_TOKEN=… npm run doctor -- --forge gitlab --url https://gitlab.example/api/v4 --project 42",
  ],
  configure: (parser) => {
    addForgeOptions(addOutOption(addTreeOptions(parser)), {
      flag: "--forge [kind]",
      words:
        "只检查代码平台的设置；平台默认取自 CI 变量 / check the settings of the forge, and nothing else; which one: from CI's variables",
    })
      .option("--branch <name>", "受保护的分支，默认项目的默认分支 / the protected branch, default: the project's default one")
      .option("--pool <key...>", "只检查这些资源池，默认全部 / check these pools only, default: all")
      .option(
        "--plan <folder>",
        "保存的计划所在的目录：只检查执行它所需的 / folder of a saved plan: check what its apply needs, and nothing else",
      )
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

/** Makes every check, or those that a saved plan stands on; 1 where one failed. */
async function run(options: DoctorOptions): Promise<number> {
  const { lang, format, out } = options;
  const findings = options.forge === undefined ? await checkCloud(options) : await checkSettings(options);
  writeResult(
    format === "json"
      ? jsonText(doctorResult(findings, lang))
      : renderDoctor(findings, { lang, paint: out === undefined ? paintFor(process.stdout) : plain }),
    out,
  );
  return findings.some(({ result }) => result === "failed") ? 1 : 0;
}

/** What apply would find before it begins, the plan itself first; nobody's approval is asked for. */
async function planFindings(folder: string, tree: CheckedTree, day: Temporal.PlainDate): Promise<readonly Finding[]> {
  const { signal, release } = cancelOnSignals();
  try {
    const environment = { repository: REPOSITORY, environment: process.env, signal };
    const { refusals, findings } = await examineSavedPlan(folder, {
      ...environment,
      tree,
      maxAgeHours: MAX_AGE_HOURS,
      instant: new Date(),
      day,
    });
    const own = refusals.map((refusal): Finding => ({ id: "saved-plan", result: "failed", ...refusal }));
    const sound: Finding = { id: "saved-plan", result: "ok", message: text("就是保存时的计划", "the plan is as it was saved") };
    return [...(own.length > 0 ? own : [sound]), ...findings];
  } finally {
    release();
  }
}

async function checkCloud(options: DoctorOptions): Promise<readonly Finding[]> {
  if (options.plan !== undefined && options.pool !== undefined)
    throw new InvalidRequest(
      text("--plan 与 --pool 不能同用：计划决定检查哪些资源池", "Cannot use --pool with --plan: the plan decides which pools are checked"),
    );
  const tree = readHead(options);
  return options.plan === undefined
    ? await runChecks({ tree, environment: process.env, repository: REPOSITORY }, poolsOf(tree, options.pool))
    : await planFindings(userPath(options.plan), tree, readDay(options.at));
}

async function checkSettings({ forge: kind, branch, ...options }: DoctorOptions): Promise<readonly Finding[]> {
  const { forge } = await openForge(typeof kind === "string" ? { ...options, forge: kind } : options);
  return await checkForge(forge, branch);
}

function doctorResult(findings: readonly Finding[], lang: Lang): DoctorResult {
  return {
    schema: "govcloud/doctor/1",
    checks: findings.map((finding) => checkResult(finding, lang)),
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
