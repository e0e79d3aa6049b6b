import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { StateLock } from "./state-index.ts";

export function noState(stack: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `没有 ${systemOf(stack)} 的状态；npm run state -- list 列出全部状态`,
      `Cannot find a state of ${systemOf(stack)}; npm run state -- list shows every state`,
    ),
  );
}

export function taken(stack: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 已有状态，不覆盖；npm run state -- show ${systemOf(stack)} 看其中有什么`,
      `Cannot move to ${systemOf(stack)}: it has a state already; npm run state -- show ${systemOf(stack)} tells what it holds`,
    ),
  );
}

/** Both systems are declared: this is no renaming, and a plan of either would take the other's servers for its own. */
export function ofAnother(from: string, to: string, owner: string | undefined): InvalidRequest {
  const [here, there] = [systemOf(from), systemOf(to)];
  const whose =
    owner === undefined
      ? text(
          "看不出这个状态里的资源是谁的（没有项目，或已加密）",
          "whose resources the state holds cannot be told (it has no project, or is encrypted)",
        )
      : text(`这个状态里的资源是 ${systemOf(owner)} 的`, `the state holds the resources of ${systemOf(owner)}`);
  return new InvalidRequest(
    text(
      `${here} 和 ${there} 都有声明，${whose.zh}，不改名：改名只用于声明改了名的系统，先把 stacks/tenants/${here}.yaml 改名为 ${there}.yaml；只想看各个状态，用 npm run state -- list`,
      `Cannot move the state of ${here} to ${there}: both are declared, and ${whose.en}. A state moves with a declaration that is renamed: rename stacks/tenants/${here}.yaml to ${there}.yaml first; npm run state -- list shows every state`,
    ),
  );
}

/** The state came by a name that nobody declares, and what it holds is a declared system's all the same. */
export function ofDeclared(from: string, to: string, owner: string): InvalidRequest {
  const [here, there, whose] = [from, to, owner].map(systemOf) as [string, string, string];
  return new InvalidRequest(
    text(
      `不能把 ${here} 的状态改名为 ${there}：里面是 ${whose} 的资源，${whose} 和 ${there} 都有声明；把它还给 ${whose}：npm run state -- move ${here} ${whose}`,
      `Cannot move the state of ${here} to ${there}: it holds the resources of ${whose}, and ${whose} and ${there} are both declared; give it back: npm run state -- move ${here} ${whose}`,
    ),
  );
}

/** A warning: a move to a name that nobody declares. */
export function withoutDeclaration(id: string): Text {
  return text(
    `${id} 没有声明（没有 stacks/tenants/${id}.yaml）：在它有声明之前，npm run drift 会报告这个状态`,
    `${id} has no declaration (there is no stacks/tenants/${id}.yaml): npm run drift reports its state until it has one`,
  );
}

/** A warning: a move to a declared system of what may be another's. */
export function ofUnknown(id: string): Text {
  return text(
    `看不出这个状态里的资源是谁的（没有项目，或已加密）：执行之前先核对 ${id} 的计划`,
    `whose resources the state holds cannot be told (it has no project, or is encrypted): look at a plan of ${id} before anything is applied`,
  );
}

export function notLocked(stack: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 没有上锁，不用解锁；npm run state -- list 列出谁上了锁`,
      `Cannot unlock ${systemOf(stack)}: it is not locked; npm run state -- list shows what is`,
    ),
  );
}

export function otherLock(stack: string, { id, who, since }: StateLock, given: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 的锁是 ${id}（${who}，${since}），不是 ${given}；核对后用 list 里的锁号再试`,
      `Cannot unlock ${systemOf(stack)}: its lock is ${id} (${who}, ${since}), not ${given}; look at it and give the id that the list shows`,
    ),
  );
}

export function lockedBy(stack: string, { who, since }: StateLock, action: "move" | "restore" = "move"): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 正被锁住（${who}，${since}）；等它结束，或查清后用 npm run state -- unlock 解锁`,
      `Cannot ${action} ${systemOf(stack)}: it is locked (${who}, ${since}); wait for it, or look into it and use npm run state -- unlock`,
    ),
  );
}

/** A file is not put in the place of a state that it may know less than. */
export function notRestored(stack: string, zh: string, en: string): InvalidRequest {
  return new InvalidRequest(text(`不能恢复 ${systemOf(stack)} 的状态：${zh}`, `Cannot restore the state of ${systemOf(stack)}: ${en}`));
}

export function stillHeld(stack: string, { who }: StateLock): InvalidRequest {
  return new InvalidRequest(
    text(
      `${systemOf(stack)} 的锁还由活着的进程持有（${who}）；先结束它`,
      `Cannot unlock ${systemOf(stack)}: its holder lives (${who}); end that process first`,
    ),
  );
}

export function connectionLives(stack: string, { id, who, since }: StateLock): InvalidRequest {
  const system = systemOf(stack);
  return new InvalidRequest(
    text(
      `${system} 的锁由还连着的会话持有（${who}，${since}）：到那台机器上看引擎是否还在运行，在就等它结束或结束它，锁会随之放开；确认它已经不在（例如机器断网、断电），再运行 npm run state -- unlock ${system} ${id} --force。强行解锁后，仍在运行的引擎会不带锁继续执行并写状态`,
      `Cannot unlock ${system}: a connection that lives holds its lock (${who}, ${since}). Look on that machine whether its engine still runs; if so, wait for it or end it, and the lock goes with it. Where it is surely gone (the machine lost its network or power): npm run state -- unlock ${system} ${id} --force. An engine that still runs then goes on without the lock and writes the state`,
    ),
  );
}

/** The system whose stack it is. */
function systemOf(stack: string): string {
  return stack.replace("--", "/");
}
