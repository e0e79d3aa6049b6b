import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { DriftResult } from "../../../scripts/drift/result.ts";
import { ROOT } from "../run.ts";

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/drift.schema.json`, "utf8")) as object,
);

/** Every result of a test is held against the published schema. */
export function checkDrift(result: unknown): DriftResult {
  if (!validate(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validate.errors, null, 2)}`);
  return result as DriftResult;
}
