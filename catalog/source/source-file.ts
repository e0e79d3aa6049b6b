import { text } from "../text.ts";
import { composeYaml, tokensOf } from "./compose-yaml.ts";
import { type Diagnostic, diagnoseFile, type SourceRange } from "./diagnostic.ts";
import { findForbiddenTokens } from "./forbidden-tokens.ts";
import { refuseHiddenCharacters } from "./hidden-characters.ts";
import { MAX_FILE_BYTES } from "./limits.ts";
import { plainValue } from "./plain-value.ts";
import { SourceMap } from "./source-map.ts";
import { SourceText } from "./source-text.ts";
import { reportSyntaxErrors, withFewErrors } from "./syntax-errors.ts";

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

  const errors = new SourceText(path, source);
  const tokens = withFewErrors(tokensOf(source, errors));
  refuseHiddenCharacters(source, errors);
  const forbidden = findForbiddenTokens(tokens);
  for (const { start, end, code, message } of forbidden) errors.report([start, end], code, message);
  if (forbidden.some(({ code }) => code === "too-deep")) return rejected(...errors.diagnostics);

  const documents = composeYaml(tokens);
  const [document, second] = documents;
  for (const each of documents) reportSyntaxErrors(each, errors);
  if (second !== undefined) {
    errors.report(
      second.range?.slice(0, 2) ?? [0, 1],
      "forbidden-yaml",
      text("一个文件只能有一个 YAML 文档（多了“---”）", "Cannot read a second YAML document: one file holds one document"),
    );
  }
  if (errors.diagnostics.length === 0 && !document?.contents)
    errors.report(
      [0, 1],
      "syntax",
      text(
        "文件是空的；没有内容要写就不要这个文件",
        "Cannot read the file: it is empty; where there is nothing to say, leave the file out",
      ),
    );
  if (errors.diagnostics.length > 0 || document === undefined) return rejected(...errors.diagnostics);

  const value = plainValue(document.contents, errors);
  const file = sourceFile(path, source, value);
  return errors.diagnostics.length > 0 ? { kind: "rejected", diagnostics: errors.diagnostics, file } : { kind: "parsed", file };
}

/** Keeps the text and its plain value; where a part of it stands is worked out when somebody asks, so that ten thousand files stay small. */
function sourceFile(path: string, source: string, value: unknown): SourceFile {
  return {
    path,
    text: source,
    value,
    locate: (at, on = "value") => {
      if (lastMap?.source !== source) lastMap = new SourceMap(path, source);
      return lastMap.locate(at, on);
    },
    lineAt: (line) => (lastMap?.source === source ? lastMap.lineAt(line) : (source.split(/\r?\n/)[line - 1] ?? "")),
  };
}

/** Of the file that was asked last: the errors of one file are located one after the other. */
let lastMap: SourceMap | undefined;

function rejected(...diagnostics: Diagnostic[]): Parsed {
  return { kind: "rejected", diagnostics };
}
