import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "./scripts/run.ts";

// A clone runs the suite's own command; the clone's suite stops here.
const nested = process.env["GOVCLOUD_FRESH_CLONE"] === "1";

describe.skipIf(nested)("a fresh clone on a machine with Node, npm and git", { timeout: 600_000 }, () => {
  let work: string;
  let clone: string;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), "govcloud-clone-"));
    clone = join(work, "clone");
    // What Git tracks or would track, as it stands in the work tree: a clone of what is about to be committed.
    const listed = spawnSync("git", ["-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
    for (const file of listed.stdout.split("\0"))
      if (file !== "" && existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(clone, file));
    for (const args of [
      ["init", "-q", "-b", "main"],
      ["add", "-A"],
      ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "clone"],
    ])
      spawnSync("git", ["-C", clone, ...args]);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** npm as a newcomer has it: nothing of this run's PATH, no INIT_CWD, no npm settings of a parent. */
  function npm(args: readonly string[]) {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([key]) => !key.startsWith("npm_") && key !== "INIT_CWD" && !key.startsWith("VITEST") && key !== "NODE_ENV",
      ),
    );
    const path = (env["PATH"] ?? "")
      .split(":")
      .filter((folder) => !folder.includes("node_modules"))
      .join(":");
    return spawnSync("npm", args, {
      cwd: clone,
      encoding: "utf8",
      env: { ...env, PATH: path, LANG: "en_US.UTF-8", GOVCLOUD_FRESH_CLONE: "1" },
      maxBuffer: 1 << 28,
    });
  }

  test("npm start installs, generates the bindings and prints the plan; a second run installs nothing", () => {
    const first = npm(["start", "--", "--at", "2026-01-15"]);
    expect(first.status, first.stderr).toBe(0);
    expect(first.stderr).toContain("Installing the dependencies");
    expect(first.stderr).toContain("Generating the OpenStack bindings");
    expect(first.stdout).toMatch(/^✔ ACCEPTED {2}list price 592,444\.30 CNY a month, fee 592,385\.06 CNY\n/);

    const stamp = join(clone, "node_modules", ".govcloud-installed");
    const installed = statSync(stamp).mtimeMs;
    const second = npm(["start", "--", "--at", "2026-01-15"]);
    expect([second.status, second.stdout, second.stderr]).toEqual([0, first.stdout, ""]);
    expect(statSync(stamp).mtimeMs).toBe(installed);
    const { stdout } = spawnSync("git", ["-C", clone, "status", "--porcelain"], { encoding: "utf8" });
    expect(stdout).toBe("");
  });

  test("npm test runs and ends with the line of counts", () => {
    const { status, stdout } = npm(["test", "--", "test/scripts/render/table.test.ts"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
  });
});
