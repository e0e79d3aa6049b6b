import { Decimal } from "decimal.js";
import type { LeftOut, ServerUsage, UsageMonth } from "../../catalog/sizing/usage.ts";
import { type DiagnosticCode, InvalidInput } from "../../catalog/source/diagnostic.ts";
import { MAX_ERRORS } from "../../catalog/source/limits.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { spaced, type Text, text } from "../../catalog/text.ts";
import { type CsvRow, CsvTable } from "./csv-table.ts";
import type { DeclaredServers } from "./declared-servers.ts";
import type { Month } from "./month.ts";
import { readPeriod } from "./period.ts";

const COLUMNS = ["system", "server", "index", "from", "to", "cpuPercent", "memoryPercent", "diskUsedGb", "coverage"] as const;
type Column = (typeof COLUMNS)[number];

/** Most GB that one server may be said to use: ten times the largest volume of a cloud. */
const MOST_DISK_GB = 1_000_000;

/**
 * Reads a month's usage from CSV (RFC 4180, UTF-8, with or without byte order mark), one row a server. An empty figure is "not measured", never zero.
 * Servers that are not declared are left out, with their line; anything else that is wrong is an error.
 * @param file name for messages
 * @throws InvalidInput with every error, by line and column
 */
export function readUsageCsv(file: string, bytes: Uint8Array, month: Month, declared: DeclaredServers): UsageMonth {
  const table = new CsvTable(file, bytes, COLUMNS);
  const reader = new UsageRows(file, table, month, declared);
  for (const row of table.rows) if (table.diagnostics.length < MAX_ERRORS) reader.read(row);
  if (table.diagnostics.length > 0) throw new InvalidInput(table.diagnostics);
  return { month: month.name, servers: reader.servers, leftOut: reader.leftOut };
}

class UsageRows {
  readonly servers: ServerUsage[] = [];
  readonly leftOut: LeftOut[] = [];
  readonly #file: string;
  readonly #table: CsvTable;
  readonly #month: Month;
  readonly #declared: DeclaredServers;
  /** Line of the first row of each server. */
  readonly #seen = new Map<string, number>();

  constructor(file: string, table: CsvTable, month: Month, declared: DeclaredServers) {
    this.#file = file;
    this.#table = table;
    this.#month = month;
    this.#declared = declared;
  }

  /** Reads one row; what is wrong with it goes to the table's diagnostics. */
  read(row: CsvRow): void {
    const { line, cells } = row;
    if (cells.length !== COLUMNS.length) {
      this.#table.report(
        line,
        Math.min(cells.length, COLUMNS.length),
        "syntax",
        text(
          `这一行有 ${cells.length} 列，应为 ${COLUMNS.length} 列`,
          `Cannot read the row: it has ${cells.length} cells, wanted ${COLUMNS.length}`,
        ),
      );
      return;
    }
    const before = this.#table.diagnostics.length;
    const system = this.#name(row, "system");
    const server = this.#name(row, "server");
    const index = this.#index(row);
    const share = this.#share(row);
    const cpuPercent = this.#figure(row, "cpuPercent", 100);
    const memoryPercent = this.#figure(row, "memoryPercent", 100);
    const diskUsedGb = this.#figure(row, "diskUsedGb", MOST_DISK_GB);
    const coverage = this.#coverage(row);
    if (this.#table.diagnostics.length > before) return;
    const found = this.#declared.find({ system, server, index });
    const source = { file: this.#file, line };
    if (found.kind === "left-out") {
      this.leftOut.push({ system: clip(system), server: clip(server), index, reason: found.reason, source });
      return;
    }
    const first = this.#seen.get(`${system} ${server} ${index}`);
    this.#seen.set(`${system} ${server} ${index}`, first ?? line);
    if (first !== undefined) {
      this.#table.report(
        line,
        0,
        "contradiction",
        text(
          `${system} 的 ${server} 第 ${index} 台写了两行，第一行在第 ${first} 行`,
          `Cannot accept a second row for ${system} ${server} ${index}: line ${first} has the first`,
        ),
      );
      return;
    }
    this.servers.push({ system, server, index, cpuPercent, memoryPercent, diskUsedGb, coverage: coverage.times(share), source });
  }

  #wrong(row: CsvRow, column: Column, code: DiagnosticCode, wanted: Text): void {
    const index = COLUMNS.indexOf(column);
    const found = row.cells[index] ?? "";
    const said = found === "" ? text("空的", "nothing") : text(`“${clip(found)}”`, `"${clip(found)}"`);
    this.#table.report(
      row.line,
      index,
      code,
      text(`${column} 写的是${said.zh}，应为${spaced(wanted.zh)}`, `Cannot accept ${column}: found ${said.en}, wanted ${wanted.en}`),
    );
  }

  #cell({ cells }: CsvRow, column: Column): string {
    return cells[COLUMNS.indexOf(column)] ?? "";
  }

  #name(row: CsvRow, column: "system" | "server"): string {
    const cell = this.#cell(row, column);
    if (cell === "" || /\s/.test(cell)) this.#wrong(row, column, "bad-format", NAMES[column]);
    return cell;
  }

  #index(row: CsvRow): number {
    const cell = this.#cell(row, "index");
    if (!/^[1-9]\d{0,5}$/.test(cell)) this.#wrong(row, "index", "bad-format", text("从 1 起的整数", "a whole number from 1"));
    return Number(cell);
  }

  /** Share of the month that a row speaks of. */
  #share(row: CsvRow): Decimal {
    const { fromSeconds, toSeconds, name } = this.#month;
    const from = readPeriod(this.#cell(row, "from"), "from", this.#month);
    const to = readPeriod(this.#cell(row, "to"), "to", this.#month);
    const moment = text(
      "日期（2026-10-01）或带时区的时刻（2026-10-01T00:00+08:00）",
      "a day (2026-10-01) or a moment with its offset (2026-10-01T00:00+08:00)",
    );
    if (from === undefined) this.#wrong(row, "from", "bad-format", moment);
    if (to === undefined) this.#wrong(row, "to", "bad-format", moment);
    if (from === undefined || to === undefined) return new Decimal(0);
    const within = text(`${name} 之内（上海时间）`, `a time within ${name} in Asia/Shanghai`);
    if (from < fromSeconds || from >= toSeconds) this.#wrong(row, "from", "out-of-range", within);
    else if (to > toSeconds) this.#wrong(row, "to", "out-of-range", within);
    else if (to <= from) this.#wrong(row, "to", "contradiction", text("晚于 from 的时间", "a time after from"));
    return new Decimal(to - from).dividedBy(toSeconds - fromSeconds);
  }

  /** A figure from 0 to `most`, null where the cell is empty. */
  #figure(row: CsvRow, column: "cpuPercent" | "memoryPercent" | "diskUsedGb", most: number): Decimal | null {
    const cell = this.#cell(row, column);
    if (cell === "") return null;
    const figure = readDecimal(cell);
    if (figure?.lessThanOrEqualTo(most)) return figure;
    this.#wrong(
      row,
      column,
      figure === undefined ? "bad-format" : "out-of-range",
      text(
        `0 到 ${most} 的数（如 42.5，不写单位），没有测量就留空`,
        `a number from 0 to ${most} such as 42.5, without its unit, or nothing where it was not measured`,
      ),
    );
    return null;
  }

  /** The share of from..to that was measured: up to 1, or a percentage above 1. */
  #coverage(row: CsvRow): Decimal {
    const written = readDecimal(this.#cell(row, "coverage"));
    if (written?.lessThanOrEqualTo(100)) return written.greaterThan(1) ? written.dividedBy(100) : written;
    this.#wrong(
      row,
      "coverage",
      written === undefined ? "bad-format" : "out-of-range",
      text("测到的时间占比：0 到 1，或 1 到 100 的百分数", "the share of the time that was measured: 0 to 1, or a percentage up to 100"),
    );
    return new Decimal(0);
  }
}

const NAMES: Readonly<Record<"system" | "server", Text>> = {
  system: text("系统，如 hrss/social-insurance", "a system such as hrss/social-insurance"),
  server: text("申报里服务器的键，如 app", "a key of the declaration's servers, such as app"),
};

/** A decimal as people write it; no sign, no exponent, no thousands. */
function readDecimal(cell: string): Decimal | undefined {
  return /^\d{1,12}(\.\d{1,20})?$/.test(cell) ? new Decimal(cell) : undefined;
}
