import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { repositoryWith } from "../right-size/repository.ts";
import { govcloud, ROOT } from "../run.ts";

const SAMPLES = join(ROOT, "test/fixtures/tree");
const JOB = "stacks/tenants/hrss/job-service.yaml";
const job = readFileSync(join(SAMPLES, JOB), "utf8");

const repository = repositoryWith({});
afterAll(() => repository.remove());

/** Copies the samples and what else a program's repository has, as the protected branch. */
repository.git("--work-tree", SAMPLES, "add", "--all");
repository.git("commit", "--quiet", "--message=samples");
repository.git("checkout", "--force", "--quiet", "main");
repository.put("policies/index.ts", "export {};\n");
repository.put("README.md", "# city\n");
const base = repository.commit("2026-01-10");

/** What a request of these files is told, when it is compared with the protected branch. */
function request(files: Readonly<Record<string, string>>): { readonly code: number | null; readonly result: PlanResult } {
  repository.git("checkout", "--quiet", "--detach", base);
  for (const [path, content] of Object.entries(files)) repository.put(path, content);
  repository.commit("2026-01-12");
  const args = ["--tree", repository.folder, "--base", base, "--at", "2026-01-15", "--lang", "en", "--format", "json"];
  const { code, stdout } = govcloud(["plan", ...args]);
  return { code, result: JSON.parse(stdout) as PlanResult };
}

const told = ({ notes }: PlanResult) => notes.filter((note) => note.includes("CODEOWNERS"));
const refusals = ({ findings }: PlanResult) => findings.map(({ policy, location }) => `${policy} ${location.file}:${location.line}`);

describe("what a request changes beyond its data", () => {
  test("is refused beside a bureau's files, each file where it stands", () => {
    const { code, result } = request({
      [JOB]: job.replace("count: 2", "count: 3"),
      "policies/index.ts": "export const POLICIES = [];\n",
      ".gitlab-ci.yml": "stages: []\n",
    });
    expect([code, result.verdict]).toEqual([2, "refused"]);
    expect(refusals(result).filter((line) => line.includes("edited-beside"))).toEqual([
      "catalogue/no-program-edited-beside .gitlab-ci.yml:1",
      "catalogue/no-program-edited-beside policies/index.ts:1",
    ]);
  });

  test("is told where it comes alone", () => {
    const { code, result } = request({ "policies/index.ts": "export const POLICIES = [];\n", "scripts/a\nb.ts": "throw 1;\n" });
    expect([code, result.verdict]).toEqual([0, "accepted"]);
    expect(told(result)).toEqual([
      "The request also changes 2 files that the plan does not judge (program, rules or pipelines): policies/index.ts, scripts/a�b.ts; those whom CODEOWNERS names have to",
    ]);
  });

  test("is nothing where declarations, documents and tests change", () => {
    const { code, result } = request({
      [JOB]: job.replace("count: 2", "count: 3"),
      "README.md": "# another\n",
      "test/a.test.ts": "",
    });
    expect([code, told(result), refusals(result)]).toEqual([0, [], []]);
  });
});
