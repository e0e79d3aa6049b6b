import { fileURLToPath } from "node:url";
import { contractAt } from "../catalog/catalogue.ts";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { readSynthesised } from "../catalog/terraform-plan/read-synthesised.ts";
import { judgeSystem } from "../policies/evaluate.ts";
import { POLICIES } from "../policies/index.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { declareSide, subjectOf } from "../scripts/plan/system-plan.ts";
import { buildApp, synthesise } from "../stacks/build-app.ts";
import { fastest, report } from "./measure.ts";

const SAMPLES = fileURLToPath(new URL("../test/fixtures/tree", import.meta.url));
const RESOURCES = 100_000;

/** Every policy over 100,000 planned resources, beside parsing the JSON that they come from: the target is at most as long. */
export function run(): void {
  const at = readDay("2026-01-15");
  const tree = readCheckedTree(readDirectoryTree(SAMPLES));
  const side = declareSide(tree, contractAt(tree.catalogue, at), at);
  const { stacks } = buildApp(tree.catalogue, side.contract, tree.declarations);
  const stack = stacks.get("hrss/social-insurance");
  if (stack === undefined) throw new Error("Cannot measure: the sample hrss/social-insurance is gone");
  const json = synthesise(stack);
  const resources = readSynthesised(json);
  const copies = Math.ceil(RESOURCES / resources.length);
  const texts = Array.from({ length: copies }, () => JSON.stringify(json));
  const parse = fastest(3, () => texts.map((words) => JSON.parse(words) as unknown));
  const subject = subjectOf("hrss/social-insurance", { side, resources });
  // Each with resources of its own: what is worked out once for a system must not serve the next.
  const fresh = () => Array.from({ length: copies }, () => ({ ...subject, resources: [...resources] }));
  const rows = POLICIES.filter((policy) => policy.scope === "system").map((policy): [string, number] => [
    `  ${policy.id}`,
    timed(fresh(), (each) => judgeSystem(each, [policy])),
  ]);
  rows.sort(([, a], [, b]) => b - a);
  report(
    [
      [`parsing the JSON of ${copies * resources.length} resources`, parse],
      [
        "reading them, comparing, costing",
        fastest(1, () => texts.map(() => subjectOf("hrss/social-insurance", { side, resources: readSynthesised(json) }))),
      ],
      ["every policy of a system", Math.min(...[1, 2, 3].map(() => timed(fresh(), (each) => judgeSystem(each))))],
      ...rows.slice(0, 8),
    ],
    { name: "JSON.parse", milliseconds: parse },
  );
}

/** Milliseconds that the work on all subjects takes. */
function timed<S>(subjects: readonly S[], work: (subject: S) => unknown): number {
  return fastest(1, () => subjects.map(work));
}
