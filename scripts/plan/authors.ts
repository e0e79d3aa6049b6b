import { spawnSync } from "node:child_process";
import type { AuthorOf } from "../../catalog/read-waivers.ts";

/** Asks Git who wrote a line of a file below a folder. What is not committed yet is its user's; where history is cut off nobody is named. */
export function gitAuthors(folder: string): AuthorOf {
  const git = (...args: string[]) => {
    const { status, stdout } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
    return status === 0 ? stdout : undefined;
  };
  return ({ path }, line) => {
    const blamed = git("blame", "--porcelain", "-L", `${line},${line}`, "--", path);
    if (blamed === undefined) return git("rev-parse", "--is-inside-work-tree") === undefined ? undefined : ownIdentity(git);
    const field = (name: string) => new RegExp(`^${name} (.*)$`, "m").exec(blamed)?.[1] ?? "";
    if (/^0{40}/.test(blamed)) return ownIdentity(git);
    // The first commit of a shallow clone is blamed for everything before it.
    if (/^boundary$/m.test(blamed) && git("rev-parse", "--is-shallow-repository")?.trim() !== "false") return undefined;
    return { name: field("author"), email: field("author-mail").replace(/^<|>$/g, "") };
  };
}

function ownIdentity(git: (...args: string[]) => string | undefined) {
  const match = /^(.*) <(.*)> \d+/.exec(git("var", "GIT_AUTHOR_IDENT") ?? "");
  return match === null ? undefined : { name: match[1] ?? "", email: match[2] ?? "" };
}
