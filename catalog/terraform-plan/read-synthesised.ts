import { NO_RESOURCE, type PlannedResource, type Reference } from "./planned-resource.ts";

/** Terraform JSON configuration of one stack, as CDKTF synthesises it. */
export type SynthesisedStack = Readonly<Record<string, unknown>>;

/** Arguments that instruct Terraform and are no attribute of the resource. */
const META_ARGUMENTS = new Set(["provider", "depends_on", "lifecycle", "connection", "provisioner", "//"]);
/** Arguments by which one block stands for many. */
const SEVERAL: Readonly<Record<string, string>> = {
  count: "it several resources",
  for_each: "it several resources",
  dynamic: "several blocks of one",
};
const REFERENCE = /(?<!\$)\$\{([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_]+)([^}]*)\}/g;
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{/;
/** What may follow an attribute that is named and not worked with: `[0]`, `.*.id`, `["a"].b`. */
const FURTHER = /^(\.[A-Za-z0-9_*-]+|\[(\d+|\*|"[^"]*")\])*$/;

/** Reads the resources of a synthesised stack; what refers to another resource is unknown until apply. Sorted by address. */
export function readSynthesised(stack: SynthesisedStack): PlannedResource[] {
  const resources: PlannedResource[] = [];
  for (const [type, named] of Object.entries((stack["resource"] ?? {}) as Record<string, Record<string, Record<string, unknown>>>)) {
    for (const [name, body] of Object.entries(named)) {
      const unknown = new Set<string>();
      const references = new Map<string, Reference[]>();
      const values: Record<string, unknown> = {};
      for (const [key, value] of Object.entries(body)) {
        if (META_ARGUMENTS.has(key)) continue;
        const several = SEVERAL[key];
        if (several !== undefined) throw new Error(`Cannot read ${type}.${name}: ${key} makes ${several}, wanted each written out`);
        const known = knownPart(value, key, unknown, references, false);
        if (known !== undefined) values[key] = known;
      }
      const lifecycle = (Array.isArray(body["lifecycle"]) ? body["lifecycle"][0] : body["lifecycle"]) as
        | { ignore_changes?: string[]; create_before_destroy?: boolean }
        | undefined;
      resources.push({
        address: `${type}.${name}`,
        type,
        name,
        values,
        unknown,
        references,
        ignoreChanges: lifecycle?.ignore_changes ?? [],
        ...(lifecycle?.create_before_destroy === true ? { createBeforeDestroy: true } : {}),
      });
    }
  }
  return resources.sort((a, b) => (a.address < b.address ? -1 : 1));
}

function knownPart(value: unknown, path: string, unknown: Set<string>, references: Map<string, Reference[]>, isElement: boolean): unknown {
  if (value === null) return undefined;
  if (typeof value === "string") {
    if (!EXPRESSION.test(value)) return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
    const uses = [...value.matchAll(REFERENCE)];
    const found = uses.map(([, type = "", name = "", attribute = ""]) => ({ address: `${type}.${name}`, attribute }));
    const isPlain = uses.every(([, , , , further = ""]) => FURTHER.test(further)) && !EXPRESSION.test(value.replaceAll(REFERENCE, ""));
    // Beside what names its resource, what does not must not be lost.
    if (!isPlain && (isElement || found.length > 0)) found.push(NO_RESOURCE);
    if (found.length > 0) references.set(path, [...(references.get(path) ?? []), ...found]);
    unknown.add(path);
    return undefined;
  }
  if (Array.isArray(value))
    return value.map((item) => knownPart(item, path, unknown, references, true)).filter((item) => item !== undefined);
  if (typeof value === "object") {
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const known = knownPart(inner, `${path}.${key}`, unknown, references, isElement);
      if (known !== undefined) result[key] = known;
    }
    return result;
  }
  return value;
}
