import type { CommandDefinition } from "./command.ts";
import { addTreeOptions, REPOSITORY, readDay, readHead, type TreeOptions, treeFolder } from "./options.ts";
import { writeResult } from "./output.ts";
import { readBase } from "./plan/base.ts";
import { buildPlan } from "./plan/build-plan.ts";
import { findingResult } from "./plan/put-into-words.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import { readWaiverFiles } from "./plan/read-waiver-files.ts";
import { findingLines } from "./render/plan-text.ts";
import { paintFor } from "./render/style.ts";

interface CheckOptions extends TreeOptions {
  readonly base: string;
}

export const command: CommandDefinition = {
  name: "check",
  summary: "检查：申请是否写对、策略是否通过，不列表格 / Validate and judge everything declared, without tables",
  examples: ["npm run check", "npm run check -- --tree ../request --lang zh", "npm run check -- --at 2025-08-01"],
  configure: (parser) => {
    addTreeOptions(parser).option(
      "--base <revision|folder|none>",
      "与什么比较；有比较才能判断变更 / what to compare with; policies on changes need it",
      "none",
    );
  },
  run,
};

/** Validates and judges every system of a tree; 3 where a file is wrong, 2 where a mandatory policy refuses. */
function run(options: CheckOptions): number {
  const { lang } = options;
  const tree = readHead(options);
  const base = readBase(options.base, treeFolder(options));
  const plan = buildPlan(tree, {
    at: readDay(options.at),
    base: base === undefined ? undefined : readCheckedBase(base),
    all: true,
    waivers: readWaiverFiles(tree, { program: REPOSITORY }),
  });
  const findings = [...plan.findings, ...plan.systems.flatMap((system) => system.findings)];
  const paint = paintFor(process.stdout);
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const refused = plan.verdict === "refused";
  const mandatory = findings.filter(({ level, waiver }) => level === "mandatory" && waiver === undefined).length;
  const resources = plan.systems.reduce((count, system) => count + system.resources.filter(({ action }) => action !== "delete").length, 0);
  const summary = say(
    `${plan.systems.length} 个系统、${resources} 个云上资源已检查：强制未通过 ${mandatory} 项，提示 ${findings.length - mandatory} 条`,
    `${plan.systems.length} systems with ${resources} resources checked: ${mandatory} mandatory ${mandatory === 1 ? "finding" : "findings"}, ${findings.length - mandatory} of advice`,
  );
  const ordered = [...findings].sort((a, b) => Number(a.level === "advisory") - Number(b.level === "advisory"));
  const lines = ordered.flatMap((finding) => findingLines(findingResult(finding, plan, lang), { lang, paint, say }));
  writeResult(
    `${[paint(refused ? "bad" : "good", refused ? say("✘ 拒绝", "✘ REFUSED") : say("✔ 通过", "✔ ACCEPTED")).concat(`  ${summary}`), ...lines].join("\n")}\n`,
    undefined,
  );
  return refused ? 2 : 0;
}
