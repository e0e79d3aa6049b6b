import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";
import { jsonFault } from "../json-fault.ts";
import type { Engine } from "./find-engine.ts";
import type { StateVersion } from "./plan-stack.ts";

/** The list beside the saved plans of one run: what was planned, with what, against which states. */
export interface SavedPlan {
  readonly schema: "govcloud/saved-plan/1";
  readonly program: string;
  readonly engine: { readonly kind: Engine["kind"]; readonly version: string };
  /** Where the states are; an apply with another store is refused. */
  readonly store: string;
  /** Instant of planning, ISO 8601 in UTC. */
  readonly createdAt: string;
  /** Day that the plan was made for, Asia/Shanghai. */
  readonly at: string;
  /** Digest of every file of the tree that the plan was made from. */
  readonly sources: string;
  /** The same of the tree compared with; null where there was none. */
  readonly base: string | null;
  readonly fingerprint: string;
  /** Digest of the result beside this list, of which the fingerprint covers what decides alone. */
  readonly result: string;
  readonly verdict: "accepted" | "refused";
  readonly stacks: readonly SavedStack[];
}

export interface SavedStack {
  readonly id: string;
  readonly stack: string;
  /** False where the engine plans nothing at all: there is nothing to apply. */
  readonly changes: boolean;
  /** Digest of what the engine plans. */
  readonly planned: string;
  readonly state: StateVersion | null;
  /** File name → sha256 of the files that the engine is given. */
  readonly files: Readonly<Record<string, string>>;
}

const SAVED_PLAN_FILE = "saved-plan.json";
const RESULT_FILE = "plan.json";
const MAX_BYTES = 64 * 1024 * 1024;
/** Files of a stack's folder that decide what an apply does. */
const DECIDING = ["cdk.tf.json", "plan.bin", ".terraform.lock.hcl", "winding-down/cdk.tf.json"];
const DIGEST = { type: "string", pattern: "^sha256:[0-9a-f]{64}$" } as const;
const NAME = { type: "string", pattern: "^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$" } as const;

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<SavedPlan>({
  type: "object",
  additionalProperties: false,
  required: ["schema", "program", "engine", "store", "createdAt", "at", "sources", "base", "fingerprint", "result", "verdict", "stacks"],
  properties: {
    schema: { const: "govcloud/saved-plan/1" },
    program: { type: "string" },
    engine: {
      type: "object",
      additionalProperties: false,
      required: ["kind", "version"],
      properties: { kind: { enum: ["OpenTofu", "Terraform"] }, version: { type: "string" } },
    },
    store: { type: "string" },
    createdAt: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$" },
    at: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$" },
    sources: DIGEST,
    base: { ...DIGEST, type: ["string", "null"] },
    fingerprint: DIGEST,
    result: DIGEST,
    verdict: { enum: ["accepted", "refused"] },
    stacks: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["id", "stack", "changes", "planned", "state", "files"],
        properties: {
          id: { type: "string", pattern: "^[a-z0-9-]+(/[a-z0-9-]+)?$" },
          stack: NAME,
          changes: { type: "boolean" },
          planned: DIGEST,
          state: {
            type: ["object", "null"],
            additionalProperties: false,
            required: ["lineage", "serial"],
            properties: { lineage: { type: "string" }, serial: { type: "integer", minimum: 0 } },
          },
          files: {
            type: "object",
            additionalProperties: false,
            required: ["cdk.tf.json", "plan.bin"],
            properties: Object.fromEntries(DECIDING.map((name) => [name, DIGEST])),
          },
        },
      },
    },
  },
});

/** Folder of a stack below that of the saved plan. */
export function stackFolder(folder: string, stack: string): string {
  return join(folder, "stacks", stack);
}

/** Digests of the files of a stack's folder that decide what an apply does. */
export function decidingFiles(folder: string): Record<string, string> {
  return Object.fromEntries(
    DECIDING.map((name) => [name, join(folder, name)] as const)
      .filter(([, path]) => existsSync(path))
      .map(([name, path]) => [name, sha256(readFileSync(path))]),
  );
}

/** Writes a plan's result, and the list that names its digest. */
export function writeSavedPlan(folder: string, saved: Omit<SavedPlan, "result">, result: object): SavedPlan {
  const words = `${JSON.stringify(result, null, 2)}\n`;
  const listed = { ...saved, result: sha256(words) };
  writeFileSync(join(folder, RESULT_FILE), words, { mode: 0o600 });
  writeFileSync(join(folder, SAVED_PLAN_FILE), `${JSON.stringify(listed, null, 2)}\n`, { mode: 0o600 });
  return listed;
}

/** A folder for a saved plan has to be new or empty: what stands there might be another approved plan. */
export function refuseUsedFolder(folder: string): void {
  const used = existsSync(folder) && (!lstatSync(folder).isDirectory() || readdirSync(folder).length > 0);
  if (used)
    throw new InvalidRequest(
      text(`不能把计划存到 ${folder}：要新的或空的目录`, `Cannot save the plan in ${folder}: wanted a new or an empty folder`),
    );
}

/** Reads the list of a saved plan and holds its files against it. Throws InvalidRequest where anything was changed since. */
export function readSavedPlan(folder: string): SavedPlan {
  const path = join(folder, SAVED_PLAN_FILE);
  if (!existsSync(path))
    throw new InvalidRequest(
      text(
        `${folder} 里没有保存的计划（${SAVED_PLAN_FILE}）；先运行 npm run plan -- --online --save ${folder}`,
        `Cannot find a saved plan in ${folder} (${SAVED_PLAN_FILE}); make one with npm run plan -- --online --save ${folder}`,
      ),
    );
  const saved = parse(path);
  const result = join(folder, RESULT_FILE);
  if (!existsSync(result) || sha256(readFileSync(result)) !== saved.result) throw notAsPlanned(RESULT_FILE);
  for (const { stack, files } of saved.stacks) {
    const found = decidingFiles(stackFolder(folder, stack));
    const names = new Set([...Object.keys(files), ...Object.keys(found)]);
    const changed = [...names].find((name) => files[name] !== found[name]);
    if (changed !== undefined) throw notAsPlanned(`stacks/${stack}/${changed}`);
    const foreign = readdirSync(stackFolder(folder, stack)).find(
      (name) => /\.(tf|tf\.json|tfvars|tfvars\.json|tofu|tofu\.json)$/.test(name) && !DECIDING.includes(name),
    );
    if (foreign !== undefined)
      throw new InvalidRequest(
        text(
          `保存的计划里多了文件：stacks/${stack}/${foreign}；请重新计划`,
          `Cannot use the saved plan: stacks/${stack}/${foreign} was added to it; plan again`,
        ),
      );
  }
  return saved;
}

function notAsPlanned(file: string): InvalidRequest {
  return new InvalidRequest(
    text(
      `保存的计划被改动过：${file} 与清单不符；请重新计划`,
      `Cannot use the saved plan: ${file} is not the file that was planned; plan again`,
    ),
  );
}

function parse(path: string): SavedPlan {
  const refuse = ({ zh, en }: Text) =>
    new InvalidRequest(
      text(
        `${path} 不是保存的计划：${zh}；文件被改动过或不完整：用 npm run plan -- --online --save <新目录> 重新计划`,
        `Cannot read ${path} as a saved plan: ${en}; the file was edited or is not whole: plan again with npm run plan -- --online --save <new folder>`,
      ),
    );
  const { size } = lstatSync(path);
  if (size > MAX_BYTES) throw refuse(text(`${size} 字节，最多 ${MAX_BYTES}`, `${size} bytes, at most ${MAX_BYTES}`));
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // What the parser says quotes the file.
    throw refuse(text("不是完整的 JSON", "it is no whole JSON"));
  }
  if (validate(value)) return value;
  throw refuse(jsonFault(validate.errors));
}

export function sha256(bytes: Buffer | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
