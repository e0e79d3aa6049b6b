import { terminalSafe } from "./escape.ts";
import { factsOf, type ToldFinding, tellFindings } from "./finding-words.ts";
import { allFindings, type FindingsReport, type ReportedFinding } from "./findings-report.ts";

/**
 * Writes GitHub's workflow commands: an error, warning or (waived) notice beside the line of each finding. GitHub shows ten of each kind in a step, so
 * the gravest come first and alike ones are one.
 */
export function renderGithub(report: FindingsReport): string {
  const partial = report.notices
    .filter(({ kind }) => kind === "partial")
    .map(({ words }) => command("warning", { title: "govcloud" }, [words]));
  const others = report.notices
    .filter(({ kind }) => kind !== "partial")
    .map(({ words }) => command("notice", { title: "govcloud" }, [words]));
  return [...partial, ...tellFindings(allFindings(report)).map((finding) => annotation(finding, report)), ...others]
    .map((line) => `${line}\n`)
    .join("");
}

function annotation(finding: ToldFinding<ReportedFinding>, { lang }: FindingsReport): string {
  const { level, waiver, policy, message, remedy, place } = finding;
  return command(
    waiver !== null ? "notice" : level === "mandatory" ? "error" : "warning",
    {
      ...(place === null ? {} : { file: place.file, line: String(place.line), col: String(place.column) }),
      ...(place?.endColumn === undefined ? {} : { endColumn: String(place.endColumn) }),
      title: policy,
    },
    [message, `${lang === "zh" ? "怎么办：" : "Remedy: "}${remedy}`, ...factsOf(finding, lang)],
  );
}

function command(name: string, properties: Readonly<Record<string, string>>, lines: readonly string[]): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${given.join(",")}::${escapeData(lines.map(terminalSafe).join("\n"))}`;
}

/** The runner decodes these three anywhere; a line feed that is not encoded would begin a command of its own. */
function escapeData(words: string): string {
  return words.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(words: string): string {
  return escapeData(terminalSafe(words)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
