import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import { oneLine } from "../../catalog/source/visible-text.ts";
import { text, verbatim } from "../../catalog/text.ts";
import { type Answer, causeOf, exchange, openAgents, place, retryAfter, Slow, TooLarge, Truncated, wasReset } from "../http/exchange.ts";
import { readJson } from "../http/read-json.ts";
import { ForgeFailure, type ForgeFailureKind } from "./forge-failure.ts";

/** How long and how much a forge may answer. */
export interface ForgeLimits {
  /** Milliseconds for one request, its answer read to the end. */
  readonly request: number;
  /** Milliseconds for all tries of one request, waiting included. */
  readonly tries: number;
  /** Bytes of one answer. */
  readonly bytes: number;
  /** Further tries after the first, and milliseconds before the first of them; each waits twice as long as the one before. */
  readonly retries: number;
  readonly backOff: number;
}

const FORGE_LIMITS: ForgeLimits = { request: 20_000, tries: 120_000, bytes: 32 * 1024 * 1024, retries: 4, backOff: 500 };

export interface ForgeFetchOptions {
  /** Taken out of whatever is repeated of an answer. */
  readonly token: string;
  readonly limits?: Partial<ForgeLimits>;
  /** Where the proxy's variables and SSL_CERT_FILE stand. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * A `fetch` for the forges' client libraries, which disagree on what to retry and believe any answer: only whole JSON with a 2xx status comes back.
 * What is busy (429, 5xx, a reset connection) is tried again, as late as it asks; anything else is a {@link ForgeFailure} at once. A try that was
 * answered by a lost connection may have had its effect: callers look at what is there after they write.
 */
export function forgeFetch({ token, limits, environment = process.env }: ForgeFetchOptions): typeof fetch {
  const bounds: ForgeLimits = { ...FORGE_LIMITS, ...limits };
  const agentFor = openAgents(environment);
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    requireSafe(url);
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    const once = async (): Promise<Response> => {
      const answer = await exchange({
        method: request.method,
        url,
        headers,
        body,
        agent: agentFor(url),
        milliseconds: bounds.request,
        bytes: bounds.bytes,
      });
      if (answer.status < 200 || answer.status >= 300) throw new Refused(answer);
      const isBlank = answer.body.length === 0;
      if (!isBlank) readJson(answer, url, (reason) => new ForgeFailure("not-a-forge", reason));
      const empty = isBlank || answer.status === 204 || answer.status === 205;
      return new Response(empty ? null : new Uint8Array(answer.body), { status: empty ? 204 : answer.status, headers: headersOf(answer) });
    };
    try {
      return await pRetry(once, {
        retries: bounds.retries,
        minTimeout: bounds.backOff,
        factor: 2,
        maxRetryTime: bounds.tries,
        shouldRetry: ({ error }) => (error instanceof Refused ? isBusy(error.answer) : wasReset(error)),
        onFailedAttempt: async ({ error, retriesLeft }) => {
          const wait = error instanceof Refused && isBusy(error.answer) && retriesLeft > 0 ? retryAfter(error.answer) : undefined;
          if (wait !== undefined) await sleep(wait);
        },
      });
    } catch (error) {
      throw failureOf(error, { url, method: request.method, bounds, token });
    }
  };
}

/** An answer that is no success. */
class Refused extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

function isBusy({ status }: Answer): boolean {
  return status === 429 || status >= 500;
}

/** A token is never sent where others can read it on the way. */
function requireSafe(url: URL): void {
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return;
  throw new ForgeFailure(
    "insecure",
    text(
      `${place(url)} 不是 https，令牌不会明文发送`,
      `Cannot ask ${place(url)}: the token is not sent in clear, wanted an address that begins with https://`,
    ),
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Without what describes the bytes on the wire: the body is whole and plain by now. */
function headersOf({ headers }: Answer): Record<string, string> {
  const kept: Record<string, string> = { "content-type": "application/json" };
  for (const name of ["link", "x-next-page", "x-page", "x-per-page", "x-total", "x-total-pages", "x-prev-page"])
    if (headers[name] !== undefined) kept[name] = headers[name];
  return kept;
}

interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly bounds: ForgeLimits;
  readonly token: string;
}

function failureOf(error: unknown, { url, method, bounds, token }: Asked): ForgeFailure {
  const at = place(url);
  if (error instanceof ForgeFailure) return error;
  if (error instanceof Refused) {
    const { status } = error.answer;
    const words = wordsOf(error.answer, token);
    return new ForgeFailure(
      kindOf(status),
      text(`${method} ${at} 回答 HTTP ${status}${words}`, `Cannot ${method} ${at}: HTTP ${status}${words}`),
      {
        cause: { status },
      },
    );
  }
  if (error instanceof Slow)
    return new ForgeFailure(
      "time-limit",
      text(`${at} 在 ${bounds.request / 1000} 秒内没有答完`, `Cannot read ${at}: no whole answer within ${bounds.request / 1000} seconds`),
    );
  if (error instanceof TooLarge)
    return new ForgeFailure(
      "not-a-forge",
      text(`${at} 的回答超过 ${bounds.bytes} 字节`, `Cannot read ${at}: the answer is larger than ${bounds.bytes} bytes`),
    );
  if (error instanceof Truncated)
    return new ForgeFailure(
      "not-a-forge",
      text(`${at} 的回答没有说完就断了`, `Cannot read ${at}: the connection ended in the middle of the answer`),
    );
  const cause = verbatim(causeOf(error).replaceAll(token, "***"));
  return new ForgeFailure("unreachable", text(`连不上 ${at}：${cause.zh}`, `Cannot reach ${at}: ${cause.en}`));
}

function kindOf(status: number): ForgeFailureKind {
  if (status === 401) return "token";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 409) return "conflict";
  if (status === 429 || status >= 500) return "overloaded";
  return status < 400 ? "not-a-forge" : "refused";
}

/** The forge's own message, `: …`, where the answer holds one as JSON; anything else in an answer is not repeated. */
function wordsOf({ body }: Answer, token: string): string {
  try {
    const { message, error } = JSON.parse(body.subarray(0, 100_000).toString("utf8")) as { message?: unknown; error?: unknown };
    const told = message ?? error;
    const words = typeof told === "string" ? told : told === undefined ? "" : JSON.stringify(told);
    return words === "" ? "" : `: ${oneLine(words.replaceAll(token, "***")).slice(0, 300)}`;
  } catch {
    return "";
  }
}
