import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer: JSON with status 200, or anything that a forge or what stands before it may send. */
export type Reply = object | Send;
type Send = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface FakeForge {
  readonly url: string;
  /** Method, address and body of every request, in order. */
  readonly requests: readonly { readonly line: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  readonly close: () => Promise<void>;
}

export const TOKEN = "glpat-secret-of-a-test";

/** A reply with a status of its own; words are sent as HTML. */
export function status(code: number, body: object | string = { message: "no" }, headers: Record<string, string> = {}): Send {
  return (_, response) => {
    response.writeHead(code, { "content-type": typeof body === "string" ? "text/html" : "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** Says how long its answer is, and ends in its middle. */
export const truncated: Send = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('[{"id": 1, "bo');
  setTimeout(() => response.destroy(), 20);
};

/** JSON that stops, in an answer that claims to be whole. */
export const halfJson: Send = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('[{"id": 1, "bo');
};

export const reset: Send = (request) => {
  request.socket.resetAndDestroy();
};

/** Answers after everybody has gone. */
export const slow: Send = (_, response) => {
  const timer = setTimeout(() => response.end("{}"), 30_000);
  response.on("close", () => clearTimeout(timer));
};

/**
 * A forge on a free port of loopback: each address answers as told, the replies of a list one after the other, the last one for ever; with the query
 * or without it. Anything else is 404.
 */
export async function fakeForge(replies: Readonly<Record<string, Reply | readonly Reply[]>>): Promise<FakeForge> {
  const requests: { line: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const line = `${request.method} ${request.url}`;
      const body = Buffer.concat(chunks).toString();
      requests.push({ line, headers: request.headers, body });
      const key = line in replies ? line : (line.split("?")[0] ?? "");
      const told = replies[key] ?? status(404, { message: "404 Not Found" });
      const turn = asked.get(key) ?? 0;
      asked.set(key, turn + 1);
      const reply = turns(told)[Math.min(turn, turns(told).length - 1)] as Reply;
      if (typeof reply === "function") (reply as Send)(request, response, body);
      else status(200, reply)(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Replies one after the other; `list` is one reply that is a list. */
function turns(told: Reply | readonly Reply[]): readonly Reply[] {
  return told instanceof Turns ? told.replies : [told as Reply];
}

export class Turns {
  readonly replies: readonly Reply[];
  constructor(...replies: readonly Reply[]) {
    this.replies = replies;
  }
}
