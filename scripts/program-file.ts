import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSource } from "../catalog/read-catalogue.ts";
import type { SchemaName } from "../catalog/source/check-schema.ts";
import { InvalidInput } from "../catalog/source/diagnostic.ts";
import type { SourceFile } from "../catalog/source/source-file.ts";
import type { Tree } from "../catalog/source/tree.ts";

/** The program's folder as a tree of these files, as far as they are there: they come with the program, never from a request's tree. */
export function programTree(program: string, paths: readonly string[]): Tree {
  const entries = paths
    .filter((path) => existsSync(join(program, path)))
    .map((path) => [path, { kind: "file", bytes: () => readFileSync(join(program, path)) }] as const);
  return { label: ".", identity: program, entries: new Map(entries) };
}

/** Reads a file of the program and holds it against its schema; throws InvalidInput with every error in it. */
export function readProgramFile(program: string, path: string, schema: SchemaName): SourceFile {
  const read = readSource(programTree(program, [path]), path, schema);
  if (read.kind === "rejected") throw new InvalidInput(read.diagnostics);
  return read.file;
}
