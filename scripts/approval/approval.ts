import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip, oneLine } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import { jsonFault } from "../json-fault.ts";
import { kindOf, type Parts, subjectOf } from "../plan/fingerprint.ts";
import type { PlanResult } from "../plan/result.ts";
import type { ApprovalKey } from "./approval-keys.ts";
import type { Role } from "./approval-rules.ts";
import { type Algorithm, type SigningKey, signWith } from "./key-pair.ts";
import { roleLabel } from "./required-approvals.ts";

/** A signed approval of one plan. `schema` names scripts/schema/approval.schema.json. */
export interface Approval {
  readonly schema: "govcloud/approval/1";
  readonly fingerprint: string;
  readonly role: Role;
  readonly bureau: string | null;
  readonly holder: string;
  /** Digest of the public key. */
  readonly key: string;
  readonly algorithm: Algorithm;
  /** Instant of signing, ISO 8601 in UTC; the signer's word, so nothing rests on it alone. */
  readonly at: string;
  readonly plannedFor: string;
  readonly commit: string | null;
  readonly parts: Parts;
  /** Base64. */
  readonly signature: string;
}

/** What words that claim to be an approval turned out to be. */
export type ParsedApproval =
  | { readonly kind: "approval"; readonly approval: Approval }
  | { readonly kind: "unreadable"; readonly why: Text };

export type ReadApproval = ParsedApproval & { readonly file: string };

export const MAX_BYTES = 256 * 1024;
const MOST_FILES = 1000;
/** A digest cut short still tells one file from another; that nobody made them alike the fingerprint answers for. */
const SHORT = 16;
const MOST_PARTS = 1000;

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<Approval>(
  JSON.parse(readFileSync(new URL("../schema/approval.schema.json", import.meta.url), "utf8")) as object,
);

/** Signs an approval of a plan with a key of the list. */
export function signApproval(
  { fingerprint, at: plannedFor, parts }: Pick<PlanResult, "fingerprint" | "at" | "parts">,
  { holder, role, bureau }: ApprovalKey,
  { key, instant, commit }: { readonly key: SigningKey; readonly instant: Date; readonly commit: string | null },
): Approval {
  const unsigned: Omit<Approval, "signature"> = {
    schema: "govcloud/approval/1",
    fingerprint,
    role,
    bureau,
    holder,
    key: key.id,
    algorithm: key.algorithm,
    at: instant.toISOString(),
    plannedFor,
    commit,
    parts: shortParts(parts),
  };
  return { ...unsigned, signature: signWith(key, signedBytes(unsigned)).toString("base64") };
}

/** The bytes that a signature is of: everything but itself, as JSON with its keys in order and no blanks. */
export function signedBytes(approval: Omit<Approval, "signature"> & { readonly signature?: string }): Buffer {
  const { signature: _, ...signed } = approval;
  return Buffer.from(JSON.stringify(inOrder(signed)));
}

/** Parts as an approval keeps them; of a plan too large for that, those of everything alone. */
export function shortParts(parts: Parts): Parts {
  const entries = Object.entries(parts).map(([name, value]) => [
    name,
    value.replace(/\b[0-9a-f]{64}$/, (hex) => hex.slice(0, SHORT)).replace(/^sha256:/, ""),
  ]);
  const kept = entries.length <= MOST_PARTS ? entries : entries.filter(([name = ""]) => subjectOf(name) === "" || kindOf(name) === "state");
  return Object.fromEntries(kept.slice(0, MOST_PARTS));
}

/** `<fingerprint>.centre.json`, `<fingerprint>.bureau-hrss.json`. */
export function approvalFileName({ fingerprint, role, bureau }: Pick<Approval, "fingerprint" | "role" | "bureau">): string {
  return `${fingerprint.replace(/^sha256:/, "")}.${roleLabel({ role, bureau }, "-")}.json`;
}

/** Reads files, and of folders every `.json` in them. Whoever can write there can write anything: what is no approval is told apart. */
export function readApprovals(paths: readonly string[]): readonly ReadApproval[] {
  const files = paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined)
      throw new InvalidRequest(text(`没有批准文件 ${path}`, `Cannot find the approvals ${path}: there is no such file or folder`));
    if (!found.isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => join(path, name));
  });
  if (files.length > MOST_FILES)
    throw new InvalidRequest(
      text(
        `批准文件有 ${files.length} 个，最多 ${MOST_FILES} 个`,
        `Cannot read ${files.length} approvals: at most ${MOST_FILES} are taken`,
      ),
    );
  return files.map(readApproval);
}

export function readApproval(path: string): ReadApproval {
  const file = clip(basename(path), 120);
  try {
    const found = lstatSync(path);
    if (!found.isFile()) return { file, ...unreadable("不是普通文件", "it is no regular file") };
    if (found.size > MAX_BYTES) return { file, ...unreadable(`超过 ${MAX_BYTES} 字节`, `it is larger than ${MAX_BYTES} bytes`) };
    return { file, ...parseApproval(readFileSync(path, "utf8")) };
  } catch (error) {
    return { file, ...notRead(error) };
  }
}

/** The approval that JSON holds, or why it holds none. */
export function parseApproval(words: string): ParsedApproval {
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch {
    // What the parser says quotes the file.
    return unreadable("读不出来：不是完整的 JSON", "it cannot be read: no whole JSON");
  }
  if (validate(value)) return { kind: "approval", approval: value };
  const { zh, en } = jsonFault(validate.errors);
  return unreadable(`不是批准：${zh}`, `it is no approval: ${en}`);
}

function notRead(error: unknown): ParsedApproval {
  const cause = clip(oneLine(error instanceof Error ? error.message : String(error)), 120);
  return unreadable(`读不出来：${cause}`, `it cannot be read: ${cause}`);
}

function unreadable(zh: string, en: string): ParsedApproval {
  return { kind: "unreadable", why: text(zh, en) };
}

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  );
}
