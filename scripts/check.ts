import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import { forecastTerm } from "../cost/forecast.ts";
import { monthlyFee } from "../cost/money.ts";
import { quote } from "../cost/quote.ts";
import { judgeContract, judgeSystem, refuses } from "../policies/evaluate.ts";
import type { CommandDefinition } from "./command.ts";
import { addTreeOptions, readDay, readHead, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import { findingResult } from "./plan/put-into-words.ts";
import { addUp, declareSide, planSystems } from "./plan/system-plan.ts";
import { findingLines } from "./render/plan-text.ts";
import { paintFor } from "./render/style.ts";

export const command: CommandDefinition = {
  name: "check",
  summary: "检查：申请是否写对、策略是否通过，不列表格 / Validate and judge everything declared, without tables",
  examples: ["npm run check", "npm run check -- --tree ../request --lang zh", "npm run check -- --at 2025-08-01"],
  configure: (parser) => {
    addTreeOptions(parser);
  },
  run,
};

/** Validates and judges every system of a tree; 3 where a file is wrong, 2 where a mandatory policy refuses. */
function run(options: TreeOptions): number {
  const { lang } = options;
  const at = readDay(options.at);
  const tree = readHead(options);
  const contract = contractAt(tree.catalogue, at);
  const priceBook = priceBookAt(tree.catalogue, contract, at);
  const side = declareSide(tree, contract);
  const subjects = planSystems(side, new Set(side.declared.keys()));
  const list = quote(tree.catalogue, undefined, { quantities: addUp(side), book: priceBook }).monthly.after;
  const forecast = forecastTerm(monthlyFee(list, contract), contract);
  const findings = [
    ...judgeContract({ at, catalogue: tree.catalogue, contract, priceBook, declarations: tree.declarations.systems, forecast }),
    ...[...subjects.values()].flatMap((subject) => judgeSystem(subject)),
  ];
  const paint = paintFor(process.stdout);
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const refused = refuses(findings);
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  const resources = [...subjects.values()].reduce((count, subject) => count + subject.resources.length, 0);
  const summary = say(
    `${subjects.size} 个系统、${resources} 个云上资源已检查：强制未通过 ${mandatory} 项，提示 ${findings.length - mandatory} 条`,
    `${subjects.size} systems with ${resources} resources checked: ${mandatory} mandatory ${mandatory === 1 ? "finding" : "findings"}, ${findings.length - mandatory} of advice`,
  );
  const ordered = [...findings].sort((a, b) => Number(a.level === "advisory") - Number(b.level === "advisory"));
  const lines = ordered.flatMap((finding) => findingLines(findingResult(finding, tree, lang), { lang, paint, say }));
  writeResult(
    `${[paint(refused ? "bad" : "good", refused ? say("✘ 拒绝", "✘ REFUSED") : say("✔ 通过", "✔ ACCEPTED")).concat(`  ${summary}`), ...lines].join("\n")}\n`,
    undefined,
  );
  return refused ? 2 : 0;
}
