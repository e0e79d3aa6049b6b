import { type Document, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { composeYaml, offsetsOf, tokensOf } from "./compose-yaml.ts";
import type { SourceRange } from "./diagnostic.ts";
import type { Path } from "./source-file.ts";
import { SourceText } from "./source-text.ts";

/** Where every part of a file stands that was parsed without error. */
export class SourceMap {
  readonly source: string;
  readonly #text: SourceText;
  readonly #document: Document.Parsed | Document | undefined;
  /** Pairs of a map by key, made when it is first asked for. */
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  constructor(path: string, source: string) {
    this.source = source;
    this.#text = new SourceText(path, source);
    [this.#document] = composeYaml(tokensOf(source, this.#text));
  }

  lineAt(line: number): string {
    return this.#text.lineAt(line);
  }

  /** Range of the value at this path, or of its key; where the path does not exist, of its nearest ancestor. */
  locate(path: Path, on: "key" | "value"): SourceRange {
    if (this.#document === undefined) return { line: 1, column: 1, length: 1 };
    let node: unknown = this.#document.contents;
    let found = isNode(node) ? offsetsOf(node) : [0, 1];
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
        if (pair === undefined || !isNode(pair.key)) break;
        const isEmpty = isScalar(pair.value) && pair.value.value === null;
        const onValue = depth === path.length - 1 && on === "value" && isNode(pair.value) && !isEmpty;
        found = offsetsOf(onValue ? (pair.value as Node) : pair.key);
        node = pair.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (!isNode(item)) break;
        found = offsetsOf(item);
        node = item;
      } else break;
    }
    return this.#text.rangeOf(found);
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
    this.#pairs.set(map, known);
    return known;
  }
}
