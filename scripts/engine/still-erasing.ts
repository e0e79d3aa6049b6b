import { setTimeout as pause } from "node:timers/promises";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "./engine-failure.ts";
import { readMessage } from "./engine-messages.ts";
import type { EngineContext } from "./plan-stack.ts";

/** Milliseconds between two tries: a disk is erased in seconds or in an hour, as the storage and its size have it. */
const PAUSE = 10_000;

/**
 * Cinder refuses a limit below what it counts, and offers no way to force it (cinder/api/contrib/quotas.py). Nova lets a server go when it has only asked for
 * its boot disk to be deleted; Cinder counts the disk until it is erased. Backups and snapshots are erased by nobody, so these are not waited for.
 */
const COUNTED_DISKS = /Quota (volumes|gigabytes)(_\S+)? limit must be equal or greater than existing resources/;

/** Whether disks that are still being erased are all that the output of a failed apply tells. */
export function isStillErasing(output: string): boolean {
  const errors = output
    .split("\n")
    .map(readMessage)
    .filter((message) => message?.kind === "error");
  return errors.length > 0 && errors.every(({ words }) => COUNTED_DISKS.test(words));
}

/** Waits before the next try. False where the time is up; a cancellation ends the wait, and is for the next step to tell. */
export async function waitForErasure(deadline: number, { signal, timeLimits }: EngineContext, onWait?: () => void): Promise<boolean> {
  const left = deadline - Date.now();
  if (left <= 0) return false;
  onWait?.();
  const time = Math.min(PAUSE, left, timeLimits.apply / 20);
  await pause(time, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  return true;
}

/** The failure of a retirement whose disks outlasted the time limit. */
export function stillErasing(stack: string, { timeLimits }: EngineContext, details: string): EngineFailure {
  const minutes = Number((timeLimits.apply / 60_000).toPrecision(3));
  return new EngineFailure(
    "in-use",
    text(
      `${stack}：等了 ${minutes} 分钟，云还在擦除云主机的磁盘，此前配额不能设为 0`,
      `${stack}: after ${minutes} minutes the cloud still erases the disks of its servers, and until then no quota can be set to 0`,
    ),
    {
      details,
      remedy: text(
        `用 openstack volume list --project ${stack} 看磁盘：deleting 的等它擦完，error_deleting 的由平台工程师处理；一个都没有了还被计数，就是 Cinder 的计数落了后（如两块盘同时建成时），由平台工程师用 cinder-manage quota check、quota sync --project-id <项目号> 核对改正，改后再 check 一次；然后重新计划、执行，退役从现状继续`,
        `openstack volume list --project ${stack} shows the disks: wait for one that is deleting, let the platform's engineers see to one in error_deleting; where there is none left, Cinder's count is wrong (it happens when disks are made or deleted at the same moment): cinder-manage quota check --project-id <id> shows it, quota sync is to put it right, and check tells whether it did; then plan and apply again: the retirement goes on from there`,
      ),
    },
  );
}
