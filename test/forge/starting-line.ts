import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A forge as several jobs see it that look at the same moment. */
export interface StartingLine {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Stands before a forge and holds the answers to the first `jobs` requests that `isHeld` names until all of them have been answered: each job then acts
 * on what was there before any of them acted.
 */
export async function startingLine(forge: string, jobs: number, isHeld: (method: string, path: string) => boolean): Promise<StartingLine> {
  const { promise: everybodyLooked, resolve: go } = Promise.withResolvers<void>();
  let looked = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", url = "/" } = request;
      const pass = async () => {
        const answer = await fetch(`${forge}${url}`, {
          method,
          headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
          ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
        });
        const body = Buffer.from(await answer.arrayBuffer());
        if (isHeld(method, url)) {
          looked += 1;
          if (looked === jobs) go();
          await everybodyLooked;
        }
        response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
        response.end(body);
      };
      pass().catch((error: unknown) => response.destroy(error as Error));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
