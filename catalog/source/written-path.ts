import type { Path, SourceFile } from "./source-file.ts";

/** The path if the file has it, else another that it has: what was left out is shown at what asks for it. */
export function writtenPath({ value }: SourceFile, path: Path, otherwise: Path): Path {
  let here: unknown = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return otherwise;
    here = (here as Readonly<Record<string | number, unknown>>)[key];
  }
  return path;
}
