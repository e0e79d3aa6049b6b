import { type Text, text } from "../../catalog/text.ts";
import { type Answer, place } from "./exchange.ts";

/** The JSON of an answer. Throws what `failure` makes of the reason where it is a web page, or breaks off in the middle. */
export function readJson(answer: Answer, url: URL, failure: (reason: Text) => Error): unknown {
  if (isWebPage(answer))
    throw failure(text(`${place(url)} 回答的是网页，不是 JSON`, `Cannot read ${place(url)}: the answer is a web page, wanted JSON`));
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch {
    // The parser's own words may quote the answer.
    throw failure(noWholeJson(answer, url));
  }
}

/** Says that an answer is not the JSON that was asked for. */
export function noWholeJson({ body }: Answer, url: URL): Text {
  return text(
    `${place(url)} 的回答不是完整的 JSON（${body.length} 字节）`,
    `Cannot read ${place(url)}: the answer (${body.length} bytes) is no whole JSON`,
  );
}

/** Whether an answer is HTML, which proxies and login pages send in the place of what was asked. */
export function isWebPage({ headers, body }: Pick<Answer, "headers" | "body">): boolean {
  return /^text\/html\b/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(body.toString("utf8", 0, 200));
}
