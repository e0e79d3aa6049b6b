import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { definitionOf, gitlabCiLocal } from "./gitlab-ci-local.ts";
import { BRANCH, hostileRequest, TITLE } from "./hostile-request.ts";
import { expectResults } from "./request-results.ts";
import { commit, git, scratchFolder, scratchRepository } from "./scratch-repository.ts";

test("a request is judged by the protected branch's program; what it brings beside its declaration is never run or believed", async () => {
  const { origin, clone, main } = scratchRepository();
  const marker = join(scratchFolder(), "marker");
  // As GitLab does where the configuration file is another project's: read from the protected branch, includes too.
  const definition = join(scratchFolder(), "pipeline.yml");
  writeFileSync(definition, await definitionOf(clone));
  git(clone, "checkout", "--quiet", "-b", "request");
  const head = commit(clone, hostileRequest(marker), TITLE);
  git(clone, "checkout", "--quiet", "main");
  commit(clone, { "docs/later.md": "x" }, "Later");
  git(clone, "push", "--quiet", "origin", "main", "request");

  const checkout = join(scratchFolder(), "checkout");
  mkdirSync(checkout);
  git(checkout, "clone", "--quiet", `file://${origin}`, ".");
  git(checkout, "checkout", "--quiet", "--detach", head);
  const { code, output } = await gitlabCiLocal(checkout, ["--file", relative(checkout, definition), "check", "plan"], {
    variables: {
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_TITLE: TITLE,
      CI_MERGE_REQUEST_IID: "7",

      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: BRANCH,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: main,
      CI_DEFAULT_BRANCH: "main",
      MARKER: marker,
    },
  });
  expect(existsSync(marker), output).toBe(false);
  // Whether it is refused depends on the day.
  expect([0, 1], output).toContain(code);
  expectResults(join(checkout, ".results"));
}, 400_000);
