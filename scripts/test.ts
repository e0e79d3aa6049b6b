import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "zx";
import { REPOSITORY } from "./options.ts";

// Runs what the README's test command promises: formatting and lint rules, the strict compiler, and every test; ends with one line of counts.
$.verbose = false;
process.chdir(REPOSITORY);
const work = mkdtempSync(join(tmpdir(), "govcloud-test-"));
const filters = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

// The Gitea that some tests need takes minutes to build on a new machine: meanwhile all else goes on.
const building = filters.length === 0 && process.platform !== "win32" ? startBuild() : undefined;

try {
  if (filters.length === 0) {
    await check(
      "biome (format and lint)",
      () => $({ nothrow: true, stdio: ["ignore", "inherit", "inherit"] })`node_modules/.bin/biome check --error-on-warnings .`,
    );
    await check("tsc (strict)", () => $({ nothrow: true, stdio: ["ignore", "inherit", "inherit"] })`node_modules/.bin/tsc -p .`);
  }
  const report = join(work, "vitest.json");
  const { exitCode } = await $({
    nothrow: true,
    stdio: ["ignore", "inherit", "inherit"],
  })`node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json=${report} ${filters}`;
  const counts = readCounts(report);
  passed += counts.passed;
  skipped += counts.skipped;
  // A run that broke off without a failed test, or whose report is missing, has failed all the same.
  failed += Math.max(counts.failed, exitCode === 0 ? 0 : 1);
} finally {
  stopBuild(building);
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** In a group of its own, so that the compilers that it starts end with it. */
function startBuild(): ChildProcess {
  return spawn("nice", ["-n", "10", process.execPath, "test/forge/build-gitea.ts"], { stdio: "ignore", detached: true }).on("error", () => {
    // No `nice` here: whoever needs the program builds it.
  });
}

function stopBuild(building: ChildProcess | undefined): void {
  if (building?.pid === undefined || building.exitCode !== null || building.signalCode !== null) return;
  try {
    process.kill(-building.pid);
  } catch {
    // It ended in between.
  }
}

async function check(title: string, run: () => PromiseLike<{ readonly exitCode: number | null }>): Promise<void> {
  process.stdout.write(`${title} …\n`);
  const { exitCode } = await run();
  if (exitCode === 0) passed += 1;
  else failed += 1;
}

function readCounts(report: string): { readonly passed: number; readonly failed: number; readonly skipped: number } {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8")) as Record<
      string,
      number
    >;
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
