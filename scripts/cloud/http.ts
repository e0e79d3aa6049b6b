import { readFileSync } from "node:fs";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates } from "node:tls";
import { text, verbatim } from "../../catalog/text.ts";
import { CloudFailure } from "./cloud-failure.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

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

export const LIMITS: Limits = { request: 20_000, total: 600_000, bytes: 64 * 1024 * 1024, backOff: [500, 1_500, 4_000] };

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
const LONGEST_WAIT = 30_000;

/** Opens a connection's worth of requests; its total time begins now. */
export function openHttp({ limits, ca, environment = process.env }: HttpOptions = {}): Http {
  const bounds: Limits = { ...LIMITS, ...limits };
  const deadline = Date.now() + bounds.total;
  const proxyEnv = environment as Record<string, string>;
  const plain = new HttpAgent({ keepAlive: true, proxyEnv });
  const secure = new HttpsAgent({ keepAlive: true, proxyEnv, ca: trusted(environment, ca) });
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
          agent: url.protocol === "https:" ? secure : plain,
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

/** Address below another one, whether that ends with a slash or not. */
export function under(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  url.search = "";
  url.hash = "";
  return url;
}

/** Authorities as the engine's providers know them: the system's, those of SSL_CERT_FILE, and Node's own. */
function trusted(environment: NodeJS.ProcessEnv, ca: string | undefined): string[] {
  const file = environment["SSL_CERT_FILE"];
  const own = file === undefined || file === "" ? [] : [readFileSync(file, "utf8")];
  return [...getCACertificates("default"), ...getCACertificates("system"), ...own, ...(ca === undefined ? [] : [ca])];
}

interface Exchange {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly agent: HttpAgent | HttpsAgent;
  readonly milliseconds: number;
  readonly bytes: number;
}

class Slow extends Error {}
class TooLarge extends Error {}
class Truncated extends Error {}

/** One request and its whole answer. Redirects are not followed: they would carry the token elsewhere. */
async function exchange({ method, url, headers, body, agent, milliseconds, bytes }: Exchange): Promise<Answer> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = send(url, { method, agent, headers: { accept: "application/json", ...headers } }, (response) => {
    readBody(response, bytes).then(
      (content) => resolve({ status: response.statusCode ?? 0, headers: singleHeaders(response), body: content }),
      (error: unknown) => {
        request.destroy();
        reject(error);
      },
    );
  });
  const timer = setTimeout(() => request.destroy(new Slow()), milliseconds);
  request.on("error", reject);
  request.end(body);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response: IncomingMessage, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytes) throw new TooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    // Node calls an answer that ends too early "aborted", with the code of a reset.
    if (error instanceof Error && error.message === "aborted") throw new Truncated();
    throw error;
  }
  return Buffer.concat(chunks);
}

function singleHeaders(response: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function retryAfter({ headers }: Answer): number | undefined {
  const seconds = headers["retry-after"];
  return seconds !== undefined && /^\d{1,4}$/.test(seconds) ? Math.min(Number(seconds) * 1000, LONGEST_WAIT) : undefined;
}

function wasReset(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "EPIPE";
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

/** The operating system's code where there is one: its sentences differ from system to system. */
function causeOf(error: unknown): string {
  // Several addresses of one host were tried.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as NodeJS.ErrnoException;
  return code ?? message ?? String(first);
}

/** An address as people may see it: no user, no query. */
export function place(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
