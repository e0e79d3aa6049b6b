import type { CST } from "yaml";
import { type Text, text } from "../text.ts";
import type { DiagnosticCode } from "./diagnostic.ts";
import { clip } from "./visible-text.ts";

/** The formats here nest 6 deep at the most. */
export const MAX_DEPTH = 20;

export interface ForbiddenToken {
  readonly start: number;
  readonly end: number;
  readonly code: DiagnosticCode;
  readonly message: Text;
}

/**
 * Directives, anchors, aliases, tags and deep nesting in a parsed text, found on its tokens before anything is composed of them: a bomb is
 * never unfolded. Walks with its own stack, for hostile input nests deeper than any other.
 */
export function findForbiddenTokens(tokens: readonly CST.Token[]): ForbiddenToken[] {
  const found: ForbiddenToken[] = [];
  const open: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (!token) continue;
    if (depth > MAX_DEPTH) {
      return [
        {
          start: token.offset,
          end: token.offset + 1,
          code: "too-deep",
          message: text(`嵌套超过 ${MAX_DEPTH} 层`, `Cannot read more than ${MAX_DEPTH} levels of nesting`),
        },
      ];
    }
    if (token.type === "alias")
      found.push(
        forbidden(token, text("不接受 YAML 别名（*）：请把内容直接写出来", "Cannot accept a YAML alias (*): write the content out")),
      );
    // A directive changes what the rest means: in YAML 1.1 yes is true and 010 is eight.
    if (token.type === "directive")
      found.push(
        forbidden(
          token,
          text(
            `不接受 YAML 指令 ${clip(token.source)}：请删掉这一行`,
            `Cannot accept the YAML directive ${clip(token.source)}: leave it out`,
          ),
        ),
      );
    if (token.type === "document") {
      found.push(...forbiddenProperties(token.start));
      open.push({ token: token.value, depth });
    } else if ("items" in token) {
      for (const { start, key, sep, value } of token.items) {
        found.push(...forbiddenProperties([...start, ...(sep ?? [])]));
        open.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
      }
    }
  }
  return found;
}

function forbiddenProperties(tokens: readonly CST.SourceToken[]): ForbiddenToken[] {
  return tokens.flatMap((token) => {
    if (token.type === "anchor")
      return [
        forbidden(token, text("不接受 YAML 锚点（&）：请把内容直接写出来", "Cannot accept a YAML anchor (&): write the content out")),
      ];
    if (token.type === "tag")
      return [forbidden(token, text(`不接受 YAML 标签 ${clip(token.source)}`, `Cannot accept the YAML tag ${clip(token.source)}`))];
    return [];
  });
}

function forbidden({ offset, source }: { readonly offset: number; readonly source: string }, message: Text): ForbiddenToken {
  return { start: offset, end: offset + source.length, code: "forbidden-yaml", message };
}
