import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import { affectedSystems } from "./affected/affected-systems.ts";
import { type Group, groupSystems, MOST_JOBS } from "./affected/groups.ts";
import { affectedResult } from "./affected/result.ts";
import type { CommandDefinition } from "./command.ts";
import { addLangOption, addOutOption, REPOSITORY, readHead, type TreeOptions, treeFolder, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { readBase } from "./plan/base.ts";
import { readCheckedBase } from "./plan/read-tree.ts";
import { renderGithubOutputs } from "./render/affected-github.ts";
import { renderGitlabPipeline } from "./render/affected-gitlab.ts";
import { renderAffected } from "./render/affected-text.ts";
import { jsonText } from "./render/json-text.ts";
import { paintFor, plain } from "./render/style.ts";
import { wrongArgument } from "./wrong-argument.ts";

interface AffectedOptions extends TreeOptions {
  readonly base?: string;
  readonly format: "text" | "json" | "gitlab" | "github";
  readonly maxJobs: number;
  readonly groups?: string;
}

export const command: CommandDefinition = {
  name: "affected",
  summary: "影响面：改动涉及哪些系统、为什么，并分成流水线的作业 / Which systems a change touches, why, and the pipeline's jobs for them",
  examples: [
    "npm run affected                                       # 与主分支的共同祖先比 / compared with the merge base",
    "npm run affected -- --base HEAD~1 --format json",
    'npm run affected -- --base "$CI_COMMIT_BEFORE_SHA" --format gitlab --out child.yml   # 各作业的系统在 groups/*.txt / each job\'s systems',
    'npm run affected -- --base "$BEFORE" --format github --out "$GITHUB_OUTPUT"',
  ],
  configure: (parser) => {
    addOutOption(
      addLangOption(parser)
        .option("--tree <folder>", "含 catalog/ 和 stacks/tenants/ 的目录，默认本仓库 / folder to read, default: this repository")
        .option(
          "--base <revision|folder|none>",
          "与什么比较，默认与主分支的共同祖先 / what to compare with, default: the merge base with the main branch",
        )
        .option("--max-jobs <count>", `最多分几个作业，2 至 ${MOST_JOBS} / at most so many jobs, 2 to ${MOST_JOBS}`, maxJobs, 20)
        .option(
          "--groups <folder>",
          "把每个作业的系统写成 <目录>/<作业>.txt；gitlab、github 格式默认 groups / write each job's systems there, default for gitlab and github: groups",
        )
        .addOption(
          new Option("--format <format>", "gitlab：子流水线；github：步骤的输出 / a child pipeline; a step's outputs")
            .choices(["text", "json", "gitlab", "github"])
            .default("text"),
        ),
    );
  },
  run,
};

/** Tells what a change touches; it judges nothing, so what it can read is fine. */
function run(options: AffectedOptions): number {
  const { lang, format, out } = options;
  const folder = options.groups ?? (format === "gitlab" || format === "github" ? "groups" : undefined);
  const head = readHead(options);
  const tree = readBase(options.base, treeFolder(options));
  const base = tree === undefined ? undefined : readCheckedBase(tree);
  const affected = affectedSystems(head, base, REPOSITORY);
  const groups = groupSystems(
    affected.systems.map(({ id }) => id),
    options.maxJobs,
  );
  if (folder !== undefined) writeGroups(folder, groups);
  const systemsFile = ({ name }: Group) => `${folder}/${name}.txt`;
  const result = () => affectedResult(affected, groups, { base: base?.tree.label, head: head.tree.label, lang });
  switch (format) {
    case "json":
      writeResult(jsonText(result()), out);
      break;
    case "text":
      writeResult(renderAffected(result(), { lang, paint: out === undefined ? paintFor(process.stdout) : plain }), out);
      break;
    case "gitlab":
      writeResult(renderGitlabPipeline(groups, systemsFile), out);
      break;
    case "github":
      writeResult(renderGithubOutputs(groups, systemsFile), out);
      break;
  }
  return 0;
}

/** Ten thousand ids fit no command line: they reach a job as a file, one a line. */
function writeGroups(folder: string, groups: readonly Group[]): void {
  // The folder's name stands in a pipeline's YAML and in shells.
  if (!/^[A-Za-z0-9._/-]+$/.test(folder) || folder.startsWith("-"))
    throw new InvalidRequest(
      text(
        `--groups 的目录名只能含字母、数字、点、横线、下划线和 /：${folder}`,
        `Cannot write groups to ${folder}: wanted a name of letters, digits, dots, hyphens, underscores and slashes`,
      ),
    );
  try {
    mkdirSync(userPath(folder), { recursive: true });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`不能建立目录 ${folder}：${cause}`, `Cannot make the folder ${folder}: ${cause}`));
  }
  for (const { name, systems } of groups) writeResult(`${systems.join("\n")}\n`, join(userPath(folder), `${name}.txt`));
}

function maxJobs(value: string): number {
  const count = Number(value);
  // One for the platform and one for everything else are the fewest.
  if (!/^[0-9]+$/.test(value) || count < 2 || count > MOST_JOBS)
    throw wrongArgument(`要 2 到 ${MOST_JOBS} 的整数`, `wanted a number from 2 to ${MOST_JOBS}`);
  return count;
}
