import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { SAMPLES } from "../tree.ts";
import type { Edits } from "./scratch-repository.ts";

/** Names that a shell, YAML or a runner would take for more than a name. */
export const BRANCH = "req/$(touch${IFS}$MARKER);'\"&|<%0a>{{";
export const TITLE = "新系统 $(touch $MARKER) `touch $MARKER` ${{ github.token }}\n::set-output name=x::y";

/** A request that grows one system, and tries beside that to have its own code, pipelines and results run and believed. */
export function hostileRequest(marker: string): Edits {
  const touch = `touch '${marker}'`;
  const evil = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\n`;
  const system = "stacks/tenants/hrss/job-service.yaml";
  const gitlab = stringify({ evil: { script: [touch] }, check: { script: [touch] }, plan: { script: [touch] } });
  const github = stringify({
    on: ["pull_request_target", "pull_request", "push"],
    jobs: { plan: { "runs-on": "ubuntu-latest", steps: [{ run: touch }] } },
  });
  const forged = JSON.stringify({ schema: "govcloud/plan/1", verdict: "accepted", forged: true });
  return {
    [system]: grown(readFileSync(join(SAMPLES, system), "utf8")),
    ".gitlab-ci.yml": gitlab,
    ".gitlab/ci/request.yml": gitlab,
    ".github/workflows/request.yml": github,
    ".github/workflows/evil.yml": github,
    ".github/actions/keep/action.yml": stringify({ name: "keep", runs: { using: "composite", steps: [{ run: touch, shell: "bash" }] } }),
    "scripts/govcloud.ts": evil,
    "scripts/setup/setup.mjs": evil,
    "policies/index.ts": `${evil}export const POLICIES = [];\n`,
    "package.json": JSON.stringify({ scripts: { preinstall: touch, check: touch, plan: touch, precheck: touch, preplan: touch } }),
    ".npmrc": `script-shell=/bin/false\nnode-options=--import=${marker}.mjs\n`,
    ".gitattributes": "* filter=evil\n",
    ".bashrc": touch,
    ".results/plan.json": forged,
    "results/plan.json": forged,
    "docs/$(touch $MARKER);`touch $MARKER`.md": "x",
  };
}

/** One server more: 4 cores, 8 GB. */
function grown(words: string): string {
  const more = words.replace(/count: (\d+)/, (_, count: string) => `count: ${Number(count) + 1}`);
  if (more === words) throw new Error("Cannot grow the system: it has no count");
  return more;
}
