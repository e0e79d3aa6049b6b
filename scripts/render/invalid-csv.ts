import { stringify } from "csv-stringify/sync";
import type { Lang } from "../../catalog/text.ts";
import type { InvalidResult } from "../plan/result.ts";
import { spreadsheetSafe } from "./escape.ts";

/** Renders an invalid request as a table, a row for each error; where the command was called wrongly, no file is to blame. */
export function renderInvalidCsv({ diagnostics }: InvalidResult, lang: Lang): string {
  const rows = diagnostics.map(({ code, message, remedy, location }) =>
    [location?.file, location?.line, location?.column, code, message, remedy].map((cell) => spreadsheetSafe(`${cell ?? ""}`)),
  );
  const columns = ["file", "line", "column", "code", "message", "remedy"];
  return stringify(rows, { header: true, columns, bom: lang === "zh", record_delimiter: "windows" });
}
