import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";
import { jsonFault } from "../json-fault.ts";
import type { ApplyResult } from "../render/apply-text.ts";
import type { InvalidResult, PlanResult } from "./result.ts";

/** A plan of 10,000 systems is some 40 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads a plan's JSON result, or that in the folder of a saved plan. Throws InvalidRequest, also where the request that was planned is invalid. */
export function readPlanResult(path: string): PlanResult {
  const result = readAnyPlanResult(path);
  if (result.verdict !== "invalid") return result;
  throw new InvalidRequest(text(`${path}：申请写错了，没有计划`, `Cannot use ${path}: the request is invalid, and nothing was planned`));
}

/** Reads what `plan --format json` wrote, an invalid request's errors included. */
export function readAnyPlanResult(path: string): PlanResult | InvalidResult {
  return readResult<PlanResult | InvalidResult>(path, "plan");
}

/** Reads what `apply --format json` wrote. */
export function readApplyResult(path: string): ApplyResult {
  return readResult<ApplyResult>(path, "apply");
}

/** The file came through a job of the request's, so that nothing in it is believed before it holds to its schema. */
function readResult<T>(path: string, command: "plan" | "apply"): T {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, `${command}.json`) : path;
  const refuse = ({ zh, en }: Text) =>
    new InvalidRequest(
      text(
        `${file} 不是 npm run ${command} -- --format json 的结果：${zh}`,
        `Cannot read ${file}: it is no result of npm run ${command} -- --format json: ${en}`,
      ),
    );
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw refuse(text("没有这个文件", "no such file"));
  if (size > MAX_BYTES) throw refuse(text(`${size} 字节，最多 ${MAX_BYTES}`, `${size} bytes, at most ${MAX_BYTES}`));
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // What the parser says quotes the file.
    throw refuse(text("不是完整的 JSON", "no whole JSON"));
  }
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<T>(
    JSON.parse(readFileSync(new URL(`../schema/${command}.schema.json`, import.meta.url), "utf8")) as object,
  );
  if (validate(value)) return value;
  throw refuse(jsonFault(validate.errors));
}
