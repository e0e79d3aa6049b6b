import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lang } from "../../catalog/text.ts";
import { REPOSITORY } from "../options.ts";

/** A point on which the contract is silent or ambiguous, and how it is read here. */
export interface Reading {
  readonly clause: string;
  readonly reading: string;
  readonly where: string;
}

const SOURCES: Readonly<Record<Lang, { readonly file: string; readonly heading: RegExp }>> = {
  zh: { file: "README.zh-CN.md", heading: /^## .*读法/ },
  en: { file: "README.md", heading: /^## Readings/ },
};

/** The README's table of readings, which is the one place that lists them. */
export function readReadings(lang: Lang): readonly Reading[] {
  const { file, heading } = SOURCES[lang];
  const path = join(REPOSITORY, file);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const start = lines.findIndex((line) => heading.test(line));
  if (start < 0) return [];
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith("## "));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  return section
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => {
      const [clause = "", reading = "", where = ""] = line.split("|").slice(1, -1).map(withoutMarkup);
      return { clause, reading, where };
    });
}

function withoutMarkup(cell: string): string {
  return cell.trim().replaceAll("`", "");
}
