import type { Command } from "commander";
import { writeResult } from "./output.ts";
import { wrongArgument } from "./wrong-argument.ts";

/** A format, and the file that it is written to. */
export interface Report<Format extends string> {
  readonly format: Format;
  readonly file: string;
}

export interface ReportOptions<Format extends string> {
  readonly report?: readonly Report<Format>[];
}

/** `--report sarif=findings.sarif --report junit=junit.xml`: one run writes what a forge's widgets read, each in its own file. */
export function addReportOption<Format extends string>(command: Command, formats: readonly Format[]): Command {
  return command.option(
    "--report <format=file...>",
    `另把结果写成这些格式的文件，可多次 / also write the result in these formats, as often as needed: ${formats.join(", ")}`,
    (value: string, earlier: readonly Report<Format>[] = []) => [...earlier, readReport(value, formats)],
  );
}

function readReport<Format extends string>(value: string, formats: readonly Format[]): Report<Format> {
  const at = value.indexOf("=");
  const format = formats.find((each) => each === value.slice(0, Math.max(at, 0)));
  const file = value.slice(at + 1);
  if (format === undefined || file === "")
    throw wrongArgument(
      `要 <格式>=<文件>，格式是 ${formats.join("、")} 之一`,
      `wanted <format>=<file>, the format one of ${formats.join(", ")}`,
    );
  return { format, file };
}

/** Writes the reports that were asked for, then the result itself. */
export async function writeReports<Format extends string>(
  render: (format: Format, toFile: boolean) => string | Promise<string>,
  { report = [], format, out }: ReportOptions<Format> & { readonly format: Format; readonly out?: string },
): Promise<void> {
  for (const each of report) writeResult(await render(each.format, true), each.file);
  writeResult(await render(format, out !== undefined), out);
}
