import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { SystemId } from "../../catalog/declaration.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import { userPath } from "../options.ts";

/** 10,000 ids of 61 characters, and as much again. */
const MOST_BYTES = 1 << 21;
const ID = /^(?:platform|[a-z][a-z0-9-]{0,29}\/[a-z][a-z0-9-]{0,29})$/;

/** Reads a file of system ids, one a line, blank lines left out. Throws InvalidRequest: whether the systems exist, the plan knows. */
export function readSystemsFile(name: string): readonly SystemId[] {
  const ids = wordsOf(name)
    .split("\n")
    .map((line, index) => ({ id: line.trim(), line: index + 1 }))
    .filter(({ id }) => id !== "");
  for (const { id, line } of ids) {
    if (ID.test(id)) continue;
    throw new InvalidRequest(
      text(
        `${name}:${line}:1: “${clip(id)}”不是系统；每行写一个 <单位>/<系统> 或 platform`,
        `${name}:${line}:1: Cannot take "${clip(id)}" for a system: wanted <bureau>/<system> or platform, one a line`,
      ),
    );
  }
  if (ids.length === 0)
    throw new InvalidRequest(
      text(
        `${name}:1:1: 一个系统也没有；每行写一个 <单位>/<系统>`,
        `${name}:1:1: Cannot plan no system: wanted <bureau>/<system>, one a line`,
      ),
    );
  return ids.map(({ id }) => id);
}

function wordsOf(name: string): string {
  try {
    const descriptor = openSync(userPath(name), "r");
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile()) throw new Error("no regular file");
      if (status.size > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
      return readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`读不了 ${clip(name, 200)}：${clip(cause, 200)}`, `Cannot read ${clip(name, 200)}: ${clip(cause, 200)}`));
  }
}
