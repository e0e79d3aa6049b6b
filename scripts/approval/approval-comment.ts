import type { Lang } from "../../catalog/text.ts";
import { type MarkedKind, markerOf } from "../forge/comment-body.ts";
import { markdownCode } from "../render/escape.ts";
import type { Approval } from "./approval.ts";
import { roleLabel } from "./required-approvals.ts";

const SHORT = 16;
const MARKER = "<!-- govcloud:approval:";
const [OPENING, CLOSING] = ["```json", "```"];

/** One comment for each plan and key: to approve again replaces it, and another's stays. */
export function approvalKind({ fingerprint, key }: Pick<Approval, "fingerprint" | "key">): MarkedKind {
  const short = (digest: string) => digest.replace(/^sha256:/, "").slice(0, SHORT);
  return `approval:${short(fingerprint)}.${short(key)}`;
}

/** An approval as a comment of a request: who approved what for people, and for `apply` the approval itself. */
export function approvalComment(approval: Approval, lang: Lang): string {
  const who = markdownCode(`${approval.holder} (${roleLabel(approval)})`);
  const words =
    lang === "zh"
      ? `✍️ ${who} 批准了计划 ${markdownCode(approval.fingerprint)}（签名有效与否，由执行时核对）`
      : `✍️ ${who} approves the plan ${markdownCode(approval.fingerprint)} (whether the signature holds is seen when it is applied)`;
  const details = ["<details><summary>govcloud/approval/1</summary>", "", OPENING, JSON.stringify(approval), CLOSING, "", "</details>"];
  return [markerOf(approvalKind(approval)), words, "", ...details, ""].join("\n");
}

/** The JSON that a comment with the marker of an approval holds; undefined where it is no such comment, empty where it holds none. */
export function approvalJson(body: string): string | undefined {
  if (!body.trimStart().startsWith(MARKER)) return undefined;
  const lines = body.split(/\r?\n/).map((line) => line.trimEnd());
  const opening = lines.indexOf(OPENING);
  const closing = lines.indexOf(CLOSING, opening + 1);
  return opening < 0 || closing < 0 ? "" : lines.slice(opening + 1, closing).join("\n");
}
