import { text } from "../../catalog/text.ts";
import { openIndex, type StateIndex } from "../state/state-index.ts";
import type { Finding, MachineCheck } from "./check.ts";
import { storeToCheck } from "./state-store.ts";

const ID = "locks";

/** Locks that somebody holds now: whoever plans or applies the same stack has to wait for them. Those of a saved plan's stacks keep it from being applied. */
export const checkLocks: MachineCheck = async ({ environment, repository, plan }) => {
  const index = openIndex(storeToCheck({ environment, repository }));
  try {
    const locks = await index.locks();
    return [lockFinding(plan === undefined ? locks : locks.filter(({ stack }) => stack !== undefined && plan.stacks.has(stack)), plan)];
  } finally {
    await index.close();
  }
};

type Locks = Awaited<ReturnType<StateIndex["locks"]>>;

function lockFinding(locks: Locks, plan: Parameters<MachineCheck>[0]["plan"]): Finding {
  if (locks.length === 0) return { id: ID, result: "ok", message: text("没有状态被锁住", "no state is locked") };
  // A note that a killed engine left behind locks nothing: the operating system dropped the lock with the process.
  const holding = locks.filter(({ lock }) => lock.held !== false);
  const list = locks.map(
    ({ stack = "?", lock: { id, who, operation, since } }) =>
      `${stack} (${[id, who, operation, since].filter((each) => each !== "?").join(", ") || "?"})`,
  );
  return {
    id: ID,
    result: plan !== undefined && holding.length > 0 ? "failed" : "warning",
    message: text(`被锁住的状态：${list.join("、")}`, `locked: ${list.join(", ")}`),
    remedy: text(
      "等另一个操作结束；确认持锁的进程已经不在之后，用 npm run state -- unlock <系统> <锁号> 解锁",
      "wait until the other run ends; where its holder is surely gone, npm run state -- unlock <system> <lock id>",
    ),
    ...(plan === undefined ? {} : { systems: holding.flatMap(({ stack }) => plan.stacks.get(stack ?? "") ?? []) }),
  };
}
