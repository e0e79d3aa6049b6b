import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { type EnginePlan, parseEnginePlan, parseForeignPlan, readPlan, readPlanBytes } from "../catalog/terraform-plan/read-plan.ts";
import { costingFacts } from "../cost/costing.ts";
import { plannedQuantities } from "../cost/planned-quantities.ts";
import { quote } from "../cost/quote.ts";
import { viewOf } from "../scripts/engine/read-view.ts";
import { judgePlans } from "../scripts/plan/judge-plans.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { fastestInTurn } from "./measure.ts";
import { writePlanOf } from "./plan-file.ts";

const SAMPLES = fileURLToPath(new URL("../test/fixtures/tree", import.meta.url));
const SIZES = [1000, 10_000, 100_000];
/** A system that is made, and one that stays as it is. */
const RECORDED = ["create-system", "no-op"];

/** What is done with a plan file. */
const WORK: Readonly<
  Record<string, { readonly name: string; readonly target?: number; readonly prepare: () => (path: string) => unknown }>
> = {
  parse: { name: "JSON.parse of the file", prepare: () => (path) => JSON.parse(readFileSync(path, "utf8")) },
  foreign: { name: "  reading, from elsewhere", prepare: () => (path) => readPlan(parseForeignPlan(path, readPlanBytes(path))) },
  read: { name: "  reading, from the engine", prepare: () => readEnginePlan },
  price: {
    name: "  reading and pricing",
    target: 1.5,
    prepare: () => {
      const { catalogue } = readCheckedTree(readDirectoryTree(SAMPLES));
      const at = readDay("2026-01-15");
      const book = priceBookAt(catalogue, contractAt(catalogue, at), at);
      return (path) => {
        const plan = readEnginePlan(path);
        const [before, after] = [plan.before, plan.after].map((side) => ({
          book,
          quantities: plannedQuantities(side, costingFacts(catalogue, side, undefined)).quantities,
        }));
        return after === undefined ? undefined : quote(catalogue, before, after);
      };
    },
  },
  judge: {
    name: "  with exposure and every policy",
    target: 2,
    prepare: () => {
      const tree = readCheckedTree(readDirectoryTree(SAMPLES));
      const at = readDay("2026-01-15");
      return (path) => judgePlans(tree, [{ id: "bench", file: path, view: viewOf(readEnginePlan(path)) }], { at, pool: undefined });
    },
  },
};

function readEnginePlan(path: string): EnginePlan {
  return readPlan(parseEnginePlan(path, readPlanBytes(path)));
}

/** Reading, pricing and judging an engine's plan beside parsing its file: processor time, and peak memory of the process. */
export function run(): void {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-bench-"));
  try {
    for (const recorded of RECORDED) {
      for (const size of SIZES) {
        const path = join(folder, "plan.json");
        const resources = writePlanOf(recorded, size, path);
        process.stdout.write(`${recorded}, ${resources} resources, ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB\n`);
        const times = measureApart<number[]>("measureTimes", path, String(roundsOf(size)));
        for (const [index, [key, { name, target }]] of Object.entries(WORK).entries()) {
          const milliseconds = times[index] ?? Number.NaN;
          const ratio = milliseconds / (times[0] ?? Number.NaN);
          const peakMib = measureApart<number>("measurePeak", path, key);
          const wanted = target === undefined ? "" : `  target ${target} ×`;
          process.stdout.write(
            `  ${name.padEnd(34)} ${milliseconds.toFixed(0).padStart(7)} ms ${ratio.toFixed(2).padStart(6)} × ${peakMib.toFixed(0).padStart(6)} MiB${wanted}\n`,
          );
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rounds of every work, the parser's too: a small plan is read in fewer milliseconds than the runtime takes to compile what reads it. */
function roundsOf(size: number): number {
  return size >= 100_000 ? 2 : size >= 10_000 ? 10 : 60;
}

/** What one of the functions below answers in a process of its own. */
function measureApart<T>(measure: "measureTimes" | "measurePeak", path: string, more: string): T {
  const script = `const bench = await import(${JSON.stringify(import.meta.url)}); bench.${measure}(...process.argv.slice(1));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=12000", "--input-type=module", "-e", script, path, more],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`Cannot measure ${path}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Milliseconds of processor time of every work, taken in turn. */
export function measureTimes(path: string, rounds: string): void {
  const works = Object.values(WORK).map(({ prepare }) => {
    const work = prepare();
    return () => () => work(path);
  });
  process.stdout.write(JSON.stringify(fastestInTurn(Number(rounds), works)));
}

/** Most memory that one work takes, MiB. */
export function measurePeak(path: string, key: string): void {
  const work = WORK[key]?.prepare();
  if (work === undefined) throw new Error(`Cannot measure ${key}: wanted one of ${Object.keys(WORK).join(", ")}`);
  work(path);
  process.stdout.write(JSON.stringify(process.resourceUsage().maxRSS / 1024));
}
