import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Fields = Readonly<Record<string, unknown>>;
interface Recorded {
  readonly resource_changes: readonly Fields[];
  readonly resource_drift?: readonly Fields[];
  readonly planned_values: { readonly root_module: { readonly resources?: readonly Fields[] } };
  readonly prior_state?: { readonly values: { readonly root_module: { readonly resources?: readonly Fields[] } } };
  readonly configuration: { readonly root_module: { readonly resources: readonly Fields[] } };
}

/**
 * Writes a plan file of at least so many resources: those of a recorded plan (test/plans) again and again, each time with names and ids of their own, as
 * an engine would write them in one root module: in the order of their addresses. Quotas alone stand once, with limits as much larger: a project has one
 * of each kind, and one that is too small for all would make each of them fail when it is applied.
 *
 * @returns how many resources it holds.
 */
export function writePlanOf(recorded: string, resources: number, path: string): number {
  const plan = JSON.parse(readFileSync(fileURLToPath(new URL(`../test/plans/${recorded}.json`, import.meta.url)), "utf8")) as Recorded;
  const once = plan.resource_changes.filter(isQuota).length;
  const copies = Math.ceil((resources - once) / (plan.resource_changes.length - once));
  const rename = renamer(plan.resource_changes);
  const file = openSync(path, "w");
  const list = (entries: readonly Fields[] = []) => {
    const words = entries.map((entry) => {
      const isOnce = isQuota(entry);
      return { entry: isOnce ? enlarged(entry, copies) : JSON.stringify(entry), address: JSON.stringify({ "": entry["address"] }), isOnce };
    });
    const placed = words.flatMap(({ entry, address, isOnce }) =>
      Array.from({ length: isOnce ? 1 : copies }, (_, copy) => ({ entry, copy, address: rename(address, copy) })),
    );
    placed.sort((a, b) => (a.address < b.address ? -1 : 1));
    for (const [index, { entry, copy }] of placed.entries()) writeSync(file, `${index === 0 ? "" : ","}${rename(entry, copy)}`);
  };
  const { resource_changes: changes, resource_drift: drift, planned_values: planned, prior_state: prior, configuration, ...rest } = plan;
  writeSync(file, `${JSON.stringify(rest).slice(0, -1)},"planned_values":{"root_module":{"resources":[`);
  list(planned.root_module.resources);
  writeSync(file, ']}},"resource_changes":[');
  list(changes);
  if (drift !== undefined) {
    writeSync(file, '],"resource_drift":[');
    list(drift);
  }
  if (prior !== undefined) {
    writeSync(
      file,
      `],"prior_state":${JSON.stringify({ ...prior, values: undefined }).slice(0, -1)},"values":{"root_module":{"resources":[`,
    );
    list(prior.values.root_module.resources);
    writeSync(file, ']}}},"configuration":{"root_module":{"resources":[');
  } else writeSync(file, '],"configuration":{"root_module":{"resources":[');
  list(configuration.root_module.resources);
  writeSync(file, "]}}}\n");
  closeSync(file);
  return copies * (changes.length - once) + once;
}

function isQuota({ type }: Fields): boolean {
  return /_quota(set)?_v\d$/.test(String(type));
}

/** An entry of a quota with limits so many times as large. */
function enlarged(entry: Fields, times: number): string {
  return JSON.stringify(entry, (key, value: unknown) => (typeof value === "number" && key !== "schema_version" ? value * times : value));
}

const ID = /[0-9a-f]{5}(?=[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/g;

/** Gives a copy of some entries names and ids of its own. */
function renamer(changes: readonly Fields[]): (text: string, copy: number) => string {
  const names = [...new Set(changes.map(({ name }) => String(name)))].sort((a, b) => b.length - a.length);
  const types = [...new Set(changes.map(({ type }) => String(type)))];
  const named = new RegExp(`((?:^|[{,])"name":"|\\b(?:${types.join("|")})\\.)(${names.join("|")})(?![A-Za-z0-9_-])`, "g");
  return (text, copy) =>
    text
      .replace(named, (_, before: string, name: string) => `${before}${name}-${copy}`)
      .replace(ID, () => copy.toString(16).padStart(5, "0"));
}
