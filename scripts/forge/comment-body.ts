import { markdownCode } from "../render/escape.ts";

/** What a comment is about; each kind has one comment on a request. */
export type CommentKind = "plan" | "applied";

/** Whatever comment of ours a marker tells apart; an approval has one of its own. */
export type MarkedKind = CommentKind | `approval:${string}`;

/** Longest comment that every forge takes: GitHub's limit is 65,536 characters, GitLab's 1,000,000. */
export const MAX_COMMENT = 65_000;

/** What finds our own comment again; invisible. */
export function markerOf(kind: MarkedKind): string {
  return `<!-- govcloud:${kind} -->`;
}

/** Whether a body is a comment of ours by its first line; who wrote it is for the caller to see. */
export function hasMarker(body: string, kind: MarkedKind): boolean {
  return body.trimStart().startsWith(markerOf(kind));
}

/** Which pipeline wrote the comment, for the next one to see whether it is newer. */
export interface Origin {
  readonly run: number | undefined;
  readonly headSha: string | undefined;
}

/** The whole comment: marker, origin, what was rendered, and where the rest is. Throws nothing: what is too long is cut at a line's end. */
export function commentBody(
  kind: CommentKind,
  markdown: string,
  origin: Origin,
  artifacts: { readonly url: string | undefined; readonly words: string },
): string {
  const head = `${markerOf(kind)}\n<!-- govcloud:origin run=${origin.run ?? "-"} head=${origin.headSha ?? "-"} -->\n`;
  const tail = artifacts.url === undefined ? "" : `\n<sub>${artifacts.words}: ${linkTo(artifacts.url)}</sub>\n`;
  return `${head}${cut(inert(markdown), MAX_COMMENT - head.length - tail.length)}${tail}`;
}

/** The run that wrote a comment of ours; undefined where it does not say. */
export function runOf(body: string): number | undefined {
  const [, run] = /^<!-- govcloud:origin run=(\d{1,15}) /m.exec(body) ?? [];
  return run === undefined ? undefined : Number(run);
}

/**
 * Markdown in which nothing calls anybody or commands anything. Forges look for mentions in the text as it is shown, so that an escaped `@` still
 * calls; a character of no width between the sign and the name does not. GitLab obeys lines that begin with `/`. In fenced code neither does
 * anything, and what is there to be copied stays as it is.
 */
export function inert(markdown: string): string {
  let fenced = false;
  const lines = markdown.split("\n").map((line) => {
    if (line.startsWith("```")) fenced = !fenced;
    return fenced ? line : inertLine(line);
  });
  return lines.join("\n");
}

function inertLine(line: string): string {
  return line
    .replace(/&#(64|35|33|126|37|36);/g, "&#$1;&#8203;")
    .replace(/(^|[\s>(])@(?=\w)/g, "$1@&#8203;")
    .replace(/^([ \t>]*)\/(?=\w)/, "$1&#47;");
}

function cut(markdown: string, length: number): string {
  if (markdown.length <= length) return markdown;
  const mark = "\n\n…\n";
  const end = markdown.lastIndexOf("\n", length - mark.length);
  return `${markdown.slice(0, Math.max(0, end))}${mark}`;
}

function linkTo(url: string): string {
  return /^https?:\/\/[\w.:[\]/%~+-]+$/.test(url) ? `<${url}>` : markdownCode(url);
}
