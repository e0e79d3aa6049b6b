import { readFileSync, statSync } from "node:fs";
import type { Temporal } from "temporal-polyfill";
import type { Declarations } from "../../catalog/declaration.ts";
import type { UsageMonth } from "../../catalog/sizing/usage.ts";
import { USAGE_QUERIES_FILE, type UsageQueries } from "../../catalog/sizing/usage-queries.ts";
import { diagnoseFile, InvalidInput, InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { spaced, text } from "../../catalog/text.ts";
import { userPath } from "../options.ts";
import { readUsageCsv } from "./csv.ts";
import { MAX_CSV_BYTES } from "./csv-table.ts";
import { DeclaredServers } from "./declared-servers.ts";
import { type Month, readMonth } from "./month.ts";
import { readPrometheus } from "./prometheus.ts";
import { PrometheusClient, type UsageLimits } from "./prometheus-client.ts";

export interface UsageRequest {
  /** `YYYY-MM`, a month of Asia/Shanghai that has ended on the day `at`. */
  readonly month: string;
  readonly at: Temporal.PlainDate;
  readonly declarations: Declarations;
  /** Those of the tree that a request is judged by: it may not choose how it is measured. */
  readonly queries: UsageQueries | undefined;
  /** Where the token, the proxy's variables and SSL_CERT_FILE stand. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly limits?: Partial<UsageLimits>;
}

/**
 * Usage of a month from where it is: `--usage URL` of what speaks Prometheus's HTTP API, or `--usage FILE` of CSV. Nothing of it is written anywhere.
 * @throws InvalidRequest, InvalidInput where the call or the file is wrong; UsageFailure where the server does not answer as it should
 */
export async function readUsage(spec: string, request: UsageRequest): Promise<UsageMonth> {
  const month = readMonth(request.month, request.at);
  const declared = new DeclaredServers(request.declarations);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(spec)) return readFile(spec, month, declared);
  const { queries, environment = process.env, limits = {} } = request;
  const url = readAddress(spec);
  const token = environment["GOVCLOUD_USAGE_TOKEN"] || undefined;
  if (token !== undefined) checkToken(token, url);
  if (queries === undefined) {
    throw new InvalidRequest(
      text(
        `没有 ${USAGE_QUERIES_FILE}，不知道向 ${url.origin} 查什么`,
        `Cannot ask ${url.origin} for usage: wanted the queries in ${USAGE_QUERIES_FILE}`,
      ),
    );
  }
  return await readPrometheus(new PrometheusClient(url, { token, environment, limits }), queries, month, declared);
}

function readAddress(spec: string): URL {
  const url = URL.parse(spec);
  // What stands before the @ may be a password, and is not repeated.
  const shown = clip(spec.replace(/\/\/[^/]*@/, "//…@"), 200);
  const wanted = text(
    "http 或 https 的地址，不带用户名、参数和 #，如 https://prometheus.example",
    "an http or https address without user, query and fragment, such as https://prometheus.example",
  );
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password + url.search + url.hash !== "")
    throw new InvalidRequest(
      text(`--usage 的“${shown}”不对，应为${spaced(wanted.zh)}`, `Cannot read --usage "${shown}": wanted ${wanted.en}`),
    );
  return url;
}

/** A token goes over TLS, or does not leave this machine. */
function checkToken(token: string, url: URL): void {
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new InvalidRequest(
      text(
        "环境变量 GOVCLOUD_USAGE_TOKEN 里有空白或非 ASCII 字符",
        "Cannot use GOVCLOUD_USAGE_TOKEN: it has blanks or characters beyond ASCII",
      ),
    );
  if (url.protocol === "https:" || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)) return;
  throw new InvalidRequest(
    text(
      `GOVCLOUD_USAGE_TOKEN 不能经明文发给 ${url.origin}：请用 https`,
      `Cannot send GOVCLOUD_USAGE_TOKEN to ${url.origin} in the clear: wanted https`,
    ),
  );
}

function readFile(spec: string, month: Month, declared: DeclaredServers): UsageMonth {
  const path = userPath(spec);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) {
    throw new InvalidRequest(
      text(`--usage 的 ${clip(spec, 200)} 不是文件`, `Cannot read --usage ${clip(spec, 200)}: wanted a CSV file or an http address`),
    );
  }
  // Looked at before it is read: a file of gigabytes would not fit.
  if (stat.size > MAX_CSV_BYTES) {
    const message = text(
      `文件超过上限 ${MAX_CSV_BYTES} 字节`,
      `Cannot read the file: it is larger than the limit of ${MAX_CSV_BYTES} bytes`,
    );
    throw new InvalidInput([diagnoseFile(spec, "file-too-large", message)]);
  }
  return readUsageCsv(spec, readFileSync(path), month, declared);
}
