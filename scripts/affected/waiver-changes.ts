import { isDeepStrictEqual } from "node:util";
import { readSource } from "../../catalog/read-catalogue.ts";
import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { type Change, type FilePair, pairFiles } from "./change.ts";

interface Entry {
  readonly policy: string;
  /** Left out where a finding of the contract as a whole is waived. */
  readonly system?: string;
}

const OF_TENANT = /^stacks\/tenants\/[^/]+\/waivers\.yaml$/;
/** The big-data centre's own file. */
export const OF_CENTRE = "policies/waivers.yaml";

/** Entries of waivers that came, went or changed, each touching the system that it names. Throws InvalidInput for files of `after` that hold to no schema. */
export function waiverChanges(before: Tree | undefined, after: Tree): readonly Change[] {
  const now = waiverFiles(after).map((read) => {
    if (read.kind === "rejected") throw new InvalidInput(read.diagnostics);
    return read.file;
  });
  // What could not be read before counts as absent: its entries are new, which touches more, never less.
  const then = before === undefined ? [] : waiverFiles(before).flatMap((read) => (read.kind === "rejected" ? [] : [read.file]));
  return pairFiles(then, now).flatMap(entryChanges);
}

function waiverFiles(tree: Tree) {
  return [...tree.entries.keys()]
    .filter((path) => path === OF_CENTRE || OF_TENANT.test(path))
    .map((path) => readSource(tree, path, "waivers"));
}

function entryChanges({ path: file, before, after }: FilePair): Change[] {
  const [then, now] = [entriesOf(before), entriesOf(after)];
  const added = now.flatMap((entry, index) =>
    isIn(entry, then) ? [] : [{ entry, line: after?.locate(["waivers", index]).line ?? 1, isNew: true }],
  );
  const gone = then
    .filter((entry) => !isIn(entry, now))
    .map((entry) => ({ entry, line: after?.locate(["waivers"], "key").line ?? 1, isNew: false }));
  return [...added, ...gone].map(({ entry: { policy, system }, line, isNew }): Change => {
    const name = clip(policy, 60);
    return {
      kind: "waiver",
      file,
      line,
      words: isNew ? text(`写入豁免 ${name}`, `a waiver of ${name} comes`) : text(`撤下豁免 ${name}`, `a waiver of ${name} goes`),
      // What the contract as a whole is let through with is the platform's, which stands for what the contract has once.
      touches: system === undefined || system === PLATFORM ? { platform: true, systems: PLATFORM } : { platform: false, systems: system },
    };
  });
}

function entriesOf(file: SourceFile | undefined): readonly Entry[] {
  return (file?.value as { readonly waivers?: readonly Entry[] } | undefined)?.waivers ?? [];
}

function isIn(entry: Entry, list: readonly Entry[]): boolean {
  return list.some((each) => isDeepStrictEqual(each, entry));
}
