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
