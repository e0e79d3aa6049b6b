import type { Person } from "../../catalog/approver.ts";
import type { AuthorsOf } from "../../catalog/read-waivers.ts";
import { runGit } from "../../catalog/source/git.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";

type Git = (...args: string[]) => string | undefined;
/** Who had a hand in a line, by its number; or in the whole file, or nobody that Git can name. */
type Hands = readonly Person[] | ReadonlyMap<number, { readonly commit: string; readonly people: readonly Person[] }> | undefined;

/**
 * Asks Git who had a hand in lines of a file below a folder: author, committer and co-authors of the commit that each comes from. Only what
 * is committed is blamed, as commits say it: no filter, text conversion, mailmap or list of commits to look past. A file that differs from its
 * commit is its user's; where history is cut off nobody is named. A file is blamed once, however many lines are asked for.
 */
export function gitAuthors(folder: string): AuthorsOf {
  const git: Git = (...args) => {
    const said = runGit(folder, args);
    return said.kind === "done" ? said.output.toString("utf8") : undefined;
  };
  const files = new Map<string, Hands>();
  return (source, from, to) => {
    if (!files.has(source.path)) files.set(source.path, handsOf(source, git));
    const hands = files.get(source.path);
    if (!(hands instanceof Map)) return hands as readonly Person[] | undefined;
    const blamed = new Map<string, readonly Person[]>();
    for (let line = from; line <= to; line += 1) {
      // A comment or an empty line decides nothing.
      if (/^\s*(#|$)/.test(source.lineAt(line))) continue;
      const ofLine = hands.get(line);
      if (ofLine === undefined) return undefined;
      blamed.set(ofLine.commit, ofLine.people);
    }
    const since = commitsOn(source, from, to, git);
    if (since === undefined) return undefined;
    // Blame knows the lines that are left; who took one out of the entry after the last of these was written had a hand in it too.
    const newest = since.findIndex(({ commit }) => blamed.has(commit));
    const later = since.slice(0, Math.max(newest, 0)).filter(({ takesOut }) => takesOut);
    const people = [...blamed.values(), ...later.map(({ commit }) => handsInCommit(commit, git) ?? [])].flat();
    return people;
  };
}

/** Commits that touched a range of lines, the newest first, each with whether it took anything but comments out of it. */
function commitsOn(
  { path }: SourceFile,
  from: number,
  to: number,
  git: Git,
): readonly { readonly commit: string; readonly takesOut: boolean }[] | undefined {
  const options = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-show-signature", "--no-mailmap", "--format=commit %H"];
  const told = git("log", ...options, `-L${from},${to}:${path}`, "HEAD");
  return told
    ?.split(/^commit (?=[0-9a-f]{40,64}$)/m)
    .slice(1)
    .map((words) => ({
      commit: words.slice(0, words.indexOf("\n")),
      takesOut: words.split("\n").some((line) => /^-(?!--)\s*[^\s#]/.test(line)),
    }));
}

function handsOf({ path, text }: SourceFile, git: Git): Hands {
  if (git("rev-parse", "--is-inside-work-tree") === undefined) return undefined;
  if (git("cat-file", "blob", `HEAD:./${path}`) !== text) return ownIdentity(git);
  const blamed = git("blame", "--no-textconv", "--no-ignore-revs-file", "--line-porcelain", "HEAD", "--", path);
  if (blamed === undefined) return undefined;
  const isShallow = git("rev-parse", "--is-shallow-repository")?.trim() !== "false";
  const commits = new Map<string, readonly Person[] | undefined>();
  const lines = new Map<number, { readonly commit: string; readonly people: readonly Person[] }>();
  for (const [, commit = "", line, header = ""] of blamed.matchAll(/^([0-9a-f]{40,64}) \d+ (\d+).*\n((?:(?!\t).*\n)*)\t/gm)) {
    // The first commit of a shallow clone is blamed for everything before it.
    if (isShallow && /^boundary$/m.test(header)) continue;
    if (!commits.has(commit)) commits.set(commit, handsInCommit(commit, git));
    const people = commits.get(commit);
    if (people !== undefined) lines.set(Number(line), { commit, people });
  }
  return lines;
}

/** The commit's own words: blame would rename its author by the tree's .mailmap. */
function handsInCommit(commit: string, git: Git): readonly Person[] | undefined {
  const format = "%an <%ae>%n%cn <%ce>%n%(trailers:key=Co-authored-by,valueonly,unfold)";
  const shown = git("show", "--no-patch", "--no-show-signature", "--no-mailmap", `--format=${format}`, commit);
  return shown
    ?.split("\n")
    .filter((line) => line.trim() !== "")
    .map(personOf);
}

/** `Name <address>`; words without an address are a name. */
export function personOf(words: string): Person {
  const [, name = words, email = ""] = /^(.*?)\s*<([^<>]*)>/.exec(words) ?? [];
  return { name: name.trim(), email: email.trim() };
}

function ownIdentity(git: Git): readonly Person[] | undefined {
  const words = git("var", "GIT_AUTHOR_IDENT");
  return words === undefined ? undefined : [personOf(words)];
}
