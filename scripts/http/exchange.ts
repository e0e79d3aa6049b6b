import { readFileSync } from "node:fs";
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { getCACertificates } from "node:tls";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface Exchange {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly agents: Agents;
  /** For the request and its whole answer. */
  readonly milliseconds: number;
  /** Most that the answer may have. */
  readonly bytes: number;
}

/** Connections that are kept, by protocol; through the proxy that the environment names, with the authorities that it names. */
export function openAgents(environment: NodeJS.ProcessEnv, ca?: string): Agents {
  const proxyEnv = environment as Record<string, string>;
  return {
    "http:": new HttpAgent({ keepAlive: true, proxyEnv }),
    "https:": new HttpsAgent({ keepAlive: true, proxyEnv, ca: trusted(environment, ca) }),
  };
}

export interface Agents {
  readonly "http:": HttpAgent;
  readonly "https:": HttpsAgent;
}

/** Authorities as the engine's providers know them: the system's, those of SSL_CERT_FILE, and Node's own. */
function trusted(environment: NodeJS.ProcessEnv, ca: string | undefined): string[] {
  const file = environment["SSL_CERT_FILE"];
  const own = file === undefined || file === "" ? [] : [readFileSync(file, "utf8")];
  return [...getCACertificates("default"), ...getCACertificates("system"), ...own, ...(ca === undefined ? [] : [ca])];
}

/** No whole answer in time. */
export class Slow extends Error {}
/** More bytes than allowed. */
export class TooLarge extends Error {}
/** The connection ended in the middle of the answer. */
export class Truncated extends Error {}

/** One request and its whole answer. Redirects are not followed: they would carry the token elsewhere. */
export async function exchange({ method, url, headers, body, agents, milliseconds, bytes }: Exchange): Promise<Answer> {
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const agent = agents[url.protocol === "https:" ? "https:" : "http:"];
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

/** The other end hung up before it answered; a request that changes nothing may be sent again. */
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

/** Address below another one, whether that ends with a slash or not. */
export function under(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  url.search = "";
  url.hash = "";
  return url;
}

/** An address as people may see it: no user, no query. */
export function place(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
