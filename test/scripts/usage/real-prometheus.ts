import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port.ts";

export interface Prometheus {
  readonly url: string;
  readonly version: string;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

/**
 * Folder with prometheus and promtool: PATH's, else those of Debian's package, unpacked once and kept outside the checkout (installing it would start a
 * server of its own); else the reason why there are none.
 */
function provide(): { readonly folder: string } | { readonly reason: string } {
  const hasBoth = (folder: string) => ["prometheus", "promtool"].every((name) => existsSync(join(folder, name)));
  const known = (process.env["PATH"] ?? "").split(":").find((folder) => folder !== "" && hasBoth(folder));
  if (known !== undefined) return { folder: known };
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "govcloud-test", "prometheus");
  const folder = join(cache, "usr/bin");
  if (hasBoth(folder)) return { folder };
  const work = `${cache}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: work, encoding: "utf8", timeout: 300_000 });
    if (run("apt-get", "download", "-qq", "prometheus").status !== 0) {
      if (process.getuid?.() === 0) run("apt-get", "update", "-qq");
      const { status } = run("apt-get", "download", "-qq", "prometheus");
      if (status !== 0) return { reason: "this machine has no Prometheus and cannot fetch Debian's package" };
    }
    const [archive = ""] = readdirSync(work).filter((name) => name.endsWith(".deb"));
    const unpacked = run("dpkg-deb", "-x", archive, "unpacked");
    if (unpacked.status !== 0)
      return { reason: `Debian's package of Prometheus cannot be unpacked: ${unpacked.stderr.trim().slice(0, 200)}` };
    if (!hasBoth(folder)) {
      rmSync(cache, { recursive: true, force: true });
      renameSync(join(work, "unpacked"), cache);
    }
    return { folder };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * A Prometheus of the test's own on a free port of loopback, its history back-filled from OpenMetrics lines (samples of one metric together), or the
 * reason why there is none. A long history comes in parts that follow one another: each is a file, gone before the next one is written.
 */
export async function startPrometheus(...openMetrics: readonly Iterable<string>[]): Promise<Prometheus | { readonly reason: string }> {
  const binaries = provide();
  if ("reason" in binaries) return binaries;
  const folder = mkdtempSync(join(tmpdir(), "govcloud-prometheus-"));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const [metrics, data, config] = [join(folder, "metrics"), join(folder, "data"), join(folder, "prometheus.yml")];
  for (const part of openMetrics) {
    await pipeline(Readable.from(part), createWriteStream(metrics));
    const filled = spawnSync(
      join(binaries.folder, "promtool"), // Without it promtool reads the file once for every two hours of it.
      ["tsdb", "create-blocks-from", "--max-block-duration=1500h", "openmetrics", metrics, data, "--quiet"],
      { encoding: "utf8", timeout: 1_800_000 },
    );
    rmSync(metrics);
    if (filled.status !== 0) {
      clean();
      return { reason: `promtool failed: ${filled.stderr.trim().slice(0, 300)}` };
    }
  }
  writeFileSync(config, "{}\n");
  const port = await freePort();
  const server = spawn(
    join(binaries.folder, "prometheus"),
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=100y",
      // No compaction beside what is measured.
      "--storage.tsdb.min-block-duration=2h",
      "--storage.tsdb.max-block-duration=2h",
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const gone = server.exitCode !== null ? Promise.resolve() : new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await gone;
    clean();
  };
  for (const until = Date.now() + 60_000; Date.now() < until && server.exitCode === null; await sleep(100)) {
    const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (ready?.ok !== true) continue;
    const { stdout, stderr } = spawnSync(join(binaries.folder, "prometheus"), ["--version"], { encoding: "utf8" });
    return { url, version: /version (\S+)/.exec(stdout + stderr)?.[1]?.replace(/,$/, "") ?? "", process: server, stop };
  }
  await stop();
  return { reason: "Prometheus did not become ready" };
}
