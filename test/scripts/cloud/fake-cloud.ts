import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Pool } from "../../../catalog/pool.ts";
import { CATALOGUE } from "../../declared.ts";

/** An answer: JSON with status 200, or anything that a half-dead cloud may send. */
export type Reply = object | Send;
type Send = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeCloud {
  readonly url: string;
  /** The government pool, with this cloud as its own. */
  readonly pool: Pool;
  /** Method and address of every request, in order. */
  readonly requests: readonly { readonly line: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  readonly close: () => Promise<void>;
}

export const PASSWORD = "correct-horse";
export const TOKEN = "gAAAA-token";
const SERVICES = ["compute", "network", "block-storage", "image", "sharev2", "object-store", "load-balancer", "placement"];

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A reply with a status of its own. */
export function status(code: number, body: object | string = { error: { message: "no" } }, headers: Record<string, string> = {}): Send {
  return (_, response) => {
    response.writeHead(code, { "content-type": typeof body === "string" ? "text/html" : "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/**
 * A cloud on a free port of loopback: Keystone lets `operator` in with {@link PASSWORD} to the projects named, and each address answers as told, the
 * replies of a list one after the other, the last one for ever; `*` stands for any UUID. Anything else is 404.
 */
export async function fakeCloud(
  replies: Readonly<Record<string, Reply | readonly Reply[]>> = {},
  options: { readonly projects?: readonly string[]; readonly services?: readonly string[]; readonly token?: object } = {},
): Promise<FakeCloud> {
  const { projects = ["vending"], services = SERVICES, token = {} } = options;
  const requests: { line: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const line = `${request.method} ${request.url}`;
      const body = Buffer.concat(chunks).toString();
      requests.push({ line, headers: request.headers, body });
      const [path = ""] = line.split("?");
      const named = [line, path, path.replace(UUID, "*")].map((each) => replies[each]);
      const told = named.find((each) => each !== undefined) ?? (line === "POST /v3/auth/tokens" ? keystone(body) : status(404));
      const turn = asked.get(line) ?? 0;
      asked.set(line, turn + 1);
      const reply = Array.isArray(told) ? (told[Math.min(turn, told.length - 1)] as Reply) : (told as Reply);
      if (typeof reply === "function") (reply as Send)(request, response);
      else status(200, reply)(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function keystone(body: string): Send {
    const { identity, scope } = (JSON.parse(body) as { auth: { identity: { password: { user: { password: string } } }; scope: unknown } })
      .auth;
    if (identity.password.user.password !== PASSWORD)
      return status(401, { error: { code: 401, message: "The request you have made requires authentication." } });
    const name = (scope as { project?: { name?: string } }).project?.name;
    if (name !== undefined && !projects.includes(name)) return status(401, { error: { message: "requires authentication" } });
    const catalog = services.map((type) => ({
      type,
      endpoints: [
        { interface: "admin", region_id: "gov-1", url: "http://admin.example/" },
        { interface: "public", region_id: "elsewhere", url: "http://elsewhere.example/" },
        { interface: "public", region_id: "gov-1", url: `${url}/${type}` },
      ],
    }));
    const scoped =
      name === undefined
        ? {}
        : { project: { id: `id-of-${name}`, name, domain: { id: "domain-id" } }, roles: [{ name: "admin" }], catalog };
    return status(201, { token: { user: { id: "operator-id", name: "operator" }, ...scoped, ...token } }, { "x-subject-token": TOKEN });
  }

  const gov = CATALOGUE.pools.get("gov");
  if (gov === undefined) throw new Error("Cannot find pool gov among the samples");
  return {
    url,
    pool: { ...gov, openstack: { ...gov.openstack, authUrl: `${url}/v3`, region: "gov-1" } },
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
