import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { StateLock } from "./state-index.ts";

export function noState(stack: string): InvalidRequest {
  return new InvalidRequest(text(`没有 ${systemOf(stack)} 的状态`, `Cannot find a state of ${systemOf(stack)}`));
}

export function taken(stack: string): InvalidRequest {
  return new InvalidRequest(text(`${systemOf(stack)} 已有状态，不覆盖`, `Cannot move to ${systemOf(stack)}: it has a state already`));
}

export function notLocked(stack: string): InvalidRequest {
  return new InvalidRequest(text(`${systemOf(stack)} 没有上锁`, `Cannot unlock ${systemOf(stack)}: it is not locked`));
}

export function otherLock(stack: string, { id, who, since }: StateLock, given: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 的锁是 ${id}（${who}，${since}），不是 ${given}`,
      `Cannot unlock ${systemOf(stack)}: its lock is ${id} (${who}, ${since}), not ${given}`,
    ),
  );
}

export function lockedBy(stack: string, { who, since }: StateLock): InvalidRequest {
  return new InvalidRequest(
    text(`${systemOf(stack)} 正被锁住（${who}，${since}）`, `Cannot move ${systemOf(stack)}: it is locked (${who}, ${since})`),
  );
}

export function stillHeld(stack: string, { who }: StateLock): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 的锁还由活着的进程持有（${who}）；先结束它`,
      `Cannot unlock ${systemOf(stack)}: its holder lives (${who}); end that process first`,
    ),
  );
}

/** The system whose stack it is. */
function systemOf(stack: string): string {
  return stack.replace("--", "/");
}
