import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { diagnose, InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import { text } from "../../catalog/text.ts";
import { readProgramFile } from "../program-file.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TENANTS = "stacks/tenants";

/** A path as owners.yaml writes it, and whose it is, as the forge knows them. A later rule takes from an earlier one. */
export interface Rule {
  readonly path: string;
  readonly owner: string;
}

export interface Owners {
  /** Whose is what no rule names. */
  readonly rest: string;
  readonly rules: readonly Rule[];
}

interface OwnersFile {
  readonly groups: Readonly<Record<string, string>>;
  readonly bureau: string;
  readonly rest: string;
  readonly areas: readonly Rule[];
}

/** Reads who owns what, each bureau's folder among it; throws InvalidInput for a group that nobody named. */
export function readOwners(source: SourceFile, bureaus: readonly string[]): Owners {
  const { groups, bureau, rest, areas } = source.value as OwnersFile;
  const named = (key: string, path: readonly (string | number)[]): string => {
    const group = Object.hasOwn(groups, key) ? groups[key] : undefined;
    if (group !== undefined) return group;
    const known = Object.keys(groups).join(", ");
    throw new InvalidInput([
      diagnose(source, path, "unknown-reference", text(`没有组“${key}”：${known}`, `Cannot find group "${key}": wanted one of ${known}`)),
    ]);
  };
  const folders = bureaus.map((each) => ({ path: `${TENANTS}/${each}/`, owner: bureau.replace("{bureau}", each) }));
  const rules = areas.map(({ path, owner }, index) => ({ path, owner: named(owner, ["areas", index, "owner"]) }));
  return { rest: named(rest, ["rest"]), rules: [...folders, ...rules] };
}

/** The form of GitLab and GitHub: patterns as in .gitignore, of which the last that matches holds. GitLab takes names even from comments, so none has any. */
export function gitignoreForm({ rest, rules }: Owners): string {
  return [HEADING, line("*", rest), ...rules.map(({ path, owner }) => line(`/${path}`, owner)), ""].join("\n");
}

/**
 * The form of Gitea and Forgejo: regular expressions over whole paths, and everybody is asked whose rule matches. So the rest is what matches none
 * (`!`), and what a later rule takes stays with the earlier one too. A backslash is written twice.
 */
export function regexpForm({ rest, rules }: Owners): string {
  const all = rules.map(({ path }) => expressionOf(path));
  return [HEADING, line(`!(${all.join("|")})`, rest), ...rules.map(({ owner }, index) => line(all[index] ?? "", owner)), ""].join("\n");
}

const HEADING = "# Generated from policies/owners.yaml by `npm run generate`; a test keeps it current.";

function line(pattern: string, owner: string): string {
  return `${pattern} ${owner}`;
}

function expressionOf(path: string): string {
  const names = path.replaceAll(".", "\\\\.").replaceAll("*", "[^/]+");
  return path.endsWith("/") ? `${names}.*` : names;
}

/** Every CODEOWNERS by its path. None stands in the root: Gitea would read that one and take its patterns for regular expressions. */
export function codeownersFiles(): Readonly<Record<string, string>> {
  const bureaus = readdirSync(join(ROOT, TENANTS))
    .filter((name) => existsSync(join(ROOT, TENANTS, name, "tenant.yaml")))
    .sort();
  const owners = readOwners(readProgramFile(ROOT, "policies/owners.yaml", "owners"), bureaus);
  return {
    ".gitlab/CODEOWNERS": gitignoreForm(owners),
    ".github/CODEOWNERS": gitignoreForm(owners),
    ".gitea/CODEOWNERS": regexpForm(owners),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, words] of Object.entries(codeownersFiles())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), words);
  }
}
