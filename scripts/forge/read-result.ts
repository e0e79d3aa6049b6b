import { readFileSync, statSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text, verbatim } from "../../catalog/text.ts";
import { userPath } from "../options.ts";
import type { PlanResult } from "../plan/result.ts";
import type { ApplyResult } from "../render/apply-text.ts";

/** A plan of 10,000 systems is some 40 MB. */
const MAX_BYTES = 128 * 1024 * 1024;

/** Reads what `plan --format json` wrote; the file came through a job of the request's, so that nothing in it is believed. */
export function readPlanResult(file: string): PlanResult {
  return readResult<PlanResult>(file, "plan");
}

/** Reads what `apply --format json` wrote. */
export function readApplyResult(file: string): ApplyResult {
  return readResult<ApplyResult>(file, "apply");
}

function readResult<T>(file: string, command: "plan" | "apply"): T {
  const path = userPath(file);
  const value = parse(path, file);
  const schema = JSON.parse(readFileSync(new URL(`../schema/${command}.schema.json`, import.meta.url), "utf8")) as object;
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<T>(schema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const where = `${error?.instancePath || "/"} ${error?.message ?? ""}`;
  throw new InvalidRequest(
    text(
      `${file} 不是 npm run ${command} -- --format json 的结果：${where}`,
      `Cannot read ${file}: it is no result of npm run ${command} -- --format json: ${where}`,
    ),
  );
}

function parse(path: string, file: string): unknown {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw unreadable(file, text("没有这个文件", "there is no such file"));
  if (size > MAX_BYTES) throw unreadable(file, text(`它超过 ${MAX_BYTES} 字节`, `it is larger than ${MAX_BYTES} bytes`));
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    throw unreadable(file, verbatim((error as NodeJS.ErrnoException).code ?? "no whole JSON"));
  }
}

function unreadable(file: string, cause: { readonly zh: string; readonly en: string }): InvalidRequest {
  return new InvalidRequest(text(`${file} 不能读：${cause.zh}`, `Cannot read ${file}: ${cause.en}`));
}
