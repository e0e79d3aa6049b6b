import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Lang, text } from "../../catalog/text.ts";
import { MAX_COMMENT } from "../forge/comment-body.ts";
import { findRequest } from "../forge/find-request.ts";
import type { ForgeOptions, OpenedForge } from "../forge/open-forge.ts";
import { putComment } from "../forge/put-comment.ts";
import type { Approval } from "./approval.ts";
import { approvalComment, approvalKind } from "./approval-comment.ts";
import type { PostedApproval } from "./approve-result.ts";

/** The number of the request that an approval is written on. Throws {@link InvalidRequest} where there is none. */
export async function requestToPostOn(opened: OpenedForge, options: ForgeOptions): Promise<number> {
  const request = await findRequest(opened, options);
  if (request !== undefined) return request;
  throw new InvalidRequest(
    text(
      "这个提交不是由合并请求带来的：用 --request 指明申请",
      "Cannot post the approval: no request brought this commit; wanted --request <number>",
    ),
  );
}

/** Writes an approval on its request, once; cut short it would be worth nothing, so that one which is too long is refused. */
export async function postApproval(
  { forge, target: { project } }: OpenedForge,
  { request, approval, lang }: { readonly request: number; readonly approval: Approval; readonly lang: Lang },
): Promise<PostedApproval> {
  const body = approvalComment(approval, lang);
  if (body.length > MAX_COMMENT)
    throw new InvalidRequest(
      text(
        `批准有 ${body.length} 个字符，评论最多 ${MAX_COMMENT}：把写出的文件放进 GOVCLOUD_APPROVALS 的目录`,
        `Cannot post an approval of ${body.length} characters, a comment takes ${MAX_COMMENT}: put its file into the folder of GOVCLOUD_APPROVALS`,
      ),
    );
  const { id } = await putComment(forge, { request, kind: approvalKind(approval), body, run: undefined });
  return { project, request, comment: id };
}
