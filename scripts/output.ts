import { existsSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import { userPath } from "./options.ts";

/** Writes a command's result to standard output, or whole to a file: a half-written result never stands where a good one did. */
export function writeResult(result: string, file: string | undefined): void {
  if (file === undefined) {
    writeFully(1, result);
    return;
  }
  const target = userPath(file);
  const folder = dirname(target);
  if (!existsSync(folder))
    throw new InvalidRequest(text(`不能写入 ${file}：没有目录 ${folder}`, `Cannot write ${file}: there is no folder ${folder}`));
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new InvalidRequest(text(`不能写入 ${file}：它是目录`, `Cannot write ${file}: it is a folder`));
  const draft = join(folder, `.${process.pid}.${Date.now()}.tmp`);
  try {
    writeFileSync(draft, result);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`不能写入 ${file}：${cause}`, `Cannot write ${file}: ${cause}`));
  }
}

/** Writes everything before the process ends, also to a slow pipe; a reader that went away is no error. */
function writeFully(descriptor: number, words: string): void {
  const bytes = Buffer.from(words);
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
