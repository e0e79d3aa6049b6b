import { expect, test } from "vitest";
import type { Tree, TreeEntry } from "../../../catalog/source/tree.ts";
import { affectedSystems } from "../../../scripts/affected/affected-systems.ts";
import { groupSystems } from "../../../scripts/affected/groups.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { bytesOf, realTree } from "../../tree.ts";

const SYSTEMS = 10_000;
const A_BUREAU = 100;
const JOBS = 20;

/** The sample catalogue, one price more or less, and so many systems of one server. */
function large(price: string): Tree {
  const entries = new Map<string, TreeEntry>();
  const add = (path: string, words: string) => entries.set(path, { kind: "file", bytes: () => bytesOf(words) });
  for (const [path, entry] of realTree().entries) {
    if (!path.startsWith("catalog/") || !path.endsWith(".yaml") || entry.kind !== "file") continue;
    add(path, new TextDecoder().decode(entry.bytes()).replace('"2": "21.60"', `"2": "${price}"`));
  }
  for (let index = 0; index < SYSTEMS; index += 1) {
    const tenant = `stacks/tenants/b${Math.floor(index / A_BUREAU)}`;
    if (index % A_BUREAU === 0) add(`${tenant}/tenant.yaml`, `name: 第${index}局\n`);
    add(
      `${tenant}/s${index}.yaml`,
      `name: 系统${index}\nstage: production\nmlps: 2\npool: gov\nclassified: false\nservers:\n  app: { family: general, cpu: 2, memoryGb: 4, image: kylin-v10-sp3, systemDisk: { type: sas, sizeGb: 40 } }\n`,
    );
  }
  return { label: "large", identity: "large", entries: new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

test(`A price that touches ${SYSTEMS} systems makes ${JOBS} jobs of equal size, found in seconds and little memory`, () => {
  const [before, after] = [readCheckedTree(large("21.60")), readCheckedTree(large("21.50"))];
  globalThis.gc?.();
  const [began, heap] = [performance.now(), process.memoryUsage().heapUsed];
  const { systems } = affectedSystems(after, before, "/nowhere");
  const groups = groupSystems(
    systems.map(({ id }) => id),
    JOBS,
  );
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(300 * 2 ** 20);
  expect(systems).toHaveLength(SYSTEMS);
  expect(systems[0]?.reasons.map(({ words }) => words.en)).toEqual(["line 2: 21.60 → 21.50 (from 2025-06-20)"]);
  expect(new Set(groups.map((group) => group.systems.length))).toEqual(new Set([SYSTEMS / JOBS]));
  // A bureau's systems are together: a hundred each, five bureaus a job.
  expect(groups.map((group) => new Set(group.systems.map((id) => id.split("/")[0])).size)).toEqual(groups.map(() => 5));
}, 180_000);
