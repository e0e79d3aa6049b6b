import { oneLine } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import { type Answer, place } from "../http/exchange.ts";
import { CloudFailure } from "./cloud-failure.ts";

/** The JSON of an answer. Throws where it is HTML, as proxies and login pages send, or breaks off in the middle. */
export function readJson({ headers, body }: Answer, url: URL): unknown {
  const words = body.toString("utf8");
  if (/^text\/html\b/i.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(words.slice(0, 200)))
    throw new CloudFailure(
      "not-openstack",
      text(`${place(url)} 回答的是网页，不是 JSON`, `Cannot read ${place(url)}: the answer is a web page, wanted JSON`),
    );
  try {
    const value: unknown = JSON.parse(words);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below: the parser's own words may quote the answer.
  }
  throw new CloudFailure(
    "not-openstack",
    text(
      `${place(url)} 的回答不是完整的 JSON（${body.length} 字节）`,
      `Cannot read ${place(url)}: the answer (${body.length} bytes) is no whole JSON`,
    ),
  );
}

/** An OpenStack error's own message, `: …`, where the answer holds one; anything else in an answer is not repeated. */
export function wordsOf({ body }: Answer): string {
  try {
    const [first] = Object.values(JSON.parse(body.subarray(0, 100_000).toString("utf8")) as Record<string, unknown>);
    // Placement sends a list of errors, Neutron and Keystone one, with different names for its words.
    const { message, detail } = (Array.isArray(first) ? first[0] : first) as { message?: unknown; detail?: unknown };
    const words = message ?? detail;
    return typeof words === "string" && words !== "" ? `: ${oneLine(words).slice(0, 300)}` : "";
  } catch {
    return "";
  }
}
