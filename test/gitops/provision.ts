import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Outcome, outcomeOf, ROOT } from "../scripts/run.ts";

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly steps: readonly Step[];
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOW = parse(readFileSync(join(ROOT, ".github/workflows/provision.yml"), "utf8")) as Workflow;

/** Every script of the workflow, by `job/step`. */
export const SCRIPTS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORKFLOW.jobs).flatMap(([job, { steps }]) =>
    steps.flatMap(({ name = "", run }) => (run === undefined ? [] : [[`${job}/${name}`, run] as const])),
  ),
);

/** What the forge puts in the place of `${{ … }}`, by the expression. */
export type Context = Readonly<Record<string, string>>;

/** Runs a job's script as .github/workflows/provision.yml has it, with the variables that it gives it. */
export async function runStep(
  name: string,
  { folder, context, environment }: { readonly folder: string; readonly context: Context; readonly environment: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const [job = "", step = ""] = name.split("/");
  const script = SCRIPTS.get(name);
  const { steps = [], env } = WORKFLOW.jobs[job] ?? {};
  if (script === undefined) throw new Error(`provision.yml has no script ${name}: wanted one of ${[...SCRIPTS.keys()].join(", ")}`);
  const given = { ...WORKFLOW.env, ...env, ...steps.find((each) => each.name === step)?.env };
  const variables = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, filledIn(String(value), context)]));
  // The shell of `defaults`, as GitHub and Gitea start it.
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  return await outcomeOf(spawn("bash", args, { cwd: folder, env: { ...environment, ...variables }, stdio: ["ignore", "pipe", "pipe"] }));
}

/** An expression that the test gives no value is an error: the workflow has come to need more. */
function filledIn(value: string, context: Context): string {
  return value.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const found = context[expression];
    if (found === undefined) throw new Error(`provision.yml asks for ${expression}, of which this test knows nothing`);
    return found;
  });
}
