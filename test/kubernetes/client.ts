import { request } from "node:https";
import type { ClusterFacts } from "./start.ts";

/** Asks or changes a cluster as somebody with kubectl would. Resolves with the status and the answer; throws where no answer came. */
export async function askCluster(
  { host, caCertificate, token }: ClusterFacts,
  method: "GET" | "PATCH" | "DELETE",
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/merge-patch+json" };
  const asked = request(`${host}${path}`, { method, ca: caCertificate, headers, timeout: 20_000 }, (answer) => {
    let words = "";
    answer.setEncoding("utf8");
    answer.on("data", (part: string) => {
      words += part;
    });
    answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: words }));
    answer.on("error", reject);
  });
  asked.on("error", reject);
  asked.on("timeout", () => asked.destroy(new Error(`Cannot ${method} ${path}: no answer in time`)));
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  return await promise;
}
