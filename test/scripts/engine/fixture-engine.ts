import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

// An engine whose OpenStack and Kubernetes are resources of `terraform_data`: the real engine works on a folder `fixture` inside the stack's, with a
// resource of the built-in provider in the place of each of a provider's, and what it plans is told as plans of those. The stack's own files stay as they
// were synthesised. FIXTURE_ENGINE names the real engine, FIXTURE_CLOUD a folder in which a file with a stack's name refuses it another server.

type Fields = Record<string, unknown>;
interface Configuration {
  readonly terraform: { readonly backend: unknown };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
  readonly output?: unknown;
}
interface Change {
  readonly actions: readonly string[];
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly after_unknown: Fields;
}
interface Plan extends Fields {
  readonly resource_changes?: readonly (Fields & { readonly name: string; readonly change: Change })[];
}

const FOLDER = "fixture";
const PROVIDERS: Readonly<Record<string, string>> = {
  openstack: "registry.terraform.io/terraform-provider-openstack/openstack",
  kubernetes: "registry.terraform.io/hashicorp/kubernetes",
};
const REFERENCE = /\b((?:openstack|kubernetes)_\w+)\.([\w-]+)(?:\.(\w+))?/g;
/** Arguments that instruct the engine and are no attribute. */
const META = new Set(["provider", "depends_on", "lifecycle"]);
const SERVER = "openstack_compute_instance_v2";

const { FIXTURE_ENGINE: engine = "", FIXTURE_CLOUD: cloud = "" } = process.env;
const [step = "", ...args] = process.argv.slice(2);

function provided(type: string): boolean {
  return Object.hasOwn(PROVIDERS, type.split("_", 1)[0] ?? "");
}

/** The configuration that was synthesised, as one of built-in resources. */
function fixtureOf({ terraform, resource = {}, output }: Configuration, stack: string): object {
  const attribute = (type: string, name: string, wanted: string) =>
    wanted !== "id" && resource[type]?.[name]?.[wanted] !== undefined ? `input.${wanted}` : "id";
  const renamed = (words: string) =>
    words.replace(REFERENCE, (_, type: string, name: string, wanted?: string) =>
      wanted === undefined ? `terraform_data.${type}--${name}` : `terraform_data.${type}--${name}.${attribute(type, name, wanted)}`,
    );
  const here = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, each: unknown) =>
      typeof each === "string" && (each.includes("${") || /^(openstack|kubernetes)_\w+\.[\w-]+$/.test(each)) ? renamed(each) : each,
    );
  const made = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]): [string, unknown] => {
      if (!provided(type)) return [name, here(body)];
      const attributes = Object.fromEntries(Object.entries(body).filter(([key]) => !META.has(key)));
      const provisioner = type === SERVER ? [{ "local-exec": { command: `test ! -e '${cloud}/${stack}'` } }] : undefined;
      return [`${type}--${name}`, here({ input: attributes, depends_on: body["depends_on"], provisioner })];
    }),
  );
  return { terraform: { backend: terraform.backend }, resource: { terraform_data: Object.fromEntries(made) }, output: here(output) };
}

/** What the real engine plans, as a plan of the providers' resources. */
function planOf(plan: Plan, { resource = {} }: Configuration): Plan {
  const { planned_values: _, prior_state: __, relevant_attributes: ___, resource_drift: ____, ...rest } = plan;
  const changes = (plan.resource_changes ?? []).map((entry) => {
    const [type = "", name] = entry.name.split(/--(.*)/s);
    if (name === undefined || !provided(type)) return entry;
    const { before, after, after_unknown: unknown, ...change } = entry.change;
    return {
      ...entry,
      address: `${type}.${name}`,
      type,
      name,
      provider_name: PROVIDERS[type.split("_", 1)[0] ?? ""],
      change: {
        ...change,
        before: valuesOf(before),
        after: valuesOf(after),
        after_unknown: after === null ? {} : (valuesOf(unknown) ?? {}),
      },
    };
  });
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      expressions: expressionsOf(body),
    })),
  );
  return { ...rest, resource_changes: changes, configuration: { root_module: { resources } } } as Plan;
}

function valuesOf(side: Fields | null): Fields | null {
  if (side === null) return null;
  const { id, input } = side;
  return { ...(input as Fields | undefined), ...(id === undefined ? {} : { id }) };
}

/** A resource's arguments as the configuration in a plan has them. */
function expressionsOf(body: Fields): Fields {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([key]) => !META.has(key))
      .map(([key, value]) => [key, expressionOf(value)]),
  );
}

function expressionOf(value: unknown): unknown {
  const words = JSON.stringify(value) ?? "null";
  if (!words.includes("${")) return { constant_value: value };
  if (Array.isArray(value) && value.every((each) => typeof each === "object")) return value.map((each) => expressionsOf(each as Fields));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return expressionsOf(value as Fields);
  return { references: [...words.matchAll(REFERENCE)].flatMap(([whole, type, name]) => [whole, `${type}.${name}`]) };
}

const configuration = () => JSON.parse(readFileSync("cdk.tf.json", "utf8")) as Configuration;
const run = (stdout: "inherit" | "pipe") =>
  spawnSync(engine, [`-chdir=${FOLDER}`, step, ...args], {
    stdio: ["ignore", stdout, "inherit"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });

if (step === "init") {
  mkdirSync(FOLDER, { recursive: true });
  const folder = process.cwd();
  const stack = basename(folder) === "winding-down" ? basename(folder.slice(0, -"/winding-down".length)) : basename(folder);
  writeFileSync(`${FOLDER}/main.tf.json`, JSON.stringify(fixtureOf(configuration(), stack)));
}
const told = step === "show" || step === "apply";
const { status, stdout } = run(told ? "pipe" : "inherit");
if (step === "apply") process.stdout.write(stdout.replace(/terraform_data\.((?:openstack|kubernetes)_\w+?)--/g, "$1."));
if (step === "show") process.stdout.write(status === 0 ? JSON.stringify(planOf(JSON.parse(stdout) as Plan, configuration())) : stdout);
process.exitCode = status ?? 1;
