import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Text, text } from "../../catalog/text.ts";
import type { ApproveOptions } from "../approve.ts";
import { findRequest } from "../forge/find-request.ts";
import type { ForgeComment } from "../forge/forge.ts";
import { openForge } from "../forge/open-forge.ts";
import { REPOSITORY, userPath } from "../options.ts";
import { writeResult } from "../output.ts";
import { renderCollectedText } from "../render/collected-text.ts";
import { jsonText } from "../render/json-text.ts";
import { type Approval, MAX_BYTES, type ParsedApproval, parseApproval, signedBytes } from "./approval.ts";
import { approvalJson } from "./approval-comment.ts";
import { type ApprovalKey, readApprovalKeys } from "./approval-keys.ts";
import type { CollectedResult } from "./approve-result.ts";
import { verifyWith } from "./key-pair.ts";

/** `apply` reads 1,000 files; a request that has this many approvals was flooded. */
const MOST_COLLECTED = 500;
const MOST_SKIPPED = 50;

interface Found {
  readonly comment: ForgeComment;
  readonly approval: Approval;
}

/**
 * Writes the approvals that stand in a request's comments into a folder, whoever wrote them: their signatures are for `apply` to judge. 0 also where no
 * request brought the commit; throws ForgeFailure where the forge does not answer.
 */
export async function collectApprovals(options: ApproveOptions & { readonly collect: string }): Promise<number> {
  const { lang, format, out, collect } = options;
  const opened = await openForge(options);
  const { forge, target } = opened;
  const request = await findRequest(opened, options);
  const { kept, skipped, left } = approvalsIn(request === undefined ? [] : await forge.comments(request), readApprovalKeys(REPOSITORY));
  const folder = userPath(collect);
  mkdirSync(folder, { recursive: true });
  const approvals = kept.map(({ comment, approval }) => {
    // No word of a comment becomes part of a file's name.
    const file = `comment-${comment.id}.json`;
    writeFileSync(join(folder, file), jsonText(approval));
    const { fingerprint, role, bureau, holder } = approval;
    return { comment: comment.id, author: comment.author.login, file, fingerprint, role, bureau, holder };
  });
  const result: CollectedResult = {
    schema: "govcloud/approve/1",
    kind: "collected",
    forge: target.kind,
    project: target.project,
    request: request ?? null,
    folder: collect,
    approvals,
    skipped: skipped.map(({ comment, why }) => ({ comment: comment.id, author: comment.author.login, why: why[lang] })),
    left,
  };
  writeResult(format === "json" ? jsonText(result) : renderCollectedText(result, lang), out);
  return 0;
}

/** Those signed by a key of the list come first, so that nobody crowds them out; of the same signature one is enough. */
export function approvalsIn(
  comments: readonly ForgeComment[],
  keys: readonly ApprovalKey[],
): {
  readonly kept: readonly Found[];
  readonly skipped: readonly { readonly comment: ForgeComment; readonly why: Text }[];
  readonly left: number;
} {
  const found = new Map<string, Found>();
  const skipped: { readonly comment: ForgeComment; readonly why: Text }[] = [];
  for (const comment of comments) {
    const json = approvalJson(comment.body);
    if (json === undefined) continue;
    const parsed = parseBounded(json);
    if (parsed.kind === "unreadable") skipped.push({ comment, why: parsed.why });
    else {
      const same = JSON.stringify(parsed.approval);
      if (!found.has(same)) found.set(same, { comment, approval: parsed.approval });
    }
  }
  const all = [...found.values()];
  const signed = new Set(all.filter(({ approval }) => isSigned(approval, keys)));
  const inOrder = [...signed, ...all.filter((each) => !signed.has(each))];
  const kept = inOrder.slice(0, MOST_COLLECTED);
  const left = inOrder.length - kept.length + Math.max(0, skipped.length - MOST_SKIPPED);
  return { kept, skipped: skipped.slice(0, MOST_SKIPPED), left };
}

function parseBounded(json: string): ParsedApproval {
  if (json === "") return { kind: "unreadable", why: text("有标记而没有 JSON", "it has the marker and no JSON") };
  if (json.length <= MAX_BYTES) return parseApproval(json);
  return { kind: "unreadable", why: text(`超过 ${MAX_BYTES} 字节`, `it is larger than ${MAX_BYTES} bytes`) };
}

function isSigned(approval: Approval, keys: readonly ApprovalKey[]): boolean {
  const key = keys.find(({ id }) => id === approval.key);
  return key !== undefined && verifyWith(key, signedBytes(approval), Buffer.from(approval.signature, "base64"));
}
