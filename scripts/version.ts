import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Version of this program. */
export const PROGRAM_VERSION = (JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as { version: string }).version;

/** Folders of code, schemas among it; what stands there as YAML is data, which results name by itself. */
const FOLDERS = ["catalog", "stacks", "policies", "cost", "scripts"];
/** The packages by their digests, and the provider's schema, which its bindings are made from. */
const FILES = ["package-lock.json", "providers/openstack/schema.json", "providers/openstack/force-new.json"];

let known: string | undefined;

/** Digest of this program's own code, 64 hexadecimal digits: it decides an outcome as much as the data do, and says more than a version. */
export function programDigest(): string {
  known ??= digestOfProgram(ROOT);
  return known;
}

/** The program as results name it: its version, and as much of its digest as tells one from another. */
export function programLabel(): string {
  return `${PROGRAM_VERSION}+${programDigest().slice(0, 12)}`;
}

/** Digest of the code of the program in a folder, which ends with a slash. */
export function digestOfProgram(root: string): string {
  const hash = createHash("sha256");
  for (const path of [...FOLDERS.flatMap((folder) => codeIn(root, folder)), ...FILES]) {
    const bytes = readFileSync(`${root}${path}`);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function codeIn(root: string, folder: string): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|json)$/.test(entry.name))
    .map(({ parentPath, name }) => `${parentPath.slice(root.length)}/${name}`.replaceAll("\\", "/"))
    .sort();
}
