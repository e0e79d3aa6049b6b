import type { SystemId } from "../../catalog/declaration.ts";
import { type ChangedValue, printedValue } from "../../catalog/source/changed-values.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { Uses } from "./uses.ts";

/** Why a system is touched. */
export type ReasonKind =
  | "own-file"
  | "tenant"
  | "waiver"
  | "price-book"
  | "contract"
  | "annex-1"
  | "pool"
  | "flavor"
  | "image"
  | "component"
  | "platform-data"
  | "code";

/** One difference between two trees, and whom it touches. */
export interface Change {
  readonly kind: ReasonKind;
  /** Where somebody wrote it, 1-based; of what was taken out, where it stood above. */
  readonly file: string;
  readonly line: number;
  readonly words: Text;
  readonly touches: Touches;
}

export interface Touches {
  /** Whether the platform's stack rests on it. */
  readonly platform: boolean;
  /** One system by its id, or all that it is true of. */
  readonly systems: SystemId | ((uses: Uses) => boolean);
}

export const NOBODY: Touches = { platform: false, systems: () => false };
export const EVERYBODY: Touches = { platform: true, systems: () => true };

/** A file of both trees; one of them may lack it. */
export interface FilePair {
  readonly path: string;
  readonly before: SourceFile | undefined;
  readonly after: SourceFile | undefined;
}

/** Pairs the files of two trees by path, in the order of their paths. */
export function pairFiles(before: Iterable<SourceFile>, after: Iterable<SourceFile>): readonly FilePair[] {
  const [then, now] = [byPath(before), byPath(after)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .sort()
    .map((path): FilePair => ({ path, before: then.get(path), after: now.get(path) }))
    .filter((pair) => pair.before?.text !== pair.after?.text);
}

/** The line of a changed value: in the version after, else of what stood above it there; of a file that is gone its first. */
export function lineOf({ kind, path }: Pick<ChangedValue, "kind" | "path">, { after }: FilePair): number {
  return after?.locate(kind === "removed" ? path.slice(0, -1) : path, "key").line ?? 1;
}

/** `pools.gov.capacity.sasGb: 300000 → 400000` */
export function changeWords({ kind, names, before, after }: Pick<ChangedValue, "kind" | "names" | "before" | "after">): Text {
  const what = clip(names.join("."), 100);
  const of = (value: unknown, lang: "zh" | "en") => clip(printedValue(value)[lang], 60);
  if (names.length === 0) return kind === "added" ? text("新文件", "new file") : text("文件没有了", "the file is gone");
  return text(`${what}：${of(before, "zh")} → ${of(after, "zh")}`, `${what}: ${of(before, "en")} → ${of(after, "en")}`);
}

function byPath(files: Iterable<SourceFile>): Map<string, SourceFile> {
  return new Map([...files].map((file) => [file.path, file]));
}
