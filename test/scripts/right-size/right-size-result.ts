import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Temporal } from "temporal-polyfill";
import type { UsageMonth } from "../../../catalog/sizing/usage.ts";
import type { Lang } from "../../../catalog/text.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { buildRightSize } from "../../../scripts/right-size/build-right-size.ts";
import { rightSizeResult } from "../../../scripts/right-size/put-into-words.ts";
import type { RightSizeResult } from "../../../scripts/right-size/result.ts";
import { realTree } from "../../tree.ts";
import { ROOT } from "../run.ts";

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/right-size.schema.json`, "utf8")) as object,
);

/** Every result of a test is held against the published schema. */
export function checkRightSize(result: unknown): RightSizeResult {
  if (!validate(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validate.errors, null, 2)}`);
  return result as RightSizeResult;
}

interface Options {
  readonly lang?: Lang;
  readonly at?: string;
  readonly only?: readonly string[];
}

/** Advice on the samples by the given use. */
export function rightSized(usage: UsageMonth, { lang = "en", at = "2026-02-02", only }: Options = {}): RightSizeResult {
  const found = buildRightSize(readCheckedTree(realTree()), usage, {
    at: Temporal.PlainDate.from(at),
    ...(only === undefined ? {} : { only: new Set(only) }),
  });
  return checkRightSize(rightSizeResult(found, lang));
}
