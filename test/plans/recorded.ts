import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type EnginePlan, parseEnginePlan, readPlan } from "../../catalog/terraform-plan/read-plan.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** The bytes of a recorded plan, by its name without `.json`. */
export function recordedBytes(plan: string): Buffer {
  return readFileSync(`${FOLDER}${plan}.json`);
}

export function recordedPlan(plan: string): EnginePlan {
  return readPlan(parseEnginePlan(`${plan}.json`, recordedBytes(plan)));
}

/** Names of all recorded plans; a configuration (`.tf.json`) is none. */
export const RECORDED: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json") && !name.endsWith(".tf.json"))
  .map((name) => name.replace(".json", ""))
  .sort();

/** What the table of the README says that each plan plans. */
export const PLANNED: ReadonlyMap<string, string> = new Map(
  readFileSync(`${FOLDER}README.md`, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, file = "", , planned = ""] = line.split("|").map((cell) => cell.trim());
      return file.endsWith(".json") ? [[file.replace(".json", ""), planned] as const] : [];
    }),
);
