import { clip } from "../../source/visible-text.ts";
import { text } from "../../text.ts";
import type { Action } from "../planned-resource.ts";
import { readActions } from "./actions.ts";
import { changedPaths, replacePaths, staysAsItIs } from "./cause.ts";
import { type Configuration, isConfigured } from "./configuration.ts";
import { isSameSaid } from "./drift.ts";
import type { Sides } from "./engine-change.ts";
import type { Path, PlanFile } from "./parse-plan-file.ts";
import type { PlanChange } from "./plan-change.ts";
import { ReadResource } from "./read-resource.ts";
import { type Fields, isRecord } from "./read-values.ts";
import type { Referable, References } from "./references.ts";

/** One entry of `resource_changes` or `resource_drift` whose shape is checked; its values are still the plan's own, secrets among them. */
export interface RawChange extends Referable {
  readonly type: string;
  readonly name: string;
  /** Source of the provider; empty where the plan names none. */
  readonly provider: string;
  readonly action: Action;
  readonly before: Fields | undefined;
  readonly after: Fields | undefined;
  /** The entry's `change`. */
  readonly change: Fields;
  readonly facts: Pick<PlanChange, "deposed" | "reason" | "order" | "isImported" | "movedFrom">;
}

/** Checks and reads one entry; undefined where it is a data source, or is reported as wrong. */
export function readRawChange(file: PlanFile, entry: unknown, path: Path): RawChange | undefined {
  const wrong = (at: Path, zh: string, en: string): undefined => {
    file.report([...path, ...at], "wrong-type", text(zh, `Cannot read the plan: ${en}`));
  };
  if (!isRecord(entry)) return wrong([], "改动须是对象", "a change is no object; wanted what show -json writes");
  const { mode, address, type, name, change, index } = entry;
  if (mode === "data") return undefined;
  if (mode !== "managed") return wrong(["mode"], "mode 须是 managed 或 data", "wanted mode managed or data");
  if (!isName(address) || !isName(type) || !isName(name))
    return wrong([], "改动缺少 address、type 或 name", "wanted address, type and name of the resource");
  if (!isRecord(change)) return wrong(["change"], "缺少 change", "wanted the change of the resource");
  const module = entry["module_address"] ?? "";
  if (typeof module !== "string" || !isAddressOf(address, module, type, name))
    return wrong(
      ["address"],
      `地址 ${clip(address, 80)} 与类型、名称不符`,
      `address ${clip(address, 80)} is not that of its type, name and module`,
    );
  const action = readActions(change["actions"]);
  if (action === undefined) {
    const found = JSON.stringify(change["actions"] ?? null);
    return wrong(
      ["change", "actions"],
      `不认识的动作 ${clip(found)}`,
      `unknown actions ${clip(found)}; wanted create, update, delete, forget, no-op or a replacement`,
    );
  }
  const before = change["before"] ?? undefined;
  const after = change["after"] ?? undefined;
  if (!fits(before, action !== "create") || !fits(after, action !== "delete" && action !== "forget"))
    return wrong(["change"], `before、after 与动作 ${action} 不符`, `before and after do not fit the action ${action}`);
  // An engine says no-op of what is equal alone: where the values differ, whoever wrote the word hides a change.
  if (action === "no-op" && path[0] === "resource_changes" && !staysAsItIs(before, after, change["after_unknown"]))
    return wrong(["change"], `before、after 与动作 ${action} 不符`, `before and after do not fit the action ${action}`);
  const deposed = entry["deposed"];
  const deposedKey = isName(deposed) ? deposed : undefined;
  return {
    address: deposedKey === undefined ? address : `${address} (deposed ${deposedKey})`,
    type,
    name,
    module,
    provider: typeof entry["provider_name"] === "string" ? entry["provider_name"] : "",
    index: typeof index === "string" || typeof index === "number" ? index : undefined,
    values: isRecord(before) ? (isRecord(after) && after !== before ? [before, after] : [before]) : isRecord(after) ? [after] : [],
    action,
    before: isRecord(before) ? before : undefined,
    after: isRecord(after) ? after : undefined,
    change,
    facts: factsOf(entry, change, deposedKey),
  };
}

function factsOf(entry: Fields, change: Fields, deposed: string | undefined): RawChange["facts"] {
  const { action_reason: reason, previous_address: movedFrom } = entry;
  const { importing } = change;
  if (deposed === undefined && reason === undefined && movedFrom === undefined && importing === undefined && isSingle(change["actions"]))
    return NO_FACTS;
  const actions = Array.isArray(change["actions"]) ? change["actions"].join(",") : "";
  const order =
    actions.includes(",forget") || actions.includes("forget,") ? "forget" : actions.startsWith("create,") ? "create-first" : "delete-first";
  return {
    ...(deposed === undefined ? {} : { deposed }),
    ...(typeof reason === "string" ? { reason: clip(reason, 60) } : {}),
    ...(actions.includes(",") ? { order } : {}),
    ...(isRecord(importing) ? { isImported: true } : {}),
    ...(isName(movedFrom) ? { movedFrom } : {}),
  };
}

/** Of most changes there is nothing to tell. */
const NO_FACTS: RawChange["facts"] = {};

function isSingle(actions: unknown): boolean {
  return Array.isArray(actions) && actions.length === 1;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 4096;
}

/** Whether an address is that of the resource: a plan that says otherwise was written by no engine. */
function isAddressOf(address: string, module: string, type: string, name: string): boolean {
  // This runs for every resource of a plan: no text is built for it.
  const at = module === "" ? 0 : module.length + 1;
  const dot = at + type.length;
  const end = dot + 1 + name.length;
  return (
    (at === 0 || (address.startsWith(module) && address[at - 1] === ".")) &&
    address.startsWith(type, at) &&
    address[dot] === "." &&
    address.startsWith(name, dot + 1) &&
    (address.length === end || (address[end] === "[" && address.endsWith("]")))
  );
}

function fits(value: unknown, isWanted: boolean): boolean {
  return isWanted ? isRecord(value) : value === undefined;
}

/** What the second step needs of the whole plan. */
export interface PlanContext {
  readonly file: PlanFile;
  readonly configuration: Configuration;
  readonly references: () => References;
}

/** Reads both sides of a change; no secret is left in them. Where the file has an infinite number it is looked for, else nothing is read before it is asked for. */
export function readSides(raw: RawChange, context: PlanContext, path: Path): Sides {
  const { address, action } = raw;
  const isSame = action === "no-op";
  const after = action === "delete" || action === "forget" ? undefined : sideOf(raw, "after", context);
  // What stays as it is needs no second copy.
  const before = isSame ? after : action === "create" ? undefined : sideOf(raw, "before", context);
  if (context.file.hasInfinity)
    for (const side of isSame ? [after] : [before, after])
      if (side?.badNumber !== undefined)
        context.file.report(
          path,
          "out-of-range",
          text(
            `${clip(address, 80)} 的 ${clip(side.badNumber)} 不是可用的数`,
            `Cannot read the plan: ${clip(side.badNumber)} of ${clip(address, 80)} is too large a number; wanted a finite one`,
          ),
        );
  return { before, after };
}

function sideOf(raw: RawChange, side: "before" | "after", context: PlanContext): ReadResource | undefined {
  return raw[side] === undefined ? undefined : new ReadResource(raw, side, context);
}

/** Attributes that cause an update or a replacement, sorted. */
export function causeOf(raw: RawChange, sides: Sides, configuration: Configuration): readonly string[] {
  const { action, change, before, after, address } = raw;
  if (action !== "update" && action !== "replace") return NONE;
  const sensitive = secretsOf(sides);
  if (action === "replace") return replacePaths(change["replace_paths"], sensitive);
  const known = changedPaths(before, after, undefined, sensitive);
  const all = [...changedPaths(before, after, change["after_unknown"], sensitive)].sort();
  const expressions = configuration.resource(address)?.expressions;
  const unknownOnly = (path: string) => !known.has(path) || !Object.hasOwn(after ?? {}, path.split(".")[0] ?? "");
  const caused = all.filter((path) => expressions === undefined || isConfigured(expressions, path) || !unknownOnly(path));
  return caused.length > 0 ? caused : all;
}

/**
 * Attributes that were changed behind the engine's back and that somebody cares for: declared ones, and those that the plan changes back. The rest is what
 * a refresh sees for the first time: tags, attachments, bindings, members.
 */
export function driftedPaths(raw: RawChange, configuration: Configuration, planned: Pick<PlanChange, "cause"> | undefined): string[] {
  const expressions = configuration.resource(raw.address)?.expressions ?? {};
  const changedBack = planned?.cause ?? NONE;
  const asked = new Set([...Object.keys(expressions), ...changedBack.map((path) => path.split(".")[0] ?? "")]);
  const found: string[] = [];
  for (const first of asked) {
    const [was, is] = [raw.before, raw.after].map((side) => (side !== undefined && Object.hasOwn(side, first) ? side[first] : undefined));
    if (isSameSaid(was, is)) continue;
    for (const path of changedPaths({ [first]: was }, { [first]: is }, undefined, NO_SECRETS))
      if (changedBack.includes(path) || (Object.hasOwn(expressions, first) && isConfigured(expressions, path))) found.push(path);
  }
  return found;
}

/** Dotted paths of the secrets of either side. */
export function secretsOf({ before, after }: Sides): ReadonlySet<string> {
  return new Set([...(before?.sensitive ?? []), ...(after?.sensitive ?? [])]);
}

const NONE: readonly string[] = [];
const NO_SECRETS: ReadonlySet<string> = new Set();
