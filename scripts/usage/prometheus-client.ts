import pRetry from "p-retry";
import { clip, oneLine } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import { type Answer, causeOf, exchange, openAgents, place, Slow, TooLarge, Truncated, under, wasReset } from "../http/exchange.ts";
import { isWebPage } from "../http/read-json.ts";
import { UsageFailure, type UsageFailureKind } from "./usage-failure.ts";

export interface UsageLimits {
  /** Milliseconds for one query, its answer read to the end. */
  readonly request: number;
  /** Bytes of one answer: ten thousand series take some 2 MB. */
  readonly bytes: number;
  /** Further tries where the server is overloaded or hangs up, and milliseconds before the first of them; each later one waits twice as long. */
  readonly retries: number;
  readonly firstWait: number;
}

const USAGE_LIMITS: UsageLimits = { request: 60_000, bytes: 64 * 1024 * 1024, retries: 3, firstWait: 1_000 };

/** One series of an instant vector; its value as Prometheus wrote it, which may be NaN or +Inf. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

const BUSY = new Set([429, 502, 503, 504]);
class Busy extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super("busy");
    this.answer = answer;
  }
}

/** Asks whatever speaks Prometheus's HTTP API for instant vectors, and takes nothing for an answer but a whole one. */
export class PrometheusClient {
  /** Requests that were sent, further tries included. */
  requests = 0;
  readonly #url: URL;
  readonly #token: string | undefined;
  readonly #limits: UsageLimits;
  readonly #agentFor: ReturnType<typeof openAgents>;

  constructor(
    base: URL,
    options: { readonly token: string | undefined; readonly environment: NodeJS.ProcessEnv; readonly limits?: Partial<UsageLimits> },
  ) {
    this.#url = under(base, "api/v1/query");
    this.#token = options.token;
    this.#limits = { ...USAGE_LIMITS, ...options.limits };
    this.#agentFor = openAgents(options.environment);
  }

  /**
   * Evaluates PromQL at a moment, in seconds since 1970.
   * @param name of the query, for messages
   * @throws UsageFailure that names the query
   */
  async query(name: string, promql: string, atSeconds: number): Promise<readonly Series[]> {
    const fail = (kind: UsageFailureKind, what: Text) =>
      new UsageFailure(
        kind,
        text(`查询 ${name}（${place(this.#url)}）失败：${what.zh}`, `Cannot read ${name} from ${place(this.#url)}: ${what.en}`),
      );
    const answer = await this.#ask(promql, atSeconds, fail);
    return readVector(answer, (kind, what) => fail(kind, this.#withoutToken(what)));
  }

  async #ask(promql: string, atSeconds: number, fail: Fail): Promise<Answer> {
    const { request, bytes, retries, firstWait } = this.#limits;
    const body = new URLSearchParams({
      query: promql,
      time: String(atSeconds),
      timeout: `${Math.max(1, Math.floor(request / 1000) - 5)}s`,
      // Thanos and VictoriaMetrics answer with what they could reach, unless they are told not to.
      partial_response: "false",
      deny_partial_response: "1",
    });
    const attempt = async () => {
      this.requests += 1;
      const answer = await exchange({
        method: "POST",
        url: this.#url,
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        },
        body: body.toString(),
        agent: this.#agentFor(this.#url),
        milliseconds: request,
        bytes,
      });
      if (BUSY.has(answer.status) && errorOf(answer)?.type !== "timeout") throw new Busy(answer);
      return answer;
    };
    try {
      return await pRetry(attempt, {
        retries,
        minTimeout: firstWait,
        factor: 2,
        shouldRetry: ({ error }) => error instanceof Busy || wasReset(error),
      });
    } catch (error) {
      if (error instanceof Busy) return error.answer;
      if (error instanceof Slow) throw fail("time-limit", noAnswer(request));
      if (error instanceof TooLarge) throw fail("refused", text(`回答超过 ${bytes} 字节`, `the answer is larger than ${bytes} bytes`));
      if (error instanceof Truncated)
        throw fail("incomplete", text("回答没有说完就断了", "the connection ended in the middle of the answer"));
      throw fail("unreachable", text(`连不上：${causeOf(error)}`, `cannot reach it: ${causeOf(error)}`));
    }
  }

  /** A server that quotes what it was sent must not bring the token into a log. */
  #withoutToken({ zh, en }: Text): Text {
    const token = this.#token;
    return token === undefined ? { zh, en } : text(zh.replaceAll(token, "***"), en.replaceAll(token, "***"));
  }
}

type Fail = (kind: UsageFailureKind, what: Text) => UsageFailure;

function noAnswer(milliseconds: number): Text {
  const seconds = Math.round(milliseconds / 100) / 10;
  return text(`${seconds} 秒内没有答完`, `no whole answer within ${seconds} seconds`);
}

interface Body {
  readonly status?: unknown;
  readonly error?: unknown;
  readonly errorType?: unknown;
  readonly warnings?: unknown;
  readonly isPartial?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown };
}

/** The JSON object of an answer; undefined where it is none. */
function bodyOf({ body }: Answer): Body | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What Prometheus itself says went wrong. */
function errorOf(answer: Answer): { readonly type: string; readonly words: string } | undefined {
  const { error, errorType } = bodyOf(answer) ?? {};
  return typeof error === "string" ? { type: String(errorType), words: clip(oneLine(error), 300) } : undefined;
}

function readVector(answer: Answer, fail: Fail): readonly Series[] {
  const { status, body } = answer;
  const said = status === 200 ? undefined : errorOf(answer);
  const words = said === undefined ? "" : `: ${said.words}`;
  if (said?.type === "timeout") throw fail("time-limit", text(`服务端超时${words}`, `it ran out of time${words}`));
  if (status !== 200)
    throw fail(kindOf(status, said !== undefined), text(`回答 HTTP ${status}${words}`, `HTTP ${status}${words}, wanted 200`));
  const value = bodyOf(answer);
  if (value === undefined) {
    throw fail(
      "not-prometheus",
      isWebPage(answer)
        ? text("回答的是网页，不是 JSON", "the answer is a web page, wanted JSON")
        : text(`回答不是完整的 JSON（${body.length} 字节）`, `the answer (${body.length} bytes) is no whole JSON`),
    );
  }
  if (value.status === "error") {
    const own = errorOf(answer)?.words ?? "";
    throw fail("refused", text(`服务端报错：${own}`, `the server says: ${own}`));
  }
  const warnings = Array.isArray(value.warnings) ? (value.warnings as unknown[]) : [];
  if (warnings.length > 0 || value.isPartial === true) {
    const first = clip(String(warnings[0] ?? "isPartial"), 200);
    throw fail("incomplete", text(`回答不完整：${first}`, `the answer is not whole: ${first}`));
  }
  const { resultType, result } = value.data ?? {};
  if (value.status !== "success" || typeof resultType !== "string")
    throw fail("not-prometheus", text("回答不是 Prometheus 的格式", "the answer is none of Prometheus's"));
  if (resultType !== "vector" || !Array.isArray(result)) {
    const kind = clip(resultType);
    throw fail("refused", text(`结果是 ${kind}，应为 vector`, `the result is a ${kind}, wanted a vector`));
  }
  return result.map(
    (each) => toSeries(each) ?? raise(fail("not-prometheus", text("回答里有读不懂的序列", "the answer has a series that cannot be read"))),
  );
}

function toSeries(each: unknown): Series | undefined {
  const { metric, value } = (each ?? {}) as { readonly metric?: unknown; readonly value?: unknown };
  if (typeof metric !== "object" || metric === null || !Array.isArray(value) || typeof value[1] !== "string") return undefined;
  if (!Object.values(metric).every((label) => typeof label === "string")) return undefined;
  return { labels: metric as Readonly<Record<string, string>>, value: value[1] };
}

function kindOf(status: number, isPrometheus: boolean): UsageFailureKind {
  if (status === 401 || status === 403) return "credentials";
  if (BUSY.has(status) || status >= 500) return "overloaded";
  return isPrometheus ? "refused" : "not-prometheus";
}

function raise(error: Error): never {
  throw error;
}
