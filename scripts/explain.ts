import { Argument, Option } from "commander";
import type { CommandDefinition } from "./command.ts";
import { explain } from "./explain/explanation.ts";
import { findTopic } from "./explain/find-topic.ts";
import { addOutOption, addTreeOptions, headTree, readDay, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import { readCheckedCatalogue } from "./plan/read-tree.ts";
import { renderExplanation } from "./render/explain-text.ts";
import { jsonText } from "./render/json-text.ts";
import { paintFor, plain } from "./render/style.ts";

interface ExplainOptions extends TreeOptions {
  readonly format: "text" | "json";
}

export const command: CommandDefinition = {
  name: "explain",
  summary: "解释：一条策略、附件1的一项或一个条款 / Tell a policy, a line of Annex 1 or a clause to a person",
  examples: [
    "npm run explain                                   # 全部策略 / every policy",
    "npm run explain -- security/no-classified-system  # 或 no-classified-system / or its unique end",
    "npm run explain -- security                       # 一类策略 / the policies of an area",
    "npm run explain -- 14                             # 附件1第14项 / line 14 of Annex 1; L1: the circuits",
    "npm run explain -- 7.1.1                          # 合同条款 / a clause of the contract",
    "npm run explain -- 附件2 7",
    "npm run explain -- GB/T 22239-2019 8.1.4.8",
  ],
  configure: (parser) => {
    addOutOption(addTreeOptions(parser))
      .addArgument(
        new Argument(
          "[what...]",
          "策略、分类、附件1的项或条款，默认列出全部策略 / a policy, area, line or clause; default: list all policies",
        ),
      )
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

/** Explains what is asked; 3 with a suggestion where there is no such thing. */
async function run(options: ExplainOptions, what: readonly string[]): Promise<number> {
  const { lang, format, out } = options;
  const topic = findTopic(what.join(" "));
  const tree = headTree(options);
  // Policies, lines and clauses rest on no declaration: one that is being written keeps nobody from asking.
  const catalogue = readCheckedCatalogue(tree);
  const explanation = await explain(topic, { catalogue, at: readDay(options.at), head: tree.label, lang });
  const paint = out === undefined ? paintFor(process.stdout) : plain;
  writeResult(format === "json" ? jsonText(explanation) : renderExplanation(explanation, { lang, paint }), out);
  return 0;
}
