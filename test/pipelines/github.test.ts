import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BRANCH, hostileRequest, TITLE } from "./hostile-request.ts";
import { provideAct } from "./provide-act.ts";
import { expectResults } from "./request-results.ts";
import { runWorkflow } from "./run-workflow.ts";
import { commit, git, PROJECT, scratchFolder, scratchRepository } from "./scratch-repository.ts";

const ACT = provideAct();
const title = ACT.path === undefined ? `with act (skipped: ${ACT.reason})` : "with act";

describe.skipIf(ACT.path === undefined)(title, () => {
  test("a request is judged by the protected branch's program; what it brings beside its declaration is never run or believed", async () => {
    const repository = scratchRepository();
    const marker = join(scratchFolder(), "marker");
    git(repository.clone, "checkout", "--quiet", "-b", "request");
    const head = commit(repository.clone, hostileRequest(marker), TITLE);
    // Meanwhile the protected branch moves on.
    git(repository.clone, "checkout", "--quiet", "main");
    const base = commit(repository.clone, { "docs/later.md": "x" }, "Later");
    git(repository.clone, "push", "--quiet", "origin", "main", `request:refs/heads/${BRANCH}`, "request:refs/pull/7/head");
    const remote = { full_name: PROJECT, default_branch: "main" };
    const event = {
      action: "opened",
      repository: { ...remote, name: "requests", owner: { login: "govcloud" } },
      pull_request: {
        number: 7,
        title: TITLE,
        head: { ref: BRANCH, sha: head, repo: { ...remote, full_name: "clerk/requests", fork: true } },
        base: { ref: "main", sha: base, repo: remote },
      },
    };
    git(repository.clone, "remote", "set-url", "origin", `https://github.com/${PROJECT}.git`);
    const { code, output, artifacts } = await runWorkflow(
      repository,
      "pull_request_target",
      event,
      ["-W", ".github/workflows/request.yml"],
      {
        MARKER: marker,
      },
    );
    expect([existsSync(marker), output.includes("documentation-token")], output).toEqual([false, false]);
    // Whether it is refused depends on the day.
    expect([0, 1], output).toContain(code);
    expectResults(join(artifacts, "plan", "results"));
  }, 400_000);
});
