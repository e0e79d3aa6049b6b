import { randomUUID } from "node:crypto";
import { type Text, text } from "../../catalog/text.ts";
import { readState } from "./read-state.ts";
import { lockedBy, notRestored } from "./state-errors.ts";
import type { StateIndex } from "./state-index.ts";

/**
 * Puts a state that the engine could not write back into the store.
 *
 * @throws InvalidRequest where it is not whole, of another system, or not a later one of what is there; or where somebody holds the lock.
 */
export async function restoreState(index: StateIndex, stack: string, words: string): Promise<void> {
  const given = readState(words);
  if (given.kind === "unreadable")
    throw notRestored(stack, `文件不是完整的状态（${given.cause.zh}）`, `the file is no whole state (${given.cause.en})`);
  if (given.kind === "plain" && given.owner !== undefined && given.owner !== stack)
    throw notRestored(stack, `文件里是 ${given.owner} 的资源`, `the file holds the resources of ${given.owner}`);
  const lock = await index.lockOf(stack);
  if (lock !== null && lock.held !== false) throw lockedBy(stack, lock, "restore");
  const there = await index.read(stack);
  // What cannot be read, or is not there, knows nothing that could be lost.
  if (there !== undefined && there.kind !== "unreadable") {
    if (there.kind === "encrypted" && given.kind === "plain")
      throw notRestored(
        stack,
        "已有的状态是加密的，文件没有加密；需要引擎留下的那一份加密的",
        "the state that is there is encrypted, and the file is not; wanted the encrypted one that the engine left",
      );
    if (there.lineage !== given.lineage || !isLater(given.serial, there.serial)) {
      const [old, young] = [version(there), version(given)];
      throw notRestored(
        stack,
        `已有的状态是${old.zh}，文件是${young.zh}；需要同一状态更新的一版`,
        `${old.en} is there, the file is ${young.en}; wanted a later one of the same state`,
      );
    }
  }
  await index.write(stack, given.kind === "plain" && given.lineage === "" ? withLineage(words) : words);
}

/** Of what tells no serial nobody knows which is later. */
function isLater(given: number | undefined, there: number | undefined): boolean {
  return given !== undefined && there !== undefined && given > there;
}

function version({ serial, lineage }: { readonly serial: number | undefined; readonly lineage: string | undefined }): Text {
  const of = lineage === undefined || lineage === "" ? text("没有谱系", "no lineage") : text(lineage, lineage);
  return text(`第 ${serial ?? "？"} 版（${of.zh}）`, `serial ${serial ?? "?"} of ${of.en}`);
}

/**
 * What the engine leaves of a first apply has no lineage, for no store has given it one; without it two states are told apart by nothing. An encrypted one
 * keeps none: changed, it could not be decrypted. Not parsed and written again, which would round large numbers.
 */
function withLineage(words: string): string {
  return words.replace(/"lineage"(\s*):(\s*)""/, (_, before: string, after: string) => `"lineage"${before}:${after}"${randomUUID()}"`);
}
