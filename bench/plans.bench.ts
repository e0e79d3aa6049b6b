import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { parseEnginePlan, readPlan, readPlanBytes } from "../catalog/terraform-plan/read-plan.ts";
import { costingFacts } from "../cost/costing.ts";
import { plannedQuantities } from "../cost/planned-quantities.ts";
import { quote } from "../cost/quote.ts";
import { viewOf } from "../scripts/engine/read-view.ts";
import { judgePlans } from "../scripts/plan/judge-plans.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { writePlanOf } from "./plan-file.ts";

const SAMPLES = fileURLToPath(new URL("../test/fixtures/tree", import.meta.url));
const SIZES = [1000, 10_000, 100_000];
/** A system that is made, and one that stays as it is. */
const RECORDED = ["create-system", "no-op"];

/** What is done with a plan file, each in a process of its own, so that its memory is its own. */
const WORK: Readonly<
  Record<string, { readonly name: string; readonly target?: number; readonly prepare: () => (path: string) => unknown }>
> = {
  parse: { name: "JSON.parse of the file", prepare: () => (path) => JSON.parse(readFileSync(path, "utf8")) },
  read: { name: "  reading", prepare: () => (path) => readPlan(parseEnginePlan("plan.json", readPlanBytes(path))) },
  price: {
    name: "  reading and pricing",
    target: 1.5,
    prepare: () => {
      const { catalogue } = readCheckedTree(readDirectoryTree(SAMPLES));
      const at = readDay("2026-01-15");
      const book = priceBookAt(catalogue, contractAt(catalogue, at), at);
      return (path) => {
        const plan = readPlan(parseEnginePlan("plan.json", readPlanBytes(path)));
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
      return (path) =>
        judgePlans(tree, [{ id: "bench", view: viewOf(readPlan(parseEnginePlan("plan.json", readPlanBytes(path)))) }], {
          at,
          pool: undefined,
        });
    },
  },
};

/** Reading, pricing and judging an engine's plan beside parsing its file: wall and processor time, and peak memory of the process. */
export function run(): void {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-bench-"));
  try {
    for (const recorded of RECORDED) {
      for (const size of SIZES) {
        const path = join(folder, "plan.json");
        const resources = writePlanOf(recorded, size, path);
        process.stdout.write(`${recorded}, ${resources} resources, ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB\n`);
        let yardstick: Measured | undefined;
        for (const [key, { name, target }] of Object.entries(WORK)) {
          const measured = measureApart(key, path, size >= 100_000 ? 2 : 5);
          yardstick ??= measured;
          const wall = row(measured.milliseconds, yardstick.milliseconds);
          const processor = row(measured.processor, yardstick.processor);
          const wanted = target === undefined ? "" : `  target ${target} ×`;
          process.stdout.write(
            `  ${name.padEnd(34)} wall ${wall}  processor ${processor}  ${measured.peakMib.toFixed(0).padStart(6)} MiB${wanted}\n`,
          );
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function row(milliseconds: number, yardstick: number): string {
  return `${milliseconds.toFixed(0).padStart(7)} ms ${(milliseconds / yardstick).toFixed(2).padStart(6)} ×`;
}

interface Measured {
  readonly milliseconds: number;
  /** Milliseconds of all processors, the collector's threads too: less disturbed by what else a machine does. */
  readonly processor: number;
  readonly peakMib: number;
}

/** Fastest of some runs in one process; its memory is that of the largest. */
function measureApart(key: string, path: string, runs: number): Measured {
  const script = `const { measure } = await import(${JSON.stringify(import.meta.url)}); measure(...process.argv.slice(1));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=12000", "--input-type=module", "-e", script, key, path, String(runs)],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`Cannot measure ${key}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

/** Runs in the process apart. */
export function measure(key: string, path: string, runs: string): void {
  const work = WORK[key]?.prepare();
  if (work === undefined) throw new Error(`Cannot measure ${key}: wanted one of ${Object.keys(WORK).join(", ")}`);
  const measurements = Array.from({ length: Number(runs) }, () => {
    const [began, before] = [performance.now(), process.cpuUsage()];
    work(path);
    const { user, system } = process.cpuUsage(before);
    return { milliseconds: performance.now() - began, processor: (user + system) / 1000 };
  });
  const least = (key: "milliseconds" | "processor") => Math.min(...measurements.map((each) => each[key]));
  const measured: Measured = {
    milliseconds: least("milliseconds"),
    processor: least("processor"),
    peakMib: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify(measured));
}
