import {
  Composer,
  type CST,
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { text } from "../text.ts";
import { type Diagnostic, type DiagnosticCode, diagnoseFile, type SourceRange } from "./diagnostic.ts";
import { findForbiddenTokens } from "./forbidden-tokens.ts";
import { findFullWidthSlip } from "./full-width-slip.ts";
import { CONTROL_CHARACTER, clip, codePointName } from "./visible-text.ts";

/** A whole declaration of a large system takes some 20 KB, and so does Annex 1; anything far beyond is an attack or a mistake. */
export const MAX_FILE_BYTES = 64 * 1024;
/** More errors than this in one file tell nothing more. */
export const MAX_ERRORS = 100;

/** More than this many syntax errors in one file follow from the first. */
const MOST_SYNTAX_ERRORS = 3;

/** A text that is never closed breaks the file far below where it began. */
const MOST_LINES_BACK = 200;

export type Path = readonly (string | number)[];

/** A YAML file that was parsed safely: its plain value, and where in the text each part of it stands. */
export interface SourceFile {
  /** Path inside the tree, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Plain data: objects without prototype, arrays, strings, booleans, null, whole numbers. */
  readonly value: unknown;
  /** Range of the value at this path, or of its key; where the path does not exist, of its nearest ancestor. */
  locate(path: Path, on?: "key" | "value"): SourceRange;
  lineAt(line: number): string;
}

export type Parsed =
  | { readonly kind: "parsed"; readonly file: SourceFile }
  | {
      readonly kind: "rejected";
      readonly diagnostics: readonly Diagnostic[];
      /** What could be read all the same, so that its other errors are told in the same run. */
      readonly file?: SourceFile;
    };

/**
 * Parses one YAML 1.2 document as hostile input: no directives, aliases, anchors, merge keys, tags, duplicate keys, `__proto__`,
 * control characters, deep nesting, second documents, or numbers that read differently from how they are written.
 */
export function parseSource(path: string, bytes: Uint8Array): Parsed {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return rejected(
      diagnoseFile(
        path,
        "file-too-large",
        text(`文件超过上限 ${MAX_FILE_BYTES} 字节`, `Cannot read the file: it is larger than the limit of ${MAX_FILE_BYTES} bytes`),
      ),
    );
  }
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return rejected(
      diagnoseFile(
        path,
        "unreadable-file",
        text("文件不是 UTF-8 编码，请另存为 UTF-8", "Cannot read the file: it is not UTF-8; save it as UTF-8"),
      ),
    );
  }

  const lineCounter = new LineCounter();
  const reader = new Reader(path, source.split(/\r?\n/), lineCounter);
  const tokens = withFewErrors(new Parser(lineCounter.addNewLine).parse(source));
  reader.refuseControlCharacters(source);
  const forbidden = findForbiddenTokens(tokens);
  for (const { start, end, code, message } of forbidden) reader.report([start, end], code, message);
  if (forbidden.some(({ code }) => code === "too-deep")) return rejected(...reader.diagnostics);

  // Keys are compared in `plain`: the parser's own comparison takes a minute on a hostile file.
  const documents = [
    ...new Composer({ uniqueKeys: false, strict: true, version: "1.2", schema: "core", logLevel: "silent" }).compose(tokens),
  ];
  const [document, second] = documents;
  for (const each of documents) reader.reportSyntax(each);
  if (second !== undefined) {
    reader.report(
      second.range?.slice(0, 2) ?? [0, 1],
      "forbidden-yaml",
      text("一个文件只能有一个 YAML 文档（多了“---”）", "Cannot read a second YAML document: one file holds one document"),
    );
  }
  if (reader.diagnostics.length === 0 && !document?.contents)
    reader.report(
      [0, 1],
      "syntax",
      text(
        "文件是空的；没有内容要写就不要这个文件",
        "Cannot read the file: it is empty; where there is nothing to say, leave the file out",
      ),
    );
  if (reader.diagnostics.length > 0 || document === undefined) return rejected(...reader.diagnostics);

  const value = reader.plain(document.contents);
  const file = sourceFile(path, source, value);
  return reader.diagnostics.length > 0 ? { kind: "rejected", diagnostics: reader.diagnostics, file } : { kind: "parsed", file };
}

/** Tokens without the errors that nobody would be told: to make sixty thousand of them takes seconds. */
function withFewErrors(tokens: Iterable<CST.Token>): CST.Token[] {
  let errors = 0;
  return [...tokens].filter(({ type }) => type !== "error" || ++errors <= MOST_SYNTAX_ERRORS);
}

/** Keeps the text and its plain value; where a part of it stands is worked out when somebody asks, so that ten thousand files stay small. */
function sourceFile(path: string, source: string, value: unknown): SourceFile {
  return {
    path,
    text: source,
    value,
    locate: (at, on = "value") => {
      if (located?.source !== source) located = { source, ...compose(path, source) };
      return located.document === undefined ? { line: 1, column: 1, length: 1 } : located.reader.locate(located.document, at, on);
    },
    lineAt: (line) => (located?.source === source ? located.reader.lineAt(line) : (source.split(/\r?\n/)[line - 1] ?? "")),
  };
}

/** The file that was asked last: the errors of one file are located one after the other. */
let located: ({ readonly source: string } & ReturnType<typeof compose>) | undefined;

function compose(path: string, source: string) {
  const lineCounter = new LineCounter();
  const reader = new Reader(path, source.split(/\r?\n/), lineCounter);
  const composer = new Composer({ uniqueKeys: false, strict: true, version: "1.2", schema: "core", logLevel: "silent" });
  const [document] = [...composer.compose(new Parser(lineCounter.addNewLine).parse(source))];
  return { document, reader };
}

function rejected(...diagnostics: Diagnostic[]): Parsed {
  return { kind: "rejected", diagnostics };
}

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #path: string;
  readonly #lines: readonly string[];
  readonly #lineCounter: LineCounter;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  constructor(path: string, lines: readonly string[], lineCounter: LineCounter) {
    this.#path = path;
    this.#lines = lines;
    this.#lineCounter = lineCounter;
  }

  report(offsets: readonly number[], code: DiagnosticCode, message: Diagnostic["message"]): void {
    if (this.diagnostics.length >= MAX_ERRORS) return;
    const range = this.#rangeOf(offsets[0] ?? 0, offsets[1] ?? (offsets[0] ?? 0) + 1);
    this.diagnostics.push({ file: this.#path, range, code, message, excerpt: this.lineAt(range.line) });
  }

  lineAt(line: number): string {
    return this.#lines[line - 1] ?? "";
  }

  /** In comments too: a reviewer must see what the program reads. */
  refuseControlCharacters(source: string): void {
    for (const { 0: character, index } of source.matchAll(new RegExp(CONTROL_CHARACTER.source, "gu"))) {
      if (character !== "\r" || source[index + 1] !== "\n") this.#forbidCharacter([index, index + character.length], character);
    }
  }

  reportSyntax(document: Document.Parsed | Document): void {
    for (const { code, message, pos } of document.errors) {
      if (code === "TAG_RESOLVE_FAILED") continue;
      // Once the parser has lost the structure, one slip makes a hundred errors; what follows is told when this is mended.
      if (this.diagnostics.length >= MOST_SYNTAX_ERRORS) return;
      if (this.#reportFullWidth(pos[0])) return;
      const reason = clip(message.split("\n")[0] ?? message, 100);
      this.report(pos, "syntax", text(`不是正确的 YAML：${SYNTAX_ZH[code]}`, `Cannot parse YAML: ${reason}`));
    }
    // A warning is a construct whose meaning is in doubt (an unknown directive): in hostile input that is an error.
    for (const { code, message, pos } of document.warnings) {
      if (code === "TAG_RESOLVE_FAILED" || code === "BAD_DIRECTIVE") continue;
      this.report(pos, "forbidden-yaml", text("不接受这种写法，含义不明", `Cannot accept this construct: ${clip(message, 100)}`));
    }
  }

  /** Whether full-width punctuation on the line of a syntax error, or where that tells nothing before it, is what broke it; the nearest is told. */
  #reportFullWidth(offset: number): boolean {
    const { line } = this.#rangeOf(offset, offset + 1);
    for (let at = line; at >= Math.max(1, line - MOST_LINES_BACK); at -= 1) {
      const slip = findFullWidthSlip(this.lineAt(at));
      if (slip === undefined) continue;
      const { character, ascii, index } = slip;
      this.diagnostics.push({
        file: this.#path,
        range: { line: at, column: index + 1, length: 1 },
        code: "syntax",
        message: text(
          `不是正确的 YAML：这里是全角的“${character}”（中文输入法），应为半角的 ${ascii}`,
          `Cannot parse YAML: found the full-width ${character}, wanted ${ascii}`,
        ),
        excerpt: this.lineAt(at),
      });
      return true;
    }
    return false;
  }

  /** Turns nodes into plain data; numbers must be whole and read exactly as written. */
  plain(node: unknown): unknown {
    if (isMap(node)) {
      const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const { key, value } of node.items) {
        const name = this.#plainKey(key, result);
        const inner = this.plain(value);
        if (name !== undefined) result[name] = inner;
      }
      return result;
    }
    if (isSeq(node)) return node.items.map((item) => this.plain(item));
    if (!isScalar(node)) return null;
    const { value } = node;
    if (typeof value === "number" || typeof value === "bigint") return this.#plainNumber(node, Number(value));
    if (typeof value === "string") this.#refuseHidden(node, value);
    return value;
  }

  #plainKey(key: unknown, above: Readonly<Record<string, unknown>>): string | undefined {
    if (!isScalar(key) || typeof key.value !== "string") {
      if (isNode(key)) this.#forbid(key, text("键必须是普通文字", "Cannot accept this key: a key is plain text"));
      return undefined;
    }
    const name = key.value;
    this.#refuseHidden(key, name);
    if (name === "<<") this.#forbid(key, text("不接受 YAML 合并键（<<）", "Cannot accept a YAML merge key (<<)"));
    if (name === "__proto__" || name === "constructor" || name === "prototype")
      this.#forbid(key, text(`不接受键 ${name}`, `Cannot accept the key ${name}`));
    if (name in above)
      this.report(
        offsetsOf(key),
        "duplicate-key",
        text("这个键写了两次；同一层里每个键只能出现一次", "Cannot use a key twice: each key stands once at its level"),
      );
    return name;
  }

  #forbid(node: Node, message: Diagnostic["message"]): void {
    this.report(offsetsOf(node), "forbidden-yaml", message);
  }

  /** What an escape such as "\u202e" hides; written out it was refused already. */
  #refuseHidden(node: Node, value: string): void {
    const bad = CONTROL_CHARACTER.exec(value);
    if (bad !== null) this.#forbidCharacter(offsetsOf(node), bad[0]);
  }

  #forbidCharacter(offsets: readonly number[], character: string): void {
    const name = codePointName(character);
    this.report(
      offsets,
      "forbidden-yaml",
      text(`文字里有不可见的控制字符 ${name}`, `Cannot accept the invisible control character ${name} in text`),
    );
  }

  #plainNumber(node: Scalar.Parsed | Scalar, value: number): number {
    const source = node.source ?? String(value);
    if (!/^(0|-?[1-9][0-9]*)$/.test(source) || !Number.isSafeInteger(value)) {
      this.report(
        offsetsOf(node),
        "not-plain-number",
        text(
          `数字写成了 ${clip(source)}；请写整数，不带小数点、指数、前导零或进制前缀（带小数的金额、编号等文字请加引号）`,
          `Cannot accept the number ${clip(source)}: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)`,
        ),
      );
    }
    return value;
  }

  locate(document: Document.Parsed | Document, path: Path, on: "key" | "value"): SourceRange {
    let node: unknown = document.contents;
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
    return this.#rangeOf(found[0] ?? 0, found[1] ?? 0);
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
    this.#pairs.set(map, known);
    return known;
  }

  /** A place that covers several lines is shown by its first. */
  #rangeOf(start: number, end: number): SourceRange {
    const from = this.#lineCounter.linePos(start);
    const line = from.line === 0 ? 1 : from.line;
    const column = from.col === 0 ? 1 : from.col;
    const rest = this.lineAt(line).length - (column - 1);
    return { line, column, length: Math.max(1, Math.min(end - start, rest)) };
  }
}

function offsetsOf(node: Node): readonly number[] {
  return node.range?.slice(0, 2) ?? [0, 1];
}

/** Whole, so that the parser's own English never stands in a Chinese sentence. */
const SYNTAX_ZH: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "别名不能带锚点或标签",
  BAD_ALIAS: "别名不对",
  BAD_COLLECTION_TYPE: "标签与内容不符",
  BAD_DIRECTIVE: "指令不对",
  BAD_PROP_ORDER: "锚点或标签的位置不对",
  BLOCK_IN_FLOW: "花括号或方括号里有分行的写法，可能是漏了逗号或括号",
  DUPLICATE_KEY: "同一层里有重复的键",
  KEY_OVER_1024_CHARS: "键太长",
  MULTIPLE_ANCHORS: "锚点不止一个",
  MULTIPLE_DOCS: "文件里不止一个文档",
  MULTIPLE_TAGS: "标签不止一个",
  NON_STRING_KEY: "键必须是普通文字",
  RESOURCE_EXHAUSTION: "内容太复杂",
  TAG_RESOLVE_FAILED: "不认识的标签",
  BAD_INDENT: "缩进不对（同一层要对齐，且只用空格）",
  TAB_AS_INDENT: "缩进里有制表符，请改用空格",
  MISSING_CHAR: "缺少符号（常见的是冒号、引号或括号没有写完）",
  UNEXPECTED_TOKEN: "出现了多余的符号",
  BLOCK_AS_IMPLICIT_KEY: "一行里有两个冒号，或上一行没有写完",
  MULTILINE_IMPLICIT_KEY: "键跨了行，可能是漏了冒号",
  IMPOSSIBLE: "无法解析",
  BAD_DQ_ESCAPE: "双引号里的转义不对",
  BAD_SCALAR_START: "值不能以这个符号开头，请加引号",
};
