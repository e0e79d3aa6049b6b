import type { FileOf } from "../tree.ts";

/** A hostile or careless request: files put into a tree that is otherwise valid, or what is done to such a tree on a disk. */
export interface HostileInput {
  readonly name: string;
  readonly files: Readonly<Record<string, FileOf>>;
  /** What files in memory cannot be: links, pipes, names that are no text. */
  readonly onDisk?: (folder: string) => void;
}

export const SYSTEM = "stacks/tenants/a/s.yaml";
export const TENANT = "stacks/tenants/a/tenant.yaml";
export const WAIVERS = "stacks/tenants/a/waivers.yaml";

/** The bureau that every tree has. */
export const BUREAU = { [TENANT]: "name: A局\nrange: 10.20.0.0/16\n" };

/** A valid system with nothing in it; further keys begin in line 6. */
export const BARE = "name: 档案库\nstage: production\nmlps: 2\npool: gov\nclassified: false\n";

/** A valid server as a flow mapping, with some of its values changed. */
export function server(changes: Readonly<Record<string, string>> = {}): string {
  const values = {
    family: "general",
    cpu: "1",
    memoryGb: "1",
    image: "kylin-v10-sp3",
    systemDisk: "{ type: ssd, sizeGb: 60 }",
    ...changes,
  };
  return `{ ${Object.entries(values)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }`;
}

/** Rows of one subject: each a whole declaration. */
export function declarations(subject: string, rows: readonly (readonly [name: string, yaml: string | Uint8Array])[]): HostileInput[] {
  return rows.map(([name, yaml]) => ({ name: `${subject}: ${name}`, files: { [SYSTEM]: yaml } }));
}

/** Rows of one subject: each a few keys below a valid declaration. */
export function additions(subject: string, rows: readonly (readonly [name: string, keys: string])[]): HostileInput[] {
  return declarations(
    subject,
    rows.map(([name, keys]) => [name, `${BARE}${keys}\n`]),
  );
}

/** Rows of one subject: each a name of the system. */
export function names(subject: string, rows: readonly (readonly [name: string, scalar: string])[]): HostileInput[] {
  return declarations(
    subject,
    rows.map(([name, scalar]) => [name, BARE.replace("档案库", () => scalar)]),
  );
}
