import { readFileSync } from "node:fs";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { getCACertificates } from "node:tls";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Milliseconds: nobody waits longer for a server that is busy. */
const LONGEST_WAIT = 30_000;

/** Connections as the environment wants them: through its proxy, trusting its authorities and `ca` (PEM). */
export function openAgents(environment: NodeJS.ProcessEnv, ca?: string): (url: URL) => HttpAgent | HttpsAgent {
  const proxyEnv = environment as Record<string, string>;
  const plain = new HttpAgent({ keepAlive: true, proxyEnv });
  const secure = new HttpsAgent({ keepAlive: true, proxyEnv, ca: trusted(environment, ca) });
  return (url) => (url.protocol === "https:" ? secure : plain);
}

/** Authorities as the engine's providers know them: the system's, those of SSL_CERT_FILE, and Node's own. */
function trusted(environment: NodeJS.ProcessEnv, ca: string | undefined): string[] {
  const file = environment["SSL_CERT_FILE"];
  const own = file === undefined || file === "" ? [] : [readFileSync(file, "utf8")];
  return [...getCACertificates("default"), ...getCACertificates("system"), ...own, ...(ca === undefined ? [] : [ca])];
}

export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  readonly agent: HttpAgent | HttpsAgent;
  readonly milliseconds: number;
  readonly bytes: number;
}

/** The answer was not whole in time. */
export class Slow extends Error {}
/** The answer is larger than allowed. */
export class TooLarge extends Error {}
/** The connection ended in the middle of the answer. */
export class Truncated extends Error {}

/** One request and its whole answer. Redirects are not followed: they would carry the token elsewhere. */
export async function exchange({ method, url, headers, body, agent, milliseconds, bytes }: Exchange): Promise<Answer> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // Node tells the length of a GET's or DELETE's body to nobody, and the server takes the body for another request.
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const request = send(url, { method, agent, headers: { accept: "application/json", ...headers, ...length } }, (response) => {
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

/** How long the server asks to wait, in milliseconds and never longer than {@link LONGEST_WAIT}. */
export function retryAfter({ headers }: Answer): number | undefined {
  const seconds = headers["retry-after"];
  return seconds !== undefined && /^\d{1,4}$/.test(seconds) ? Math.min(Number(seconds) * 1000, LONGEST_WAIT) : undefined;
}

export function wasReset(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "EPIPE";
}

/** The operating system's code where there is one: its sentences differ from system to system. */
export function causeOf(error: unknown): string {
  // Several addresses of one host were tried.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as NodeJS.ErrnoException;
  return code ?? message ?? String(first);
}

/** An address as people may see it: no user, no query. */
export function place(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** Address below another one, whether that ends with a slash or not. */
export function under(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  url.search = "";
  url.hash = "";
  return url;
}
