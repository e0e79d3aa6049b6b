import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
} from "yaml";
import { text } from "../text.ts";
import { type Diagnostic, type DiagnosticCode, diagnoseFile, type SourceRange } from "./diagnostic.ts";

/** A whole declaration of a large system takes some 20 KB; anything far beyond is an attack or a mistake. */
export const MAX_FILE_BYTES = 256 * 1024;
/** The formats here nest 6 deep at the most. */
export const MAX_DEPTH = 16;
/** More errors than this in one file tell nothing more. */
const MAX_SYNTAX_ERRORS = 20;

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
  | { readonly kind: "rejected"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Parses one YAML 1.2 document as hostile input: no aliases, anchors, merge keys, tags, duplicate keys, `__proto__`,
 * control characters, deep nesting, second documents, or numbers that read differently from how they are written.
 */
export function parseSource(path: string, bytes: Uint8Array): Parsed {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return rejected(
      diagnoseFile(
        path,
        "file-too-large",
        text(
          `文件有 ${bytes.byteLength} 字节，超过上限 ${MAX_FILE_BYTES} 字节`,
          `Cannot read the file: it has ${bytes.byteLength} bytes, the limit is ${MAX_FILE_BYTES}`,
        ),
      ),
    );
  }
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return rejected(
      diagnoseFile(path, "unreadable-file", text("文件不是 UTF-8 编码，请另存为 UTF-8", "Cannot read the file: it is not UTF-8; save it as UTF-8")),
    );
  }

  const lineCounter = new LineCounter();
  // Depth is checked on the text's tokens before the parser recurses over them.
  const documents = parseAllDocuments(source, { lineCounter, uniqueKeys: true, strict: true, version: "1.2", schema: "core", prettyErrors: false, logLevel: "silent" });
  const lines = source.split(/\r\n|\r|\n/);
  const reader = new Reader(path, source, lines, lineCounter);
  if (!Array.isArray(documents)) {
    reader.report([0, 1], "syntax", text("文件是空的", "Cannot read the file: it is empty"));
    return { kind: "rejected", diagnostics: reader.diagnostics };
  }
  const [document, second] = documents;
  if (document === undefined || document.contents === null) {
    if ((document?.errors.length ?? 0) === 0) reader.report([0, 1], "syntax", text("文件是空的", "Cannot read the file: it is empty"));
  }
  for (const each of documents) reader.reportSyntax(each);
  if (second !== undefined) {
    reader.report(second.range?.slice(0, 2) ?? [0, 1], "forbidden-yaml", text("一个文件只能有一个 YAML 文档（多了“---”）", "Cannot read a second YAML document: one file holds one document"));
  }
  if (reader.diagnostics.length > 0 || document === undefined) return { kind: "rejected", diagnostics: reader.diagnostics };

  reader.refuseForbidden(document);
  const value = reader.diagnostics.length > 0 ? undefined : reader.plain(document.contents as Node | null, 0);
  if (reader.diagnostics.length > 0) return { kind: "rejected", diagnostics: reader.diagnostics };
  return { kind: "parsed", file: { path, text: source, value, locate: (at, on = "value") => reader.locate(document, at, on), lineAt: (line) => lines[line - 1] ?? "" } };
}

function rejected(...diagnostics: Diagnostic[]): Parsed {
  return { kind: "rejected", diagnostics };
}

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #path: string;
  readonly #source: string;
  readonly #lines: readonly string[];
  readonly #lineCounter: LineCounter;
  constructor(path: string, source: string, lines: readonly string[], lineCounter: LineCounter) {
    this.#path = path;
    this.#source = source;
    this.#lines = lines;
    this.#lineCounter = lineCounter;
  }

  report(offsets: readonly number[], code: DiagnosticCode, message: Diagnostic["message"]): void {
    const range = this.rangeOf(offsets[0] ?? 0, offsets[1] ?? (offsets[0] ?? 0) + 1);
    this.diagnostics.push({ file: this.#path, range, code, message, excerpt: this.#lines[range.line - 1] ?? "" });
  }

  reportSyntax(document: Document.Parsed | Document): void {
    for (const error of document.errors.slice(0, MAX_SYNTAX_ERRORS)) {
      const duplicate = error.code === "DUPLICATE_KEY";
      const reason = error.message.split("\n")[0] ?? error.message;
      this.report(
        error.pos,
        duplicate ? "duplicate-key" : "syntax",
        duplicate
          ? text("这个键写了两次；同一层里每个键只能出现一次", "Cannot use a key twice: each key stands once at its level")
          : text(`不是正确的 YAML：${SYNTAX_ZH[error.code] ?? reason}`, `Cannot parse YAML: ${reason}`),
      );
    }
    // A warning is a construct whose meaning is in doubt (unresolved tag, unknown directive): in hostile input that is an error.
    for (const warning of document.warnings.slice(0, MAX_SYNTAX_ERRORS)) {
      this.report(warning.pos, "forbidden-yaml", text(`不接受这种写法：${warning.message}`, `Cannot accept this construct: ${warning.message}`));
    }
  }

  refuseForbidden(document: Document.Parsed | Document): void {
    visit(document as Document, {
      Alias: (_, node) => this.#forbid(node, text("不接受 YAML 别名（*）：请把内容直接写出来", "Cannot accept a YAML alias (*): write the content out")),
      Node: (_, node) => {
        if (!isNode(node) || isAlias(node)) return;
        if ("anchor" in node && node.anchor) this.#forbid(node, text("不接受 YAML 锚点（&）：请把内容直接写出来", "Cannot accept a YAML anchor (&): write the content out"));
        if (node.tag !== undefined && !DEFAULT_TAGS.has(node.tag)) this.#forbid(node, text(`不接受 YAML 标签 ${node.tag}`, `Cannot accept the YAML tag ${node.tag}`));
        else if (node.tag !== undefined && this.#hasExplicitTag(node)) this.#forbid(node, text("不接受 YAML 标签（!!）", "Cannot accept a YAML tag (!!)"));
      },
      Pair: (_, pair) => {
        const key = pair.key;
        if (!isScalar(key) || typeof key.value !== "string") {
          if (isNode(key)) this.#forbid(key, text("键必须是普通文字", "Cannot accept this key: a key is plain text"));
          return;
        }
        if (key.value === "<<") this.#forbid(key, text("不接受 YAML 合并键（<<）", "Cannot accept a YAML merge key (<<)"));
        if (key.value === "__proto__" || key.value === "constructor" || key.value === "prototype") {
          this.#forbid(key, text(`不接受键 ${key.value}`, `Cannot accept the key ${key.value}`));
        }
      },
    });
  }

  #forbid(node: Node, message: Diagnostic["message"]): void {
    this.report(node.range?.slice(0, 2) ?? [0, 1], "forbidden-yaml", message);
  }

  #hasExplicitTag(node: Node): boolean {
    const token = node.srcToken as { props?: unknown } | undefined;
    if (token !== undefined) return false;
    const start = node.range?.[0] ?? 0;
    return /!\S*\s+$/.test(this.#source.slice(Math.max(0, start - 40), start));
  }

  /** Turns nodes into plain data; numbers must be whole and read exactly as written. */
  plain(node: Node | Pair | null | unknown, depth: number): unknown {
    if (node === null || node === undefined) return null;
    if (depth > MAX_DEPTH) {
      if (isNode(node)) this.report(node.range?.slice(0, 2) ?? [0, 1], "too-deep", text(`嵌套超过 ${MAX_DEPTH} 层`, `Cannot read more than ${MAX_DEPTH} levels of nesting`));
      return null;
    }
    if (isMap(node)) {
      const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const item of node.items) if (isPair(item) && isScalar(item.key)) result[String(item.key.value)] = this.plain(item.value, depth + 1);
      return result;
    }
    if (isSeq(node)) return node.items.map((item) => this.plain(item, depth + 1));
    if (!isScalar(node)) return null;
    const { value } = node;
    if (typeof value === "number" || typeof value === "bigint") return this.#plainNumber(node.source ?? String(value), Number(value), node.range?.slice(0, 2) ?? [0, 1]);
    if (typeof value === "string") {
      const bad = CONTROL_CHARACTER.exec(value);
      if (bad !== null) {
        const code = `U+${(bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
        this.report(node.range?.slice(0, 2) ?? [0, 1], "forbidden-yaml", text(`文字里有不可见的控制字符 ${code}`, `Cannot accept the invisible control character ${code} in text`));
      }
    }
    return value;
  }

  #plainNumber(source: string, value: number, offsets: readonly number[]): number {
    if (!/^-?(0|[1-9][0-9]*)$/.test(source) || !Number.isSafeInteger(value)) {
      this.report(
        offsets,
        "not-plain-number",
        text(
          `数字写成了 ${source}；请写整数，不带小数点、指数、前导零或进制前缀（带小数的金额、编号等文字请加引号）`,
          `Cannot accept the number ${source}: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)`,
        ),
      );
    }
    return value;
  }

  locate(document: Document.Parsed | Document, path: Path, on: "key" | "value"): SourceRange {
    let node: unknown = document.contents;
    let found: readonly number[] = isNode(node) ? (node.range ?? [0, 1]) : [0, 1];
    let narrow = path.length === 0;
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined || !isNode(pair.key)) break;
        found = last && on === "value" && isNode(pair.value) && pair.value.range ? pair.value.range : (pair.key.range ?? found);
        if (last && on === "value" && isScalar(pair.value) && pair.value.value === null) found = pair.key.range ?? found;
        node = pair.value;
        narrow = last;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (!isNode(item)) break;
        found = item.range ?? found;
        node = item;
        narrow = last;
      } else break;
    }
    // A missing place is shown by its parent's first line, not by a caret under the whole parent.
    return this.rangeOf(found[0] ?? 0, narrow || found.length < 2 ? (found[1] ?? 0) : (found[1] ?? 0));
  }

  rangeOf(start: number, end: number): SourceRange {
    const from = this.#lineCounter.linePos(start);
    const line = from.line === 0 ? 1 : from.line;
    const column = from.col === 0 ? 1 : from.col;
    const rest = (this.#lines[line - 1] ?? "").length - (column - 1);
    return { line, column, length: Math.max(1, Math.min(end - start, rest)) };
  }
}

/** Tags that the core schema resolves by itself. */
const DEFAULT_TAGS = new Set(["tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"]);

/** C0 and C1 controls but for tab and line feed, and the marks that reorder or hide text (bidi, zero width, BOM, line separators). */
export const CONTROL_CHARACTER = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

const SYNTAX_ZH: Readonly<Record<string, string>> = {
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

