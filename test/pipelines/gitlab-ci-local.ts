import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../scripts/run.ts";
import { scratchFolder } from "./scratch-repository.ts";

export interface LocalRun {
  readonly code: number | null;
  readonly output: string;
}

/** Jobs of GitLab on this machine's own shell; nothing of this process's environment but PATH reaches them. */
export async function gitlabCiLocal(
  folder: string,
  args: readonly string[],
  { variables = {}, onStart }: { readonly variables?: Readonly<Record<string, string>>; readonly onStart?: (pid: number) => void } = {},
): Promise<LocalRun> {
  const home = scratchFolder();
  const child = spawn(
    process.execPath,
    [
      join(ROOT, "node_modules/gitlab-ci-local/dist/index.js"),
      ...["--force-shell-executor", "--no-artifacts-to-source", "--home", home],
      ...["--ignore-predefined-vars", Object.keys(variables).join(",")],
      ...Object.entries({ GOVCLOUD_MODULES: join(ROOT, "node_modules"), LANG: "C", ...variables }).flatMap(([name, value]) => [
        "--variable",
        `${name}=${value}`,
      ]),
      ...args,
    ],
    // In a group of its own, so that a test can end it with all that it started, as a runner's host that goes down.
    { cwd: folder, env: { PATH: process.env["PATH"], HOME: home }, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  if (child.pid !== undefined) onStart?.(child.pid);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (words: string) => (output += words));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

/** The whole pipeline of a checkout, its includes and templates resolved; without images, for the jobs run on this machine. */
export async function definitionOf(folder: string, file = ".gitlab-ci.yml"): Promise<string> {
  const { output } = await gitlabCiLocal(folder, ["--preview", "--file", file]);
  const pipeline = parse(output.slice(output.indexOf("---"))) as Record<string, unknown>;
  for (const part of Object.values(pipeline)) if (typeof part === "object" && part !== null && "image" in part) delete part.image;
  return stringify(pipeline);
}
