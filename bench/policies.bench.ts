import { fileURLToPath } from "node:url";
import { contractAt } from "../catalog/catalogue.ts";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { readSynthesised } from "../catalog/terraform-plan/read-synthesised.ts";
import { judgeSystem } from "../policies/evaluate.ts";
import { POLICIES } from "../policies/index.ts";
import type { Policy } from "../policies/policy.ts";
import { readCheckedTree } from "../scripts/plan/read-tree.ts";
import { declareSide, subjectOf } from "../scripts/plan/system-plan.ts";
import { buildApp, synthesise } from "../stacks/build-app.ts";
import { fastestInTurn, report } from "./measure.ts";

const SAMPLES = fileURLToPath(new URL("../test/fixtures/tree", import.meta.url));
const RESOURCES = 100_000;
const ROUNDS = 7;

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
  const subject = subjectOf("hrss/social-insurance", { side, resources });
  // Each with resources of its own: what is worked out once for a system must not serve the next.
  const fresh = () => Array.from({ length: copies }, () => ({ ...subject, resources: resources.map((resource) => ({ ...resource })) }));
  const judging = (policies: readonly Policy[]) => () => {
    const subjects = fresh();
    return () => subjects.map((each) => judgeSystem(each, policies));
  };
  const ofSystem = POLICIES.filter(({ scope }) => scope === "system");
  const [parse = 0, all = 0] = fastestInTurn(ROUNDS, [() => () => texts.map((words) => JSON.parse(words) as unknown), judging(ofSystem)]);
  const [reading = 0, ...each] = fastestInTurn(2, [
    () => () => texts.map(() => subjectOf("hrss/social-insurance", { side, resources: readSynthesised(json) })),
    ...ofSystem.map((policy) => judging([policy])),
  ]);
  const rows = ofSystem.map((policy, index): [string, number] => [`  ${policy.id}`, each[index] ?? 0]).sort(([, a], [, b]) => b - a);
  report(
    [
      [`parsing the JSON of ${copies * resources.length} resources`, parse],
      ["reading them, comparing, costing", reading],
      ["every policy of a system", all],
      ...rows.slice(0, 8),
    ],
    { name: "JSON.parse", milliseconds: parse },
  );
}
