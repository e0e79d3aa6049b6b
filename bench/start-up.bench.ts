import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fastest, report } from "./measure.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** `npm start` after installation is to stay under this on the machines it was measured on; later work sees what it costs. */
const BUDGET_MS = 3000;

/** Phases inside one process, each measured after the one before, as `npm start` runs them. */
const PHASES = `
const marks = [["", performance.now()]];
const mark = (name) => marks.push([name, performance.now()]);
await import("./scripts/plan.ts");
const { readDirectoryTree } = await import("./catalog/source/tree.ts");
const { readCheckedTree } = await import("./scripts/plan/read-tree.ts");
const { declareSide, synthesiseSystems, addUp } = await import("./scripts/plan/system-plan.ts");
const { buildPlan } = await import("./scripts/plan/build-plan.ts");
const { contractAt, priceBookAt } = await import("./catalog/catalogue.ts");
const { quote } = await import("./cost/quote.ts");
const { planResult } = await import("./scripts/plan/put-into-words.ts");
const { renderPlanText } = await import("./scripts/render/plan-text.ts");
const { readDay } = await import("./catalog/day.ts");
mark("imports");
const tree = readCheckedTree(readDirectoryTree("."));
mark("reading and validating");
const at = readDay("2026-01-01");
const contract = contractAt(tree.catalogue, at);
const side = declareSide(tree, contract, at);
quote(tree.catalogue, undefined, { quantities: addUp(side), book: priceBookAt(tree.catalogue, contract, at) });
mark("pricing the declarations");
synthesiseSystems(side, new Set(side.declared.keys()));
mark("synthesis of every stack");
const plan = buildPlan(tree, { at, base: undefined });
mark("whole plan (synthesis again, warm)");
renderPlanText(planResult(plan, "zh"), { lang: "zh" });
mark("rendering");
console.log(JSON.stringify(marks.slice(1).map(([name, time], index) => [name, time - marks[index][1]])));
`;

/** What a newcomer waits for, and what each part of it takes. */
export function run(): void {
  const node = (args: readonly string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  const bare = fastest(5, () => node(["-e", "0"]));
  const whole = fastest(3, () => node(["scripts/govcloud.ts", "plan", "--base", "none"]));
  const help = fastest(3, () => node(["scripts/govcloud.ts", "plan", "--help"]));
  const setUp = fastest(3, () => node(["scripts/setup/setup.mjs"]));
  const phases = JSON.parse(node(["--input-type=module", "-e", PHASES]).stdout) as [string, number][];
  report(
    [
      ["node -e 0", bare],
      ["set-up with nothing to do", setUp],
      ["plan --help", help],
      ["plan --base none (all samples)", whole],
      ...phases.map(([name, ms]): [string, number] => [`  ${name}`, ms]),
    ],
    { name: "node -e 0", milliseconds: bare },
  );
  process.stdout.write(`budget of npm start: ${BUDGET_MS} ms, used ${((100 * (whole + setUp)) / BUDGET_MS).toFixed(0)} %\n`);
}
