import { setTimeout as sleep } from "node:timers/promises";
import { text, verbatim } from "../../catalog/text.ts";
import {
  type Answer,
  causeOf,
  exchange,
  openAgents,
  place,
  retryAfter,
  Slow,
  TooLarge,
  Truncated,
  under,
  wasReset,
} from "../http/exchange.ts";
import { CloudFailure } from "./cloud-failure.ts";

/** How long and how much the cloud may answer. */
export interface Limits {
  /** Milliseconds for one request, its answer read to the end. */
  readonly request: number;
  /** Milliseconds for all requests of one connection, waiting included. */
  readonly total: number;
  /** Bytes of one answer. */
  readonly bytes: number;
  /** Milliseconds to wait before each further try; as many tries as there are, and one. */
  readonly backOff: readonly number[];
}

const LIMITS: Limits = { request: 20_000, total: 600_000, bytes: 64 * 1024 * 1024, backOff: [500, 1_500, 4_000] };

/** Reads a cloud and changes nothing: besides GET it can send one request alone, the one that asks Keystone for a token. */
export interface Http {
  readonly get: (url: URL, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** `POST <identity>/auth/tokens`; the address's last steps are its own. */
  readonly askToken: (identity: URL, body: object) => Promise<Answer>;
}

export interface HttpOptions {
  readonly limits?: Partial<Limits>;
  /** PEM of the authority that signed the server's certificate; besides the usual ones and those of SSL_CERT_FILE. */
  readonly ca?: string;
  /** Where the proxy's variables and SSL_CERT_FILE stand. */
  readonly environment?: NodeJS.ProcessEnv;
}

const RETRIED = new Set([429, 502, 503, 504]);

/** Opens a connection's worth of requests; its total time begins now. */
export function openHttp({ limits, ca, environment = process.env }: HttpOptions = {}): Http {
  const bounds: Limits = { ...LIMITS, ...limits };
  const deadline = Date.now() + bounds.total;
  const agentFor = openAgents(environment, ca);
  const tries = async (method: "GET" | "POST", url: URL, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> => {
    for (let attempt = 0; ; attempt += 1) {
      const rest = deadline - Date.now();
      if (rest <= 0) throw tooLate(url, bounds.total);
      const wait = bounds.backOff[attempt];
      try {
        const answer = await exchange({
          method,
          url,
          headers,
          body,
          agent: agentFor(url),
          milliseconds: Math.min(bounds.request, rest),
          bytes: bounds.bytes,
        });
        if (wait === undefined || !RETRIED.has(answer.status)) return answer;
        await sleep(Math.min(retryAfter(answer) ?? wait, Math.max(0, deadline - Date.now())));
      } catch (error) {
        if (wait === undefined || !wasReset(error)) throw failureOf(error, url, bounds);
        await sleep(Math.min(wait, Math.max(0, deadline - Date.now())));
      }
    }
  };
  return {
    get: async (url, headers = {}) => await tries("GET", url, headers),
    askToken: async (identity, body) =>
      await tries("POST", under(identity, "auth/tokens"), { "content-type": "application/json" }, JSON.stringify(body)),
  };
}

function tooLate(url: URL, milliseconds: number): CloudFailure {
  const seconds = Math.round(milliseconds / 100) / 10;
  return new CloudFailure(
    "time-limit",
    text(`${place(url)} 在 ${seconds} 秒内没有答完`, `Cannot read ${place(url)}: no whole answer within ${seconds} seconds`),
  );
}

function failureOf(error: unknown, url: URL, limits: Limits): CloudFailure {
  if (error instanceof CloudFailure) return error;
  if (error instanceof Slow) return tooLate(url, limits.request);
  if (error instanceof TooLarge)
    return new CloudFailure(
      "not-openstack",
      text(`${place(url)} 的回答超过 ${limits.bytes} 字节`, `Cannot read ${place(url)}: the answer is larger than ${limits.bytes} bytes`),
    );
  if (error instanceof Truncated)
    return new CloudFailure(
      "not-openstack",
      text(`${place(url)} 的回答没有说完就断了`, `Cannot read ${place(url)}: the connection ended in the middle of the answer`),
    );
  const cause = verbatim(causeOf(error));
  return new CloudFailure("unreachable", text(`连不上 ${place(url)}：${cause.zh}`, `Cannot reach ${place(url)}: ${cause.en}`));
}
