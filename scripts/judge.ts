import { existsSync } from "node:fs";
import { basename } from "node:path";
import { Argument, Option } from "commander";
import type { Pool } from "../catalog/pool.ts";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { didYouMean } from "../catalog/source/did-you-mean.ts";
import { parseForeignPlan, readPlan, readPlanBytes } from "../catalog/terraform-plan/read-plan.ts";
import { type Lang, text } from "../catalog/text.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import type { CommandDefinition } from "./command.ts";
import { viewOf } from "./engine/read-view.ts";
import { sha256 } from "./engine/saved-plan.ts";
import { addOutOption, addTreeOptions, readDay, readHead, type TreeOptions, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import type { Plan } from "./plan/build-plan.ts";
import { judgePlans } from "./plan/judge-plans.ts";
import { leftOutNotes } from "./plan/left-out-notes.ts";
import { planResult } from "./plan/put-into-words.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import type { PlanResult } from "./plan/result.ts";
import { selectFindings } from "./plan/selection.ts";
import { FINDINGS_FORMATS, type FindingsFormat, renderFindings } from "./render/findings-formats.ts";
import { findingsReport } from "./render/findings-report.ts";
import { jsonText } from "./render/json-text.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";
import { renderPlanText } from "./render/plan-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { tellingInvalid } from "./tell-invalid.ts";

interface JudgeOptions extends TreeOptions {
  readonly pool?: string;
  readonly format: "text" | "markdown" | "json" | FindingsFormat;
}

export const command: CommandDefinition = {
  name: "judge",
  summary: "评判：给别的流水线做的 Terraform 计划计价、审核 / Price and judge plan files that other pipelines made",
  examples: [
    "npm run judge -- plans/*.json --format json",
    "terraform show -json plan.bin > shop.json && npm run judge -- shop.json",
    "npm run judge -- shop.json --pool gov --at 2025-08-01",
  ],
  configure: (parser) => {
    addOutOption(addTreeOptions(parser))
      .addArgument(new Argument("<plan.json...>", "terraform 或 tofu show -json 的输出 / output of terraform or tofu show -json"))
      .option(
        "--pool <key>",
        "计划所在的资源池（catalog/pools.yaml），默认按全部资源池识别 / pool of the plans; default: whatever fits any pool",
      )
      .addOption(
        new Option("--format <format>", "输出格式 / output format")
          .choices(["text", "markdown", "json", ...FINDINGS_FORMATS])
          .default("text"),
      );
  },
  run: tellingInvalid("judge", run),
};

/** Judges plan files and prints them like a plan; 2 where one is refused, as with what cannot be priced. */
async function run(options: JudgeOptions, files: readonly string[]): Promise<number> {
  const { lang, format, out } = options;
  const tree = readHead(options);
  const at = readDay(options.at);
  const ids = nameFiles(files);
  const read = files.map((file, index) => {
    const [id, bytes] = [ids[index] ?? file, readPlanBytes(wanted(file), file)];
    return {
      plan: { id, file, view: viewOf(readPlan(parseForeignPlan(file, bytes))) },
      digest: { stack: id, planned: sha256(bytes), state: null },
    };
  });
  const plans = read.map((each) => each.plan);
  const digests = read.map(({ digest }) => digest);
  // As in a plan, an event is told once.
  const plan = selectFindings(judgePlans(tree, plans, { at, pool: poolOf(options.pool, tree) }), undefined);
  const result = foreignResult(planResult(plan, lang, digests), plan, files, lang);
  const paint = out === undefined ? paintFor(process.stdout) : plain;
  switch (format) {
    case "json":
      writeResult(jsonText(result), out);
      break;
    case "markdown":
      writeResult(renderPlanMarkdown(result, lang), out);
      break;
    case "text":
      writeResult(renderPlanText(result, { lang, paint, detailed: files.length <= 3 }), out);
      break;
    default:
      writeResult(await renderFindings(findingsReport(plan, { command: "judge", lang, selection: undefined }), format), out);
  }
  return result.verdict === "refused" ? 2 : 0;
}

/** The plan object with what is different here: it compares with the states that the plans were made against. */
function foreignResult(result: PlanResult, plan: Plan, files: readonly string[], lang: Lang): PlanResult {
  return {
    ...result,
    foreign: true,
    base: lang === "zh" ? "计划时的状态" : "the states planned against",
    basePriceBook: result.priceBook,
    head: files.join(", "),
    notes: [...leftOutNotes(plan).map((note) => note[lang]), ...result.notes],
  };
}

/**
 * A system's id is its file's name without the ending; two files of one name are told apart by their place. The platform's id stays its own: policies
 * and names go by it.
 */
function nameFiles(files: readonly string[]): string[] {
  const names = files.map((file) => basename(file).replace(/\.json$/i, "")).map((name) => (name === PLATFORM ? `${name}.json` : name));
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name}#${index + 1}`));
}

function wanted(file: string): string {
  const path = userPath(file);
  if (!existsSync(path)) throw new InvalidRequest(text(`没有文件 ${file}`, `Cannot find the plan file ${file}`));
  return path;
}

function poolOf(key: string | undefined, { catalogue }: CheckedTree): Pool | undefined {
  if (key === undefined) return undefined;
  const pool = catalogue.pools.get(key);
  if (pool !== undefined) return pool;
  const meant = didYouMean(key, [...catalogue.pools.keys()]);
  throw new InvalidRequest(
    text(
      `没有资源池“${key}”${meant === undefined ? "" : `；是不是 ${meant}`}`,
      `Cannot find pool "${key}"${meant === undefined ? "" : `; did you mean ${meant}`}`,
    ),
  );
}
