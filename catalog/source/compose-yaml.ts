import { Composer, type CST, type Document, type Node, Parser } from "yaml";
import type { Offsets, SourceText } from "./source-text.ts";

/** Tokens of a YAML text, whose lines are told to `lines`. */
export function tokensOf(source: string, { lineCounter }: SourceText): Iterable<CST.Token> {
  return new Parser(lineCounter.addNewLine).parse(source);
}

/** Documents of YAML 1.2. Keys are compared in `plainValue`: the parser's own comparison takes a minute on a hostile file. */
export function composeYaml(tokens: Iterable<CST.Token>): (Document.Parsed | Document)[] {
  return [...new Composer({ uniqueKeys: false, strict: true, version: "1.2", schema: "core", logLevel: "silent" }).compose(tokens)];
}

/** Where a node stands in its text; the first character of the text where the parser does not say. */
export function offsetsOf(node: Node): Offsets {
  return node.range?.slice(0, 2) ?? [0, 1];
}
