import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../scripts/run.ts";
import { type Gitea, type GiteaUser, startGitea } from "./gitea.ts";

const started = await startGitea();
afterAll(async () => {
  if (started.kind === "running") await started.stop();
});

describe.runIf(started.kind === "running")("doctor --forge on a real Gitea", { timeout: 120_000 }, () => {
  const gitea = started as Gitea;
  const project = "city/cloud";
  let reader: GiteaUser;

  beforeAll(async () => {
    reader = await gitea.addUser("reader");
    await gitea.addOrganization("city");
    await gitea.addRepository(project, [reader]);
    gitea.push(project, { branch: "main", files: { "README.md": "city\n" } });
  });

  function doctor(
    token: string,
    args: readonly string[] = [],
  ): { readonly code: number | null; readonly results: Record<string, string>; readonly stdout: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        `${ROOT}/scripts/govcloud.ts`,
        "doctor",
        "--forge",
        "gitea",
        "--url",
        gitea.apiUrl,
        "--project",
        project,
        "--format",
        "json",
        "--lang",
        "en",
        ...args,
      ],
      { encoding: "utf8", env: { PATH: process.env["PATH"], GITEA_TOKEN: token } },
    );
    expect(stderr).toBe("");
    const { checks } = JSON.parse(stdout) as { readonly checks: readonly { readonly id: string; readonly result: string }[] };
    return { code: status, stdout, results: Object.fromEntries(checks.map(({ id, result }) => [id.replace("forge/", ""), result])) };
  }

  test("an unprotected branch fails, and what rests on it is not checked", () => {
    const { code, results } = doctor(gitea.admin.token);
    expect([code, results]).toEqual([
      1,
      {
        "protected-branch": "failed",
        "direct-push": "not-checked",
        "force-push": "not-checked",
        approvals: "not-checked",
        "own-approval": "ok",
        "code-owners": "not-checked",
        "status-checks": "not-checked",
        "fork-secrets": "ok",
        "pipeline-definition": "not-checked",
        "protected-variables": "ok",
        squash: "failed",
      },
    ]);
  });

  test("a rule that lets everything through fails setting by setting", async () => {
    await gitea.protect(project, "main", { enable_push: true, required_approvals: 0, enable_force_push: true });
    await gitea.api("PUT", `repos/${project}/actions/secrets/OS_PASSWORD`, { body: { data: "x" } });
    const { code, results } = doctor(gitea.admin.token);
    expect([code, results]).toEqual([
      1,
      {
        "protected-branch": "ok",
        "direct-push": "failed",
        "force-push": "failed",
        approvals: "failed",
        "own-approval": "ok",
        "code-owners": "failed",
        "status-checks": "failed",
        "fork-secrets": "ok",
        "pipeline-definition": "failed",
        "protected-variables": "warning",
        squash: "failed",
      },
    ]);
  });

  test("a repository as it should be has no failures", async () => {
    await gitea.api("PATCH", `repos/${project}/branch_protections/main`, {
      body: {
        enable_push: false,
        enable_force_push: false,
        required_approvals: 1,
        block_on_official_review_requests: true,
        enable_status_check: true,
        status_check_contexts: ["plan"],
        protected_file_patterns: ".gitea/**;.forgejo/**;.github/**",
      },
    });
    await gitea.api("PATCH", `repos/${project}`, { body: { allow_squash_merge: false } });
    await gitea.api("DELETE", `repos/${project}/actions/secrets/OS_PASSWORD`);
    const { code, results } = doctor(gitea.admin.token);
    expect([code, new Set(Object.values(results))]).toEqual([0, new Set(["ok"])]);
  });

  test("what the token may not see is not checked, which is no pass", () => {
    const { code, results, stdout } = doctor(reader.token);
    expect([code, results["protected-branch"], results["approvals"], results["protected-variables"]]).toEqual([
      0,
      "ok",
      "not-checked",
      "not-checked",
    ]);
    expect(stdout).toContain("the token may not see it");
  });

  test("a token that nobody knows is one failure with its remedy", () => {
    const { code, results } = doctor("0".repeat(40));
    expect([code, results]).toEqual([1, { forge: "failed" }]);
  });
});
