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
    throw notRestored(stack, `文件不是完整的状态（${given.cause}）`, `the file is no whole state (${given.cause})`);
  if (given.kind === "plain" && given.owner !== undefined && given.owner !== stack)
    throw notRestored(stack, `文件里是 ${given.owner} 的资源`, `the file holds the resources of ${given.owner}`);
  const lock = await index.lockOf(stack);
  if (lock !== null && lock.held !== false) throw lockedBy(stack, lock, "restore");
  const there = await index.read(stack);
  // What cannot be read, or is not there, knows nothing that could be lost.
  if (there !== undefined && there.kind !== "unreadable") {
    if (there.kind === "encrypted" || given.kind === "encrypted")
      throw notRestored(
        stack,
        "已有可用的状态，而加密的两份分不出先后；在该系统的计划目录里用引擎的 state push",
        "a state is there, and of encrypted ones nobody here can tell which is later; wanted the engine's own state push, in the system's folder of the plan",
      );
    if (there.lineage !== given.lineage || there.serial >= given.serial)
      throw notRestored(
        stack,
        `已有的状态是第 ${there.serial} 版（${there.lineage}），文件是第 ${given.serial} 版（${given.lineage}）；需要同一状态更新的一版`,
        `serial ${there.serial} of ${there.lineage} is there, the file is serial ${given.serial} of ${given.lineage}; wanted a later one of the same state`,
      );
  }
  await index.write(stack, words);
}
