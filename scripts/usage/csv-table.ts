import { CsvError, parse } from "csv-parse/sync";
import { type Diagnostic, type DiagnosticCode, diagnoseFile, InvalidInput } from "../../catalog/source/diagnostic.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import { MAX_ERRORS } from "../../catalog/source/limits.ts";
import { CONTROL_CHARACTER, clip, codePointName } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import { cellRange } from "./cell-range.ts";

/** Ten thousand servers take some 1 MB. */
export const MAX_CSV_BYTES = 16 * 1024 * 1024;
const MAX_CSV_ROWS = 100_000;

/** Columns that nobody knows, named in one message. */
const MOST_NAMED = 10;

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** CSV (RFC 4180, UTF-8, with or without byte order mark) under a header that is known: its rows, and every error by line and column. */
export class CsvTable {
  readonly diagnostics: Diagnostic[] = [];
  /** Without the header; none where a diagnostic says why. */
  readonly rows: readonly CsvRow[];
  readonly #file: string;
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #columns: readonly string[];

  constructor(file: string, bytes: Uint8Array, columns: readonly string[]) {
    this.#file = file;
    this.#text = textOf(file, bytes);
    this.#lines = this.#text.split(/\r?\n/);
    this.#columns = columns;
    this.rows = this.#refuseHidden() ? [] : this.#read();
  }

  /** Reports what is wrong with a cell, by its number from 0; past the last one, at the end of the line. */
  report(line: number, cell: number, code: DiagnosticCode, message: Text, meant?: string): void {
    const excerpt = this.#lines[line - 1] ?? "";
    this.diagnostics.push({
      file: this.#file,
      range: { line, ...cellRange(excerpt, cell) },
      code,
      message,
      excerpt,
      ...(meant === undefined ? {} : { didYouMean: meant }),
    });
  }

  #read(): readonly CsvRow[] {
    const [header, ...rows] = this.#parse();
    if (this.diagnostics.length > 0) return [];
    if (header === undefined) this.report(1, 0, "syntax", text("文件是空的", "Cannot read the file: it is empty"));
    else if (this.#checkHeader(header) && rows.length === 0)
      this.report(header.line, 0, "syntax", text("只有表头，没有数据", "Cannot read the file: it has a header and no row"));
    return this.diagnostics.length > 0 ? [] : rows;
  }

  #refuseHidden(): boolean {
    if (!CONTROL_CHARACTER.test(this.#text)) return false;
    for (const [index, line] of this.#lines.entries()) {
      const found = CONTROL_CHARACTER.exec(line);
      if (found === null) continue;
      const name = codePointName(found[0]);
      this.diagnostics.push({
        file: this.#file,
        range: { line: index + 1, column: found.index + 1, length: found[0].length },
        code: "bad-format",
        message: text(`文字里有不可见的控制字符 ${name}`, `Cannot accept the invisible control character ${name} in text`),
        excerpt: line,
      });
      if (this.diagnostics.length >= MAX_ERRORS) break;
    }
    return this.diagnostics.length > 0;
  }

  #parse(): CsvRow[] {
    const rows: CsvRow[] = [];
    try {
      const records = parse(this.#text, {
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        record_delimiter: ["\r\n", "\n"],
        max_record_size: 10_000,
        to: MAX_CSV_ROWS + 2,
      }) as unknown as readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
      for (const { record, info } of records) rows.push({ line: info.lines, cells: record });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const line = Math.min(Number(error["lines"] ?? 1), this.#lines.length);
      const words = clip(error.message, 160);
      this.report(line, 0, "syntax", text(`不是正确的 CSV：${SYNTAX_ZH[error.code] ?? words}`, `Cannot parse CSV: ${words}`));
    }
    if (rows.length > MAX_CSV_ROWS + 1) {
      const line = rows.at(-1)?.line ?? 1;
      this.report(line, 0, "file-too-large", text(`超过 ${MAX_CSV_ROWS} 行`, `Cannot read more than ${MAX_CSV_ROWS} rows`));
    }
    return rows;
  }

  #checkHeader({ line, cells }: CsvRow): boolean {
    const wanted = this.#columns.join(",");
    if (cells.length === 1 && /[;\t]/.test(cells[0] ?? "")) {
      this.report(
        line,
        0,
        "bad-format",
        text("列之间用的不是逗号，请另存为逗号分隔的 CSV", "Cannot read the header: its columns are not separated by commas"),
      );
      return false;
    }
    const missing = this.#columns.filter((column) => !cells.includes(column));
    const unknown = [...cells.entries()].filter(([index, cell]) => !this.#columns.includes(cell) || cells.indexOf(cell) !== index);
    const [first] = unknown;
    if (missing.length + unknown.length > 0) {
      const found = unknown.slice(0, MOST_NAMED).map(([index, cell]) => [index + 1, clip(cell)] as const);
      const more = unknown.length > MOST_NAMED ? ` … (${unknown.length})` : "";
      const zh = [
        ...(missing.length > 0 ? [`缺少 ${missing.join("、")}`] : []),
        ...(found.length > 0 ? [`不应有${found.map(([at, name]) => `第 ${at} 列“${name}”`).join("、")}${more}`] : []),
      ];
      const en = [
        ...(missing.length > 0 ? [`it lacks ${missing.join(", ")}`] : []),
        ...(found.length > 0 ? [`it has column ${found.map(([at, name]) => `${at} "${name}"`).join(", ")}${more}`] : []),
      ];
      this.report(
        line,
        first?.[0] ?? cells.length,
        missing.length > 0 ? "missing-key" : "unknown-key",
        text(`表头不对：${zh.join("，")}；应为 ${wanted}`, `Cannot accept the header: ${en.join(" and ")}; wanted ${wanted}`),
        first === undefined ? undefined : didYouMean(first[1], missing),
      );
    }
    const misplaced = this.diagnostics.length > 0 ? -1 : this.#columns.findIndex((column, index) => cells[index] !== column);
    if (misplaced >= 0) {
      const [found, meant] = [clip(cells[misplaced] ?? ""), this.#columns[misplaced] ?? ""];
      this.report(
        line,
        misplaced,
        "bad-format",
        text(`表头第 ${misplaced + 1} 列是 ${found}，应为 ${meant}`, `Cannot accept ${found} as column ${misplaced + 1}: wanted ${meant}`),
      );
    }
    return this.diagnostics.length === 0;
  }
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = text("文件不是 UTF-8 编码，请另存为 CSV UTF-8", "Cannot read the file: it is not UTF-8; save it as CSV UTF-8");
    throw new InvalidInput([diagnoseFile(file, "unreadable-file", message)]);
  }
}

const SYNTAX_ZH: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "有引号没有闭合",
  INVALID_OPENING_QUOTE: "引号不在单元格的开头",
  CSV_INVALID_CLOSING_QUOTE: "闭合的引号后面还有文字",
  CSV_MAX_RECORD_SIZE: "这一行太长",
};
