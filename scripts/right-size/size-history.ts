import { Temporal } from "temporal-polyfill";
import type { Declaration, SystemId } from "../../catalog/declaration.ts";
import { runGit } from "../../catalog/source/git.ts";
import { readGitTree } from "../../catalog/source/git-tree.ts";
import { parseSource } from "../../catalog/source/source-file.ts";

/** What each server of a group had: cores, GB of memory, GB of every disk together. */
export interface Sizes {
  readonly cpu: number;
  readonly memoryGb: number;
  readonly diskGb: number;
}

/** What was declared at an instant, by what git says. */
export interface SizesAt {
  readonly commit: string;
  /** The history begins after the instant: its first state stands for it. */
  readonly beginsLater: boolean;
  /** Sizes by server group of a system as it is declared now; none of what cannot be read. */
  of(declaration: Declaration): ReadonlyMap<string, Sizes>;
}

/** First instant after a month of Asia/Shanghai. */
export function endOfMonth(month: string): Temporal.Instant {
  return Temporal.PlainYearMonth.from(month)
    .add({ months: 1 })
    .toPlainDate({ day: 1 })
    .toZonedDateTime({ timeZone: "Asia/Shanghai" })
    .toInstant();
}

/**
 * Sizes as they stood on the branch in use just before an instant: what is merged counts from its merge. What came later counts as it came:
 * nothing older is known of it. Undefined where the folder is in no Git repository.
 * @param tip of the branch, a commit
 */
export function readSizesBefore(folder: string, instant: Temporal.Instant, tip = "HEAD"): SizesAt | undefined {
  const until = instant.subtract({ seconds: 1 }).toString();
  const then = ask(folder, ["rev-list", "-1", "--first-parent", `--until=${until}`, tip]) ?? "";
  const beginsLater = !holds(folder, then, A_TREE);
  const commit = beginsLater ? firstWith(folder, A_TREE, tip) : then;
  if (commit === undefined) return undefined;
  const tree = readGitTree(folder, commit);
  const known = new Map<SystemId, ReadonlyMap<string, Sizes>>();
  const read = (declaration: Declaration): ReadonlyMap<string, Sizes> => {
    const { path, text } = declaration.source;
    const entry = tree.entries.get(path);
    const bytes = entry?.kind === "file" ? entry.bytes() : firstContent(folder, path, tip);
    // Nearly every file is as it was, and need not be parsed again.
    return Buffer.from(bytes).toString("utf8") === text ? sizesOf(declaration) : readSizes(path, bytes);
  };
  return {
    commit,
    beginsLater,
    of: (declaration) => {
      const sizes = known.get(declaration.id) ?? read(declaration);
      known.set(declaration.id, sizes);
      return sizes;
    },
  };
}

/** What every tree has. */
const A_TREE = "catalog/annex-1.yaml";

function holds(folder: string, commit: string, path: string): boolean {
  return commit !== "" && ask(folder, ["rev-parse", "--verify", "--quiet", `${commit}:./${path}`]) !== undefined;
}

/** The commit of the branch in use that brought a file. */
function firstWith(folder: string, path: string, tip: string): string | undefined {
  const commits = ask(folder, ["rev-list", "--first-parent", "--reverse", tip, "--", path])?.split("\n") ?? [];
  return commits.find((commit) => holds(folder, commit, path));
}

function firstContent(folder: string, path: string, tip: string): Uint8Array {
  const commit = firstWith(folder, path, tip);
  const said = commit === undefined ? undefined : runGit(folder, ["cat-file", "blob", `${commit}:./${path}`]);
  return said?.kind === "done" ? said.output : new Uint8Array();
}

/** Sizes of a declaration as it is now. */
export function sizesOf({ servers }: Pick<Declaration, "servers">): ReadonlyMap<string, Sizes> {
  return new Map(
    servers.map(({ key, cpu, memoryGb, systemDisk, dataDisks }) => [
      key,
      { cpu, memoryGb, diskGb: dataDisks.reduce((sum, { sizeGb }) => sum + sizeGb, systemDisk.sizeGb) },
    ]),
  );
}

/** From an older state, which need not be valid by the schema of today: what cannot be read is left out. */
function readSizes(path: string, bytes: Uint8Array): ReadonlyMap<string, Sizes> {
  const groups = partOf(parseSource(path, bytes).file?.value, "servers");
  const sizes = new Map<string, Sizes>();
  for (const [key, group] of Object.entries(typeof groups === "object" && groups !== null ? groups : {})) {
    const [cpu, memoryGb, systemGb] = [partOf(group, "cpu"), partOf(group, "memoryGb"), partOf(partOf(group, "systemDisk"), "sizeGb")];
    const disks = Object.values((partOf(group, "dataDisks") ?? {}) as object).map((disk) => partOf(disk, "sizeGb"));
    if (typeof cpu !== "number" || typeof memoryGb !== "number" || typeof systemGb !== "number") continue;
    sizes.set(key, { cpu, memoryGb, diskGb: disks.reduce<number>((sum, each) => sum + (typeof each === "number" ? each : 0), systemGb) });
  }
  return sizes;
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function ask(folder: string, args: readonly string[]): string | undefined {
  const said = runGit(folder, args);
  return said.kind === "done" ? said.output.toString("utf8").trim() : undefined;
}
