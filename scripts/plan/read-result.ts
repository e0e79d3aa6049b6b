import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import type { PlanResult } from "./result.ts";

const MAX_BYTES = 256 * 1024 * 1024;

/** Reads a plan's JSON result, or that in the folder of a saved plan, and holds it against its schema. Throws InvalidRequest. */
export function readPlanResult(path: string): PlanResult {
  const found = statSync(path, { throwIfNoEntry: false });
  const file = found?.isDirectory() === true ? join(path, "plan.json") : path;
  const refuse = (cause: string) =>
    new InvalidRequest(
      text(
        `${file} 不是计划的 JSON 结果：${cause}；用 npm run plan -- --format json --out plan.json 生成`,
        `Cannot read ${file} as a plan's JSON result: ${cause}; npm run plan -- --format json --out plan.json makes one`,
      ),
    );
  if (!existsSync(file)) throw refuse("no such file");
  const { size } = statSync(file);
  if (size > MAX_BYTES) throw refuse(`${size} bytes, at most ${MAX_BYTES}`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse(clip(error instanceof Error ? error.message : String(error), 200));
  }
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<PlanResult>(
    JSON.parse(readFileSync(new URL("../schema/plan.schema.json", import.meta.url), "utf8")) as object,
  );
  if (validate(value)) return value;
  const [first] = validate.errors ?? [];
  throw refuse(clip(`${first?.instancePath ?? ""} ${first?.message ?? ""}`.trim(), 200));
}
