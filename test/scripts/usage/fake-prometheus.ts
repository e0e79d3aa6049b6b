import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer: JSON with status 200, or anything that a half-dead server may send. */
export type Reply = object | Send;
type Send = (request: IncomingMessage, response: ServerResponse) => void;

/** What was asked: PromQL, the moment, and how often anything was asked before. */
export interface Asked {
  readonly promql: string;
  readonly time: number;
  readonly turn: number;
  readonly form: URLSearchParams;
  readonly request: IncomingMessage;
}

export interface FakePrometheus {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

/** Something on a free port of loopback that is asked as Prometheus is, and answers as told. */
export async function fakePrometheus(reply: (asked: Asked) => Reply): Promise<FakePrometheus> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const each: Asked = { promql: form.get("query") ?? "", time: Number(form.get("time")), turn: asked.length, form, request };
      asked.push(each);
      const answer = reply(each);
      if (typeof answer === "function") (answer as Send)(request, response);
      else {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An answer with one series for each pair of labels and value. */
export function vector(...series: readonly (readonly [labels: object, value: string])[]): object {
  return { status: "success", data: { resultType: "vector", result: series.map(([metric, value]) => ({ metric, value: [0, value] })) } };
}
