import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { ROOT } from "../run.ts";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const schemaOf = <T>(name: string): ValidateFunction<T> =>
  ajv.compile<T>(JSON.parse(readFileSync(`${ROOT}/scripts/schema/${name}.schema.json`, "utf8")) as object);
const [isApply, isState] = [schemaOf<ApplyResult>("apply"), schemaOf<object>("state")];

/** The result of an apply, which has to follow its published schema. */
export function applyResultOf(stdout: string): ApplyResult {
  return wanted(isApply, stdout);
}

/** The result of a `state` command, which has to follow the published schema. */
export function stateResultOf<T extends object>(stdout: string): T {
  return wanted(isState, stdout) as unknown as T;
}

function wanted<T>(isValid: ValidateFunction<T>, stdout: string): T {
  const result: unknown = JSON.parse(stdout);
  if (isValid(result)) return result;
  throw new Error(`The result breaks its schema: ${JSON.stringify(isValid.errors, null, 2)}`);
}
