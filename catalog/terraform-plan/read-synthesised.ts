import type { PlannedResource, Reference } from "./planned-resource.ts";

/** Terraform JSON configuration of one stack, as CDKTF synthesises it. */
export type SynthesisedStack = Readonly<Record<string, unknown>>;

/** Arguments that instruct Terraform and are no attribute of the resource. */
const META_ARGUMENTS = new Set(["provider", "depends_on", "lifecycle", "connection", "provisioner", "//"]);
const REFERENCE = /(?<!\$)\$\{([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_]+)[^}]*\}/g;

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
        if (key === "count" || key === "for_each")
          throw new Error(`Cannot read ${type}.${name}: ${key} makes it several resources, wanted each written out`);
        const known = knownPart(value, key, unknown, references);
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

function knownPart(value: unknown, path: string, unknown: Set<string>, references: Map<string, Reference[]>): unknown {
  if (value === null) return undefined;
  if (typeof value === "string") {
    const found = [...value.matchAll(REFERENCE)].map(([, type = "", name = "", attribute = ""]) => ({
      address: `${type}.${name}`,
      attribute,
    }));
    if (found.length > 0) {
      references.set(path, [...(references.get(path) ?? []), ...found]);
      unknown.add(path);
      return undefined;
    }
    if (/(?<!\$)\$\{|(?<!%)%\{/.test(value)) {
      unknown.add(path);
      return undefined;
    }
    return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
  }
  if (Array.isArray(value)) return value.map((item) => knownPart(item, path, unknown, references)).filter((item) => item !== undefined);
  if (typeof value === "object") {
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const known = knownPart(inner, `${path}.${key}`, unknown, references);
      if (known !== undefined) result[key] = known;
    }
    return result;
  }
  return value;
}
