import type { Temporal } from "temporal-polyfill";
import type { Declaration } from "../../catalog/declaration.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { runGit } from "../../catalog/source/git.ts";
import { readGitTree } from "../../catalog/source/git-tree.ts";
import { readDirectoryTree, type Tree } from "../../catalog/source/tree.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { Amounts } from "../../cost/quote.ts";
import type { Finding } from "../../policies/evaluate.ts";
import { type CheckedTree, readCheckedTree } from "../plan/read-tree.ts";
import type { RightSize } from "./build-right-size.ts";
import { checkEdits } from "./check-edits.ts";
import { editSizes } from "./edit-sizes.ts";
import { type SystemEdits, sizeEdits } from "./size-edits.ts";

/** A declaration with the sizes that advice gives it, found right by a check. */
export interface PreparedEdit extends SystemEdits {
  /** The file as it is committed, and as it is to be. */
  readonly committed: string;
  readonly edited: string;
  /** List price of the whole system a month. */
  readonly monthly: Amounts;
}

/** What advice comes to as changes of the commit in use. */
export interface PreparedEdits {
  readonly head: CheckedTree;
  readonly found: RightSize;
  readonly edits: readonly PreparedEdit[];
  /** What `check` would refuse: the bureau has to do more than change sizes. */
  readonly refused: readonly { readonly declaration: Declaration; readonly findings: readonly Finding[] }[];
}

/**
 * Turns advice on what is committed into edits, and checks them. A system that the check refuses is left out. Throws {@link InvalidRequest} where
 * the work tree has changes of its own, or where no system alone is at fault for a refusal.
 */
export async function prepareEdits(
  folder: string,
  at: Temporal.PlainDate,
  advise: (head: CheckedTree) => Promise<RightSize>,
): Promise<PreparedEdits> {
  requireHistory(folder);
  const tree = { ...readGitTree(folder, "HEAD"), identity: folder };
  const head = readCheckedTree(tree);
  const found = await advise(head);
  const wanted = sizeEdits(found.advice.groups);
  const edited = new Map(
    wanted.map(({ declaration: { source }, edits }) => [source.path, editSizes(rawText(tree, source.path) ?? "", edits)]),
  );
  requireClean(folder, tree, edited);
  if (wanted.length === 0) return { head, found, edits: [], refused: [] };
  const first = checkEdits(tree, head, { edited, at });
  const refused = wanted.flatMap(({ declaration }) => {
    const findings = first.refused.get(declaration.id);
    return findings === undefined ? [] : [{ declaration, findings }];
  });
  for (const { declaration } of refused) edited.delete(declaration.source.path);
  const check = refused.length === 0 ? first : checkEdits(tree, head, { edited, at });
  const left = [...check.whole, ...[...check.refused.values()].flat()];
  if (left.length > 0) throw wholeRefused(left);
  const quotes = new Map(check.plan.systems.map(({ id, quote }) => [id, quote.monthly]));
  const edits = wanted.flatMap((each): PreparedEdit[] => {
    const { source, id } = each.declaration;
    const [words, monthly] = [edited.get(source.path), quotes.get(id)];
    return words === undefined || monthly === undefined
      ? []
      : [{ ...each, committed: rawText(tree, source.path) ?? "", edited: words, monthly }];
  });
  return { head, found, edits, refused };
}

function wholeRefused(findings: readonly Finding[]): InvalidRequest {
  const say = (lang: "zh" | "en") => findings.map(({ policy, message }) => `${policy}: ${message[lang]}`).join(lang === "zh" ? "；" : "; ");
  return new InvalidRequest(
    text(
      `按建议改了之后检查通不过，什么也没有写。请用 --system 分批，或先处理：${say("zh")}`,
      `Cannot write the advice: the check refuses what it comes to, and nothing was written. Give --system to take some at a time, or see to this first: ${say("en")}`,
    ),
  );
}

function requireHistory(folder: string): void {
  if (runGit(folder, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).kind === "done") return;
  throw new InvalidRequest(
    text(
      `${folder} 不在有提交的 Git 仓库里：看不出有没有未提交的改动，也撤不回来。请先 git init 并提交，再运行`,
      `Cannot write into ${folder}: it is in no Git repository with a commit, so nobody could tell or undo the change. Commit it first, then run this again`,
    ),
  );
}

/** The declarations must be as they are committed, or as they would be written: then a run before this one wrote them. */
function requireClean(folder: string, committed: Tree, edited: ReadonlyMap<string, string>): void {
  const now = readDirectoryTree(folder);
  const paths = new Set([...committed.entries.keys(), ...now.entries.keys()].filter((path) => path.startsWith("stacks/tenants/")));
  const dirty = [...paths].filter((path) => {
    const here = contentOf(now, path);
    const wanted = edited.get(path);
    return here !== contentOf(committed, path) && (wanted === undefined || here !== withGitEnds(wanted));
  });
  if (dirty.length === 0) return;
  throw new InvalidRequest(dirtyWords(dirty));
}

function contentOf(tree: Tree, path: string): string | undefined {
  // What is not read is known by its being there; links and the like are refused when the tree is read.
  return path.endsWith(".yaml") ? withGitEnds(rawText(tree, path)) : tree.entries.get(path)?.kind;
}

/** A file as it lies there, its byte order mark included. */
function rawText(tree: Tree, path: string): string | undefined {
  const entry = tree.entries.get(path);
  return entry?.kind === "file" ? Buffer.from(entry.bytes()).toString("utf8") : undefined;
}

/** Text with the line ends of git, which a work tree on Windows need not have. */
export function withGitEnds<T extends string | undefined>(words: T): T {
  return words?.replaceAll("\r\n", "\n") as T;
}

function dirtyWords(dirty: readonly string[]): Text {
  const most = 10;
  const more = dirty.length > most ? ` … (${dirty.length})` : "";
  const list = (comma: string) => `${dirty.slice(0, most).join(comma)}${more}`;
  return text(
    `申请文件有未提交的改动，什么也没有写。请先提交或撤销（git status），再运行：${list("、")}`,
    `Cannot write the advice: there are uncommitted changes, and nothing was written. Commit or undo them (git status) first: ${list(", ")}`,
  );
}
