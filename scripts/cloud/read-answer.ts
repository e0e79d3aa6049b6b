import { oneLine } from "../../catalog/source/visible-text.ts";
import type { Text } from "../../catalog/text.ts";
import type { Answer } from "../http/exchange.ts";
import { noWholeJson, readJson } from "../http/read-json.ts";
import { CloudFailure } from "./cloud-failure.ts";

/** The JSON object or list of an answer. Throws a CloudFailure where it is anything else. */
export function readAnswer(answer: Answer, url: URL): unknown {
  const failure = (reason: Text) => new CloudFailure("not-openstack", reason);
  const value = readJson(answer, url, failure);
  if (typeof value !== "object" || value === null) throw failure(noWholeJson(answer, url));
  return value;
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
