import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree, type Tree } from "../catalog/source/tree.ts";
import { buildPlan } from "../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { fastest, report } from "./measure.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SAMPLE = "stacks/tenants/hrss/job-service.yaml";

/** A request that touches one system among many: reading all, pricing all, synthesising one on each side. */
export function run(): void {
  const at = readDay("2026-01-01");
  for (const count of [100, 1000, 5000]) {
    const base = treeOf(count, "");
    const head = treeOf(count, "\n# touched\n");
    const began = performance.now();
    const [before, after] = [readCheckedTree(base), readCheckedTree(head)];
    const reading = (performance.now() - began) / 2;
    const planning = fastest(3, () => buildPlan(after, { at, base: before }));
    const bytes = JSON.stringify([...base.entries.keys()].map((path) => [path, readFileSync(`${ROOT}${SAMPLE}`, "utf8")]));
    const parse = fastest(5, () => JSON.parse(bytes));
    process.stdout.write(`${count} systems, ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB\n`);
    report(
      [
        ["  reading and validating one tree", reading],
        ["  planning a change of one system", planning],
      ],
      { name: "JSON.parse of the same text", milliseconds: parse },
    );
  }
}

/** The real catalogue with `count` copies of a sample system, the first one touched. */
function treeOf(count: number, touch: string): Tree {
  const real = readDirectoryTree(ROOT);
  const entries = new Map([...real.entries].filter(([path]) => path.startsWith("catalog/")));
  const text = readFileSync(`${ROOT}${SAMPLE}`, "utf8");
  const file = (words: string) => ({ kind: "file", bytes: () => Buffer.from(words) }) as const;
  for (let tenant = 0; tenant * 50 < count; tenant += 1) {
    entries.set(`stacks/tenants/bureau-${tenant}/tenant.yaml`, file(`name: 第${tenant}局\n`));
    for (let system = 0; system < 50 && tenant * 50 + system < count; system += 1) {
      const tenantless = text.replace(/from: tenant/g, "from: 10.0.0.0/8");
      entries.set(
        `stacks/tenants/bureau-${tenant}/system-${system}.yaml`,
        file(tenantless.replace(/^name: .*$/m, `name: 系统${tenant}-${system}`) + (tenant + system === 0 ? touch : "")),
      );
    }
  }
  return { label: `${count} systems`, identity: "bench", entries };
}
