import { text } from "../../catalog/text.ts";
import type { ForgeComment, ForgeRequest } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";

/** Throws where a forge's answer lacks what makes it a comment: the client libraries believe any JSON. */
export function requireComment(comment: ForgeComment): ForgeComment {
  const { id, author, body, createdAt } = comment;
  const whole = Number.isSafeInteger(id) && isName(author.id) && typeof body === "string" && !Number.isNaN(Date.parse(createdAt));
  if (!whole) throw without("id, author, body, created_at", "a comment");
  return comment;
}

/** Throws where a forge's answer lacks what makes it a request. */
export function requireRequest(request: ForgeRequest): ForgeRequest {
  const whole =
    Number.isSafeInteger(request.number) &&
    isName(request.author.login) &&
    typeof request.title === "string" &&
    /^[0-9a-f]{40,64}$/.test(request.headSha);
  if (!whole) throw without("number, author, title, head", "a request");
  return request;
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value !== "undefined";
}

function without(wanted: string, what: string): ForgeFailure {
  return new ForgeFailure(
    "not-a-forge",
    text(`代码平台的回答缺少字段（要有 ${wanted}）`, `Cannot read ${what} of the forge's answer: wanted ${wanted}`),
  );
}
