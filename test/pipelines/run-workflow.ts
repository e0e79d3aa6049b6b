import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../scripts/run.ts";
import { provideAct } from "./provide-act.ts";
import { PROJECT, type ScratchRepository, scratchFolder } from "./scratch-repository.ts";

export interface WorkflowRun {
  readonly code: number | null;
  readonly output: string;
  /** Where the stand-ins of the artifact actions keep what they are given: a folder an artifact. */
  readonly artifacts: string;
}

/** Stand-ins for the forge's actions, which cannot be fetched here: folders in place of its store. */
function standIns(artifacts: string): string[] {
  const actions = globSync(".github/{workflows/*.yml,actions/*/action.yml}", { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/uses: ([\w-]+\/[\w-]+@[0-9a-f]{40})/g)].map(([, name = ""]) => name),
  );
  const script = (name: string) => {
    if (name.includes("upload"))
      return `mkdir -p "${artifacts}/$NAME" && for each in $FILES; do case "$each" in '!'*) ;; *) cp -r "$each" "${artifacts}/$NAME/";; esac; done`;
    if (name.includes("download")) return `mkdir -p "$FILES" && for each in ${artifacts}/$NAME; do cp -r "$each"/*/. "$FILES"; done`;
    return 'git init --quiet . && git fetch --quiet "$ORIGIN" \'+refs/heads/*:refs/remotes/origin/*\' && git checkout --quiet --detach "$GITHUB_SHA"';
  };
  return [...new Set(actions)].flatMap((name) => {
    const folder = join(dirname(artifacts), "actions", name.replaceAll(/[^\w]/g, "-"));
    mkdirSync(folder, { recursive: true });
    const env = "env: { NAME: '${{ inputs.name || inputs.pattern }}', FILES: '${{ inputs.path }}' }";
    const inputs = [
      "name",
      "pattern",
      "path",
      "include-hidden-files",
      "retention-days",
      "merge-multiple",
      "fetch-depth",
      "persist-credentials",
    ];
    writeFileSync(
      join(folder, "action.yml"),
      `name: stand-in\ndescription: stand-in\ninputs:\n${inputs.map((input) => `  ${input}: { description: "", required: false }\n`).join("")}runs:\n  using: composite\n  steps:\n    - run: ${JSON.stringify(script(name))}\n      shell: bash\n      ${env}\n`,
    );
    return ["--local-repository", `${name}=${folder}`];
  });
}

/** Runs a workflow of the protected branch, as the forge does for this event. */
export async function runWorkflow(
  repository: ScratchRepository,
  event: string,
  payload: object,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<WorkflowRun> {
  const folder = scratchFolder();
  const artifacts = join(folder, "artifacts");
  mkdirSync(artifacts);
  writeFileSync(join(folder, "event.json"), JSON.stringify(payload));
  // The forge's address leads to the repository on this disk.
  writeFileSync(
    join(folder, "gitconfig"),
    `[url "file://${repository.origin}"]\n\tinsteadOf = https://github.com/${PROJECT}\n[safe]\n\tdirectory = *\n`,
  );
  const variables = {
    GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
    GOVCLOUD_MODULES: join(ROOT, "node_modules"),
    ORIGIN: `file://${repository.origin}`,
    HOME: folder,
    LANG: "C",
    ...env,
  };
  const child = spawn(
    provideAct().path ?? "",
    [
      event,
      ...["-P", "ubuntu-latest=-self-hosted", "--eventpath", join(folder, "event.json"), "--action-cache-path", join(folder, "cache")],
      ...[
        "--no-cache-server",
        "--no-skip-checkout",
        "--defaultbranch",
        "main",
        "-s",
        "GITHUB_TOKEN=documentation-token",
        "--var",
        "GOVCLOUD_COMMENT=off",
      ],
      ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
      ...standIns(artifacts),
      ...args,
    ],
    { cwd: repository.clone, env: { PATH: process.env["PATH"], ...variables }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (words: string) => (output += words));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output, artifacts };
}
