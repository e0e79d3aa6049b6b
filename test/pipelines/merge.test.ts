import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { definitionOf, gitlabCiLocal } from "./gitlab-ci-local.ts";
import { hostileRequest } from "./hostile-request.ts";
import { provideAct } from "./provide-act.ts";
import { runWorkflow } from "./run-workflow.ts";
import { commit, git, PROJECT, type ScratchRepository, scratchRepository } from "./scratch-repository.ts";

const ACT = provideAct();

/** A protected branch onto which a request was merged that grows one system. */
function merged(): { readonly repository: ScratchRepository; readonly before: string; readonly after: string } {
  const repository = scratchRepository();
  const [[system = "", words = ""] = []] = Object.entries(hostileRequest("")).filter(([path]) => path.endsWith("job-service.yaml"));
  git(repository.clone, "checkout", "--quiet", "-b", "request");
  commit(repository.clone, { [system]: words }, "More servers");
  git(repository.clone, "checkout", "--quiet", "main");
  git(repository.clone, "merge", "--quiet", "--no-ff", "-m", "Merge request 7", "request");
  git(repository.clone, "push", "--quiet", "origin", "main");
  return { repository, before: repository.main, after: git(repository.clone, "rev-parse", "HEAD") };
}

test("GitLab: a merge makes a child pipeline that plans and applies the systems that it touches", async () => {
  const { repository, before } = merged();
  writeFileSync(join(repository.clone, "pipeline.yml"), await definitionOf(repository.clone));
  const { code, output } = await gitlabCiLocal(repository.clone, ["--file", "pipeline.yml", "affected"], {
    variables: { CI_COMMIT_BEFORE_SHA: before, CI_PIPELINE_SOURCE: "push" },
  });
  expect(code, output).toBe(0);
  expect(readFileSync(join(repository.clone, "groups/hrss--job-service.txt"), "utf8")).toBe("hrss/job-service\n");
  const child = parse(await definitionOf(repository.clone, "provision.yml")) as Record<string, Record<string, unknown>>;
  const jobs = Object.entries(child).filter(([, { script }]) => script !== undefined);
  expect(
    jobs.map(([name, { stage, when, resource_group: group, interruptible }]) => ({ name, stage, when, group, interruptible })),
  ).toEqual([
    { name: "report", stage: ".post", when: "always", group: undefined, interruptible: undefined },
    { name: "plan: hrss--job-service", stage: "plan", when: undefined, group: undefined, interruptible: false },
    { name: "apply: hrss--job-service", stage: "apply", when: "manual", group: "hrss--job-service", interruptible: false },
  ]);
}, 400_000);

describe.skipIf(ACT.path === undefined)(ACT.path === undefined ? `with act (skipped: ${ACT.reason})` : "with act", () => {
  test("GitHub: a merge makes a matrix of the systems that it touches", async () => {
    const { repository, before, after } = merged();
    git(repository.clone, "remote", "set-url", "origin", `https://github.com/${PROJECT}.git`);
    const event = { ref: "refs/heads/main", before, after, repository: { full_name: PROJECT, default_branch: "main" } };
    const { code, output, artifacts } = await runWorkflow(repository, "push", event, [
      "-W",
      ".github/workflows/provision.yml",
      "-j",
      "affected",
    ]);
    expect(code, output).toBe(0);
    expect(readdirSync(join(artifacts, "groups", "groups"))).toEqual(["hrss--job-service.txt"]);
    expect(output).toContain('matrix={"include":[{"group":"hrss--job-service","systems_file":"groups/hrss--job-service.txt"}]}');
  }, 400_000);
});
