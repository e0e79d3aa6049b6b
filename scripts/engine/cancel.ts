/**
 * A signal that is aborted when the user or the CI system stops this process: the engine is then asked to stop, puts down its lock, and the
 * result says so. A second Ctrl-C ends this process at once; the engine still ends in order by itself.
 */
export function cancelOnSignals(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.once(name, stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}
