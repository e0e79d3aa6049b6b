import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { Keep } from "./delivery-options.ts";

/** Appends records to a file: each in one write to the end, so that two runs do not mix, and on the disk before the next stack is told. */
export function recordFile(path: string): Keep {
  // Before anything is applied: what cannot be recorded is not begun.
  closeSync(open(path));
  return (line) => {
    const descriptor = open(path);
    try {
      // What an interrupted write left stays a broken line of its own.
      const words = Buffer.from(`${endsInLine(descriptor) ? "" : "\n"}${line}\n`);
      const written = writeSync(descriptor, words);
      if (written !== words.length) throw new Error(`${path}: ${written} of ${words.length} bytes written`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  };
}

function open(path: string): number {
  try {
    const descriptor = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
    throw new Error("no regular file");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`交付记录不能写入 ${path}：${cause}`, `Cannot record deliveries in ${path}: ${cause}`));
  }
}

function endsInLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] === 0x0a);
}
