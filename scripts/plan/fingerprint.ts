import { createHash } from "node:crypto";
import { type SystemId, tenantOf } from "../../catalog/declaration.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { PROGRAM_VERSION, programDigest } from "../version.ts";
import type { CheckedTree } from "./read-tree.ts";
import type { FindingResult, PlanResult } from "./result.ts";

/**
 * What an outcome rests on, each part by its name (`declaration hrss/job-service`, `money hrss/job-service`, `program`, …) and a digest or a few
 * words: two outcomes that differ can say in what. Sums of the whole contract are none, for they move with other requests.
 */
export type Parts = Readonly<Record<string, string>>;

/** What the engine planned for a stack, beside what this program says of it. */
export interface EngineDigest {
  readonly stack: string;
  /** Digest of the changes that the engine plans. */
  readonly planned: string;
  /** File name → digest of the files that it is given; those of the configuration count, as others follow from it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly state: { readonly lineage: string; readonly serial: number } | null;
}

/** Kinds of parts that a result itself says; all others are of what it was made from. */
const OF_OUTCOME = new Set(["contract", "edits", "verdict", "findings", "waivers", "money", "resources", "exposure"]);
const OF_ENGINE = new Set(["engine", "state"]);

/** Names an outcome: the digest of its parts. The day of the plan, advice that depends on it, and the language of its words are none. */
export function fingerprintOf(parts: Parts): string {
  return digest(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The parts of a plan: of both trees, of its result, of the engine, and of this program. */
export function planParts(
  result: Omit<PlanResult, "fingerprint" | "parts">,
  from: {
    readonly head: Tree;
    readonly base: Tree | undefined;
    /** The systems that were judged. */
    readonly judged: readonly SystemId[];
    readonly engine: readonly EngineDigest[];
  },
): Parts {
  return {
    ...programParts(),
    ...sourceParts(from.head, from.judged, "head"),
    ...(from.base === undefined ? { "catalogue-before": "none" } : sourceParts(from.base, from.judged, "base")),
    ...outcomeParts(result),
    ...engineParts(from.engine),
  };
}

/**
 * The parts of a result computed again from what it says, beside those of its sources, which it cannot say; with `engine`, also from what that
 * planned. A result that was edited has another fingerprint than the one it names.
 */
export function partsAgain(result: PlanResult, engine?: readonly EngineDigest[]): Parts {
  const kept = Object.entries(result.parts).filter(([name]) => {
    const kind = kindOf(name);
    return !OF_OUTCOME.has(kind) && (engine === undefined || !OF_ENGINE.has(kind));
  });
  return { ...Object.fromEntries(kept), ...outcomeParts(result), ...(engine === undefined ? {} : engineParts(engine)) };
}

/** `money hrss/job-service` → `money`. */
export function kindOf(name: string): string {
  return name.split(" ", 1)[0] ?? name;
}

/** `money hrss/job-service` → `hrss/job-service`; empty for what concerns everything. */
export function subjectOf(name: string): string {
  return name.slice(kindOf(name).length + 1);
}

/** The systems whose sources a plan rests on. */
export function judgedIn(parts: Parts): SystemId[] {
  return Object.keys(parts)
    .filter((name) => kindOf(name) === "declaration")
    .map(subjectOf);
}

export function programParts(): Parts {
  return { program: `${PROGRAM_VERSION}+${programDigest()}` };
}

/** Whether a plan was made from, or compared with, this tree, as far as it rests on it. */
export function restsOn(parts: Parts, tree: Tree, side: "head" | "base"): boolean {
  return Object.entries(sourceParts(tree, judgedIn(parts), side)).every(([name, digest]) => parts[name] === digest);
}

/** The files that decide what becomes of these systems: their own, their bureaus', the catalogue. */
export function sourceParts(tree: Tree, systems: readonly SystemId[], side: "head" | "base"): Parts {
  const then = side === "head" ? "" : "-before";
  const own = systems.filter((id) => id !== PLATFORM);
  const catalogue = [...tree.entries.keys()].filter((path) => /^catalog\/.*\.yaml$/.test(path)).sort();
  return {
    [`catalogue${then}`]: digest(catalogue.map((path) => [path, digestOfFile(tree, path)])),
    ...Object.fromEntries(own.map((id) => [`declaration${then} ${id}`, digestOfFile(tree, `stacks/tenants/${id}.yaml`)])),
    ...Object.fromEntries(
      [...new Set(own.map(tenantOf))].map((tenant) => [
        `tenant${then} ${tenant}`,
        digestOfFile(tree, `stacks/tenants/${tenant}/tenant.yaml`),
      ]),
    ),
  };
}

function outcomeParts(result: Omit<PlanResult, "fingerprint" | "parts">): Parts {
  // A waiver of a system that is not in this plan lets nothing in it stand.
  const own = result.findings.filter(({ system, waiver }) => system === null || waiver === null);
  return {
    contract: digest([result.contract, result.priceBook]),
    edits: digest(result.catalogue),
    verdict: result.verdict,
    ...findingParts("", own),
    ...Object.assign(
      {},
      ...result.systems.map(({ id, change, stage, stageBefore, tenant, monthly, lines, resources, exposure, findings }) => ({
        [`money ${id}`]: digest([
          change,
          stage,
          stageBefore,
          tenant,
          monthly,
          lines.map(({ item, unitPriceBefore, unitPrice, before, after, listBefore, listAfter }) => [
            item,
            [unitPriceBefore, before, listBefore],
            [unitPrice, after, listAfter],
          ]),
        ]),
        [`resources ${id}`]: digest(resources),
        [`exposure ${id}`]: digest(exposure),
        ...findingParts(` ${id}`, findings),
      })),
    ),
  };
}

/** What refuses a plan or would; a waiver with its words, for who changes them decides anew. */
function findingParts(subject: string, list: readonly FindingResult[]): Parts {
  const mandatory = list.filter(({ level }) => level === "mandatory");
  return {
    [`findings${subject}`]: digest(
      mandatory.map(({ policy, result, system, address, attribute, waiver }) => [
        policy,
        result,
        system,
        address,
        attribute,
        waiver !== null,
      ]),
    ),
    [`waivers${subject}`]: digest(
      mandatory.flatMap(({ policy, address, waiver }) =>
        waiver === null ? [] : [[policy, address, waiver.reason, waiver.owner, waiver.approver, waiver.expires]],
      ),
    ),
  };
}

function engineParts(engine: readonly EngineDigest[]): Parts {
  return Object.assign(
    {},
    ...engine.map(({ stack, planned, files = {}, state }) => ({
      [`engine ${stack}`]: digest([planned, Object.entries(files).filter(([name]) => name.endsWith("cdk.tf.json"))]),
      [`state ${stack}`]: state === null ? "none" : `${state.lineage}#${state.serial}`,
    })),
  );
}

/** Digest of every file of a tree that was read. */
export function sourcesDigest({ sources }: CheckedTree): string {
  return digest(sources.map(({ path, text }) => [path, text]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
}

function digestOfFile({ entries }: Tree, path: string): string {
  const entry = entries.get(path);
  return entry?.kind === "file" ? `sha256:${createHash("sha256").update(entry.bytes()).digest("hex")}` : "none";
}

function digest(value: unknown): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex")}`;
}

/** Keys in one order, whoever wrote the object. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
