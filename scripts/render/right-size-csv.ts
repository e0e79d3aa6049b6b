import { stringify } from "csv-stringify/sync";
import type { Lang } from "../../catalog/text.ts";
import type { AmountsResult } from "../plan/result.ts";
import type { ComputeResult, DiskResult, RightSizeResult, ServerResult } from "../right-size/result.ts";
import { spreadsheetSafe } from "./escape.ts";

const COLUMNS = [
  "system",
  "server",
  "index",
  "count",
  "resource",
  "percent",
  "usedGb",
  "least",
  "most",
  "band",
  "factor",
  "now",
  "target",
  "left",
  "clause",
  "before",
  "after",
  "delta",
  "damage",
  "notes",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * A month's advice as a table: a row for each group and resource, with the list price of that resource a month, and a row without a resource for
 * whatever has no advice. What a reader of the whole has to know follows in rows that have notes alone. Chinese begins with a byte order mark: spreadsheets would read it in another encoding otherwise.
 */
export function renderRightSizeCsv({ servers, leftOut, notes }: RightSizeResult, lang: Lang): string {
  const rows: Row[] = [
    ...servers.flatMap(serverRows),
    ...leftOut.map(({ system, server, index, reason }): Row => ({ system, server, index: index === null ? "" : `${index}`, left: reason })),
    ...notes.map((note): Row => ({ notes: note })),
  ];
  const safe = rows.map((row) => COLUMNS.map((column) => spreadsheetSafe(row[column] ?? "")));
  return stringify(safe, { header: true, columns: [...COLUMNS], bom: lang === "zh", record_delimiter: "windows" });
}

function serverRows(server: ServerResult): Row[] {
  const { cpu, memory, disk, monthly } = server;
  const resized = server.damage.includes("reboot") ? "reboot" : "";
  return [
    { ...computeRow(server, "cpu", cpu, monthly.cpu), damage: cpu.target === cpu.now ? "" : resized },
    { ...computeRow(server, "memory", memory, monthly.memory), damage: memory.target === memory.now ? "" : resized },
    {
      ...sizedRow(server, "disk", disk, monthly.disk),
      percent: disk.percent ?? "",
      usedGb: disk.usedGb ?? "",
      least: disk.leastUsedGb ?? "",
      most: disk.usedGb ?? "",
      band: disk.percent === null ? "" : disk.band.printed,
      damage: server.damage.filter((each) => each !== "reboot").join("; "),
    },
  ];
}

function computeRow(server: ServerResult, resource: string, compute: ComputeResult, money: AmountsResult): Row {
  const { percent, spread, band, factor } = compute;
  return {
    ...sizedRow(server, resource, compute, money),
    percent: percent ?? "",
    least: spread?.least ?? "",
    most: spread?.most ?? "",
    band: band?.printed ?? "",
    // 1/2 alone would be taken for a day of January.
    factor: factor === null ? "" : `×${factor}`,
  };
}

function sizedRow(
  { system, server, count, notes }: ServerResult,
  resource: string,
  sized: ComputeResult | DiskResult,
  money: AmountsResult,
): Row {
  const { now, target, left, clause } = sized;
  const { before, after, delta } = money;
  return {
    system,
    server,
    count: `${count}`,
    resource,
    now: `${now}`,
    target: `${target}`,
    left: left ?? "",
    clause,
    before,
    after,
    delta,
    notes: resource === "cpu" ? notes.join("; ") : "",
  };
}
