import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds of the fastest of several runs: the least disturbed one. */
export function fastest(runs: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/**
 * Milliseconds of processor time of the fastest round of each work. The works take turns, so that whatever else the machine does meets all of them
 * alike, and time spent waiting for the processor does not count; nor does one work clear away what another left.
 */
export function fastestInTurn(rounds: number, works: readonly Work[]): number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const run = work();
      collectGarbage();
      const began = process.threadCpuUsage();
      run();
      // Their sum is exact; how it falls to the two is an estimate of the system's.
      const { user, system } = process.threadCpuUsage(began);
      best[index] = Math.min(best[index] ?? Number.POSITIVE_INFINITY, (user + system) / 1000);
    }
  }
  return best;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Prepares a round, unmeasured, and returns what is measured. */
type Work = () => () => unknown;

/** Prints rows of name, milliseconds, and the ratio to a yardstick that every machine can run. */
export function report(
  rows: readonly (readonly [name: string, milliseconds: number])[],
  yardstick: { readonly name: string; readonly milliseconds: number },
): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, milliseconds] of rows) {
    process.stdout.write(
      `${name.padEnd(width)}  ${milliseconds.toFixed(1).padStart(9)} ms  ${(milliseconds / yardstick.milliseconds).toFixed(2).padStart(8)} × ${yardstick.name}\n`,
    );
  }
}
