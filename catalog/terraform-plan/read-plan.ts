import { clip } from "../source/visible-text.ts";
import { text } from "../text.ts";
import { outsideSecrets } from "./plan-json/cause.ts";
import { checkHeader, checkWhole } from "./plan-json/check-plan.ts";
import { Configuration } from "./plan-json/configuration.ts";
import { type Classify, EngineChange } from "./plan-json/engine-change.ts";
import { classifyDriftDamage, classifyEngineDamage, type EngineFacts, keepsGroups, readEngineFacts } from "./plan-json/engine-damage.ts";
import type { PlanFile } from "./plan-json/parse-plan-file.ts";
import type { EnginePlan, PlanChange } from "./plan-json/plan-change.ts";
import { causeOf, driftedPaths, type PlanContext, type RawChange, readRawChange, readSides, secretsOf } from "./plan-json/read-change.ts";
import type { Fields } from "./plan-json/read-values.ts";
import { References } from "./plan-json/references.ts";
import type { PlannedResource } from "./planned-resource.ts";

export { reasonWords } from "./plan-json/actions.ts";
export { type PlanFile, parseEnginePlan, parseForeignPlan, readPlanBytes } from "./plan-json/parse-plan-file.ts";
export type { EnginePlan, PlanChange } from "./plan-json/plan-change.ts";

/**
 * Reads a plan of Terraform or OpenTofu (1.6 or later) that {@link parseEnginePlan} or {@link parseForeignPlan} parsed. It is full of secrets: what an
 * attribute holds reaches no error, and a secret no result.
 *
 * @throws InvalidInput where it is no plan, of an unknown format, errored or not of everything.
 */
export function readPlan(file: PlanFile): EnginePlan {
  const plan = checkHeader(file);
  file.throwIfInvalid();
  if (plan === undefined) throw new Error("Cannot read a plan without its header: errors were reported and not thrown");
  const raws = readRawChanges(file, plan, "resource_changes");
  const drifted = readRawChanges(file, plan, "resource_drift");
  const configuration = new Configuration(plan["configuration"]);
  const known = checkAddresses(file, raws);
  for (const { facts } of raws.values()) if (facts.movedFrom !== undefined) known.add(facts.movedFrom);
  const creates = [...raws.values()].some(({ action }) => action !== "delete" && action !== "forget");
  checkWhole(file, plan, configuration, known, creates);
  file.throwIfInvalid();

  const references = once(() => new References(configuration, raws.values()));
  const context: PlanContext = { file, configuration, references };
  const facts = once((): EngineFacts => readEngineFacts(changes, drift));
  const classify: Classify = (change) => classifyEngineDamage(change, facts());
  const changes: PlanChange[] = [];
  for (const [index, raw] of raws) {
    const sides = readSides(raw, context, ["resource_changes", index]);
    changes.push(new EngineChange(raw, sides, causeOf(raw, sides, configuration), classify));
  }
  sortByAddress(changes);
  const drift = readDrift(drifted, context, changes);
  file.throwIfInvalid();
  const before = resourcesOf(changes, "before");
  return {
    engineVersion: clip(String(plan["terraform_version"])),
    before,
    // Where nothing changes the sides are one, so that what is read of the one is known of the other.
    after: changes.every((each) => each.before === each.after) ? before : resourcesOf(changes, "after"),
    changes,
    drift: drift.filter((each) => each.cause.join() !== "security_groups" || !keepsGroups(each, facts().groups)),
  };
}

/** Work that is done when it is first asked for. */
function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => {
    done ??= { result: work() };
    return done.result;
  };
}

/** Entries of a list of changes by their place in it; data sources are left out. */
function readRawChanges(file: PlanFile, plan: Fields, key: "resource_changes" | "resource_drift"): ReadonlyMap<number, RawChange> {
  const found = new Map<number, RawChange>();
  for (const [index, entry] of ((plan[key] ?? []) as unknown[]).entries()) {
    const raw = readRawChange(file, entry, [key, index]);
    if (raw !== undefined) found.set(index, raw);
  }
  return found;
}

/** Refuses a resource that is listed twice; the addresses of all. */
function checkAddresses(file: PlanFile, raws: ReadonlyMap<number, RawChange>): Set<string> {
  const seen = new Set<string>();
  for (const [index, { address }] of raws) {
    if (seen.has(address))
      file.report(
        ["resource_changes", index, "address"],
        "contradiction",
        text(
          `资源 ${clip(address, 80)} 出现两次`,
          `Cannot read the plan: ${clip(address, 80)} is there twice; wanted one change of each resource`,
        ),
      );
    seen.add(address);
  }
  return seen;
}

function readDrift(drifted: ReadonlyMap<number, RawChange>, context: PlanContext, changes: readonly PlanChange[]): PlanChange[] {
  if (drifted.size === 0) return [];
  const planned = new Map(changes.map((each) => [each.address, each]));
  const drift: PlanChange[] = [];
  for (const [index, raw] of drifted) {
    if (raw.action === "no-op") continue;
    const paths = raw.action === "update" ? driftedPaths(raw, context.configuration, planned.get(raw.address)) : [];
    if (raw.action === "update" && paths.length === 0) continue;
    const sides = readSides(raw, context, ["resource_drift", index]);
    const secrets = secretsOf(sides);
    const cause = [...new Set(paths.map((each) => outsideSecrets(each, secrets)))].sort();
    drift.push(new EngineChange(raw, sides, cause, (change) => classifyDriftDamage(change, drift)));
  }
  sortByAddress(drift);
  return drift;
}

function resourcesOf(changes: readonly PlanChange[], side: "before" | "after"): PlannedResource[] {
  const found: PlannedResource[] = [];
  for (const change of changes) {
    const resource = change[side];
    if (resource !== undefined) found.push(resource);
  }
  return found;
}

/** Engines write them in this order, but for indexes and modules: most plans need no sorting. */
function sortByAddress(changes: PlanChange[]): void {
  const isSorted = changes.every(({ address }, index) => index === 0 || (changes[index - 1]?.address ?? "") < address);
  if (!isSorted) changes.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}
