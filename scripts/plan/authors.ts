import type { AuthorOf } from "../../catalog/read-waivers.ts";
import { runGit } from "../../catalog/source/git.ts";

/**
 * Asks Git who wrote a line of a file below a folder. Only what is committed is blamed, as commits say it: no filter, text conversion,
 * mailmap or list of commits to look past. A file that differs from its commit is its user's; where history is cut off nobody is named.
 */
export function gitAuthors(folder: string): AuthorOf {
  const git = (...args: string[]) => {
    const said = runGit(folder, args);
    return said.kind === "done" ? said.output.toString("utf8") : undefined;
  };
  return ({ path, text }, line) => {
    if (git("rev-parse", "--is-inside-work-tree") === undefined) return undefined;
    if (git("cat-file", "blob", `HEAD:./${path}`) !== text) return ownIdentity(git);
    const blamed = git("blame", "--no-textconv", "--no-ignore-revs-file", "--porcelain", "-L", `${line},${line}`, "HEAD", "--", path);
    const commit = /^[0-9a-f]{40,64}/.exec(blamed ?? "")?.[0];
    if (blamed === undefined || commit === undefined) return undefined;
    // The first commit of a shallow clone is blamed for everything before it.
    if (/^boundary$/m.test(blamed) && git("rev-parse", "--is-shallow-repository")?.trim() !== "false") return undefined;
    // The commit's own words: blame would rename its author by the tree's .mailmap.
    const [name = "", email = ""] = (git("show", "--no-patch", "--no-show-signature", "--format=%an%n%ae", commit) ?? "").split("\n");
    return { name, email };
  };
}

function ownIdentity(git: (...args: string[]) => string | undefined) {
  const match = /^(.*) <(.*)> \d+/.exec(git("var", "GIT_AUTHOR_IDENT") ?? "");
  return match === null ? undefined : { name: match[1] ?? "", email: match[2] ?? "" };
}
