import { readdirSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { CloudClient } from "../../../scripts/cloud/cloud-client.ts";
import { CloudFailure } from "../../../scripts/cloud/cloud-failure.ts";
import { readCredentials } from "../../../scripts/cloud/sign-in.ts";
import { ROOT } from "../run.ts";
import { type FakeCloud, fakeCloud, PASSWORD, type Reply, status, TOKEN } from "./fake-cloud.ts";

const clouds: FakeCloud[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
});

type Replies = Parameters<typeof fakeCloud>[0];
const credentials = { username: "operator", password: PASSWORD };
const limits = { request: 1_000, backOff: [1, 1, 1] };

async function signedIn(replies: Replies = {}, options: Parameters<typeof fakeCloud>[1] = {}, more: object = {}) {
  const cloud = await fakeCloud(replies, options);
  clouds.push(cloud);
  return {
    cloud,
    client: await CloudClient.signIn(cloud.pool, "vending", { credentials, environment: {}, limits: { ...limits, ...more } }),
  };
}

/** `kind: message`, with the cloud's changing address taken out. */
async function failure(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CloudFailure)) throw error;
    for (const words of [error.summary.zh, error.summary.en, error.remedy.zh, error.remedy.en, error.stack ?? "", JSON.stringify(error)]) {
      expect(words).not.toContain(PASSWORD);
      expect(words).not.toContain(TOKEN);
    }
    expect(error.summary.zh).toMatch(/\p{Script=Han}/u);
    return `${error.kind}: ${error.summary.en.replace(/http:\/\/127\.0\.0\.1:\d+/g, "CLOUD")}`;
  }
  return "no failure";
}

const truncated: Reply = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"servers": [');
  setTimeout(() => response.destroy(), 20);
};
const drip: Reply = (_, response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), 50);
  response.on("close", () => clearInterval(timer));
};
const reset: Reply = (request) => request.socket.destroy();

describe("Signing in", () => {
  test("takes a token of the project, with the pool's domains and the addresses of its region", async () => {
    const { cloud, client } = await signedIn({ "GET /compute/v2.1/limits": { limits: {} } });
    expect(client.session).toMatchObject({
      user: { id: "operator-id", name: "operator" },
      project: { id: "id-of-vending", name: "vending", domainId: "domain-id" },
      roles: ["admin"],
    });
    expect(Math.abs(client.session.clockAhead ?? Number.NaN)).toBeLessThan(5_000);
    expect(JSON.parse(cloud.requests[0]?.body ?? "")).toEqual({
      auth: {
        identity: { methods: ["password"], password: { user: { name: "operator", password: PASSWORD, domain: { name: "govcloud" } } } },
        scope: { project: { name: "vending", domain: { name: "govcloud" } } },
      },
    });
    expect(await client.read("compute", "limits")).toEqual({ limits: {} });
    expect(cloud.requests.map(({ line }) => line)).toEqual(["POST /v3/auth/tokens", "GET /compute/v2.1/limits"]);
    expect(cloud.requests[1]?.headers["x-auth-token"]).toBe(TOKEN);
  });

  test.each([
    {
      title: "a wrong password",
      with: { username: "operator", password: "wrong-password" },
      fails: "credentials: Cannot sign in at CLOUD/v3: OS_USERNAME and OS_PASSWORD are refused",
    },
    {
      title: "a project that the user may not enter",
      project: "other",
      fails:
        "project: Cannot enter project other of domain govcloud in pool gov: the password is right, the project is not there or the user has no role in it",
    },
    {
      title: "a web page in place of Keystone",
      replies: { "POST /v3/auth/tokens": status(201, "<html>sign in here</html>", { "x-subject-token": "x" }) },
      fails: "not-openstack: Cannot read CLOUD/v3: the answer is a web page, wanted JSON",
    },
    {
      title: "a redirect, which is not followed",
      replies: { "POST /v3/auth/tokens": status(302, {}, { location: "http://elsewhere.example/" }) },
      fails: "not-openstack: Cannot sign in at CLOUD/v3: HTTP 302, wanted 201",
    },
    {
      title: "a token without a project",
      options: { token: { project: null } },
      fails: "not-openstack: Cannot sign in at CLOUD/v3: the answer is no token of Keystone's",
    },
    {
      title: "an answer that repeats the password",
      replies: { "POST /v3/auth/tokens": status(400, { error: { message: `bad request: ${PASSWORD}` } }) },
      fails: "not-openstack: Cannot sign in at CLOUD/v3: HTTP 400: bad request: ***, wanted 201",
    },
  ] as { title: string; with?: typeof credentials; project?: string; replies?: Replies; options?: object; fails: string }[])(
    "says so: $title",
    async (row) => {
      const cloud = await fakeCloud(row.replies, row.options);
      clouds.push(cloud);
      const signIn = () =>
        CloudClient.signIn(cloud.pool, row.project ?? "vending", { credentials: row.with ?? credentials, environment: {}, limits });
      expect(await failure(signIn)).toBe(row.fails);
    },
  );

  test("never tries a wrong password again", async () => {
    const cloud = await fakeCloud({ "POST /v3/auth/tokens": status(401) });
    clouds.push(cloud);
    await failure(() => CloudClient.signIn(cloud.pool, "vending", { credentials, environment: {}, limits }));
    // Once for the project, once to tell a wrong password from a wrong project.
    expect(cloud.requests).toHaveLength(2);
  });

  test("says that nobody listens", async () => {
    const cloud = await fakeCloud();
    await cloud.close();
    const words = await failure(() => CloudClient.signIn(cloud.pool, "vending", { credentials, environment: {}, limits }));
    expect(words).toBe("unreachable: Cannot reach CLOUD/v3/auth/tokens: ECONNREFUSED");
  });

  test("wants both variables", async () => {
    expect(await failure(async () => readCredentials({ OS_USERNAME: "operator" }))).toBe(
      "no-credentials: Cannot sign in: OS_PASSWORD not set",
    );
    expect(await failure(async () => readCredentials({}))).toBe("no-credentials: Cannot sign in: OS_USERNAME and OS_PASSWORD not set");
  });
});

describe("Reading", () => {
  test.each([
    {
      title: "HTML",
      reply: status(200, "<!DOCTYPE html><p>503"),
      fails: "not-openstack: Cannot read CLOUD/compute/v2.1/x: the answer is a web page, wanted JSON",
    },
    {
      title: "JSON cut off, its connection closed",
      reply: truncated,
      fails: "not-openstack: Cannot read CLOUD/compute/v2.1/x: the connection ended in the middle of the answer",
    },
    {
      title: "JSON cut off, its connection whole",
      reply: (_: unknown, response: ServerResponse) => response.end('{"x": ['),
      fails: "not-openstack: Cannot read CLOUD/compute/v2.1/x: the answer (7 bytes) is no whole JSON",
    },
    { title: "a byte now and then", reply: drip, fails: "time-limit: Cannot read CLOUD/compute/v2.1/x: no whole answer within 1 seconds" },
    {
      title: "nothing at all",
      reply: () => undefined,
      fails: "time-limit: Cannot read CLOUD/compute/v2.1/x: no whole answer within 1 seconds",
    },
    {
      title: "more than is taken",
      reply: { x: "y".repeat(20_000) },
      fails: "not-openstack: Cannot read CLOUD/compute/v2.1/x: the answer is larger than 10000 bytes",
    },
    {
      title: "401",
      reply: status(401, { error: { message: `token ${TOKEN} has expired` } }),
      fails: "credentials: Cannot read CLOUD/compute/v2.1/x: HTTP 401: token *** has expired, wanted 200",
    },
    {
      title: "403",
      reply: status(403, { forbidden: { message: "Policy doesn't allow it", code: 403 } }),
      fails: "forbidden: Cannot read CLOUD/compute/v2.1/x: HTTP 403: Policy doesn't allow it, wanted 200",
    },
    {
      title: "404",
      reply: status(404, { itemNotFound: { message: "none" } }),
      fails: "refused: Cannot read CLOUD/compute/v2.1/x: HTTP 404: none, wanted 200",
    },
    {
      title: "a redirect",
      reply: status(301, {}, { location: "/y" }),
      fails: "not-openstack: Cannot read CLOUD/compute/v2.1/x: HTTP 301, wanted 200",
    },
    { title: "503 for ever", reply: status(503, "<html>"), fails: "overloaded: Cannot read CLOUD/compute/v2.1/x: HTTP 503, wanted 200" },
    { title: "a reset for ever", reply: reset, fails: "unreachable: Cannot reach CLOUD/compute/v2.1/x: ECONNRESET" },
  ])("says what it got: $title", async ({ reply, fails }) => {
    const { client } = await signedIn({ "GET /compute/v2.1/x": reply as Reply }, {}, { bytes: 10_000 });
    expect(await failure(() => client.read("compute", "x"))).toBe(fails);
  });

  test.each([
    { title: "502, 503, 504", replies: [status(502, "<html>"), status(503), status(504), { ok: 1 }], requests: 4 },
    { title: "429 with its own time", replies: [status(429, {}, { "retry-after": "0" }), { ok: 1 }], requests: 2 },
    { title: "a reset", replies: [reset, { ok: 1 }], requests: 2 },
  ])("tries again after $title", async ({ replies, requests }) => {
    const { cloud, client } = await signedIn({ "GET /compute/v2.1/x": replies });
    expect(await client.read("compute", "x")).toEqual({ ok: 1 });
    expect(cloud.requests.length - 1).toBe(requests);
  });

  test.each([400, 401, 403, 404, 409, 500, 501])("asks once where the answer is %i", async (code) => {
    const { cloud, client } = await signedIn({ "GET /compute/v2.1/x": status(code) });
    await failure(() => client.read("compute", "x"));
    expect(cloud.requests).toHaveLength(2);
  });

  test("stops when all requests together took too long", async () => {
    const { client } = await signedIn({ "GET /compute/v2.1/x": status(503) }, {}, { total: 300, backOff: [200, 200, 200, 200] });
    expect(await failure(() => client.read("compute", "x"))).toBe(
      "time-limit: Cannot read CLOUD/compute/v2.1/x: no whole answer within 0.3 seconds",
    );
  });

  test("finds nothing where there is nothing, and only there", async () => {
    const { client } = await signedIn({
      "GET /network/v2.0/networks/a": { network: { id: "a" } },
      "GET /network/v2.0/networks/c": status(500),
    });
    expect(await client.find("network", "networks/a")).toEqual({ network: { id: "a" } });
    expect(await client.find("network", "networks/b")).toBeUndefined();
    expect(await failure(() => client.find("network", "networks/c"))).toMatch(/^overloaded: /);
  });

  test("names the regions where the pool's own has no such service", async () => {
    const { client } = await signedIn({}, { services: ["compute"] });
    expect([client.has("compute"), client.has("share")]).toEqual([true, false]);
    expect(await failure(() => client.read("share", "shares"))).toBe(
      "no-service: Cannot find service shared-file-system of region gov-1 in pool gov: the service catalogue has regions elsewhere, gov-1",
    );
  });
});

describe("A list of several pages", () => {
  const item = (name: string) => ({ name });
  test.each([
    {
      title: "Nova, Cinder, Neutron and Octavia link the next one",
      replies: {
        "GET /compute/v2.1/servers": {
          servers: [item("a")],
          servers_links: [{ rel: "next", href: "http://wrong.example/servers?marker=a&limit=1" }],
        },
        "GET /compute/v2.1/servers?marker=a&limit=1": { servers: [item("b")], servers_links: [{ rel: "previous", href: "x" }] },
      },
      list: (client: CloudClient) => client.list("compute", "servers", "servers"),
    },
    {
      title: "Glance links it by `next`, and what was asked for stays asked for",
      replies: {
        "GET /image/v2/images?owner=me": { images: [item("a")], next: "/v2/images?marker=a" },
        "GET /image/v2/images?owner=me&marker=a": { images: [item("b")] },
      },
      list: (client: CloudClient) => client.list("image", "images", "images", { query: { owner: "me" } }),
    },
    {
      title: "Keystone links it by `links.next`",
      replies: {
        "GET /v3/roles": { roles: [item("a")], links: { next: "https://keystone.example/v3/roles?page=2" } },
        "GET /v3/roles?page=2": { roles: [item("b")], links: { next: null } },
      },
      list: (client: CloudClient) => client.list("identity", "roles", "roles"),
    },
    {
      title: "Swift goes on after the last name, and sends 204 for nothing",
      replies: {
        "GET /object-store/?format=json&limit=1": [item("a")],
        "GET /object-store/?format=json&limit=1&marker=a": [item("b")],
        "GET /object-store/?format=json&limit=1&marker=b": status(204, {}),
      },
      list: (client: CloudClient) => client.listBy("name", "object", "", { query: { format: "json" }, pageSize: 1 }),
    },
    {
      title: "Manila goes on by number",
      replies: {
        "GET /sharev2/v2/shares?limit=1&offset=0": { shares: [item("a")] },
        "GET /sharev2/v2/shares?limit=1&offset=1": { shares: [item("b")] },
        "GET /sharev2/v2/shares?limit=1&offset=2": { shares: [] },
      },
      list: (client: CloudClient) => client.listBy("offset", "share", "shares", { key: "shares", pageSize: 1 }),
    },
  ])("is read whole: $title", async ({ replies, list }) => {
    const wrapped = Object.fromEntries(
      Object.entries(replies).map(([line, reply]) => [line, Array.isArray(reply) ? status(200, reply) : reply]),
    ) as Replies;
    const { client } = await signedIn(wrapped);
    expect((await list(client)).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("is refused where it never ends", async () => {
    const again = { servers: [item("a")], servers_links: [{ rel: "next", href: "/servers?marker=a" }] };
    const { cloud, client } = await signedIn({ "GET /compute/v2.1/servers": again });
    expect(await failure(() => client.list("compute", "servers", "servers"))).toBe(
      "not-openstack: Cannot read CLOUD/compute/v2.1/servers: its pages never end",
    );
    expect(cloud.requests).toHaveLength(3);
  });

  test("is refused where the answer has no such list", async () => {
    const { client } = await signedIn({ "GET /compute/v2.1/servers": { server: [] } });
    expect(await failure(() => client.list("compute", "servers", "servers"))).toBe(
      'not-openstack: Cannot read CLOUD/compute/v2.1/servers: the answer has no list "servers"',
    );
  });
});

test("The client can send nothing but GET and the request for a token", () => {
  const folder = `${ROOT}/scripts/cloud`;
  const sources = readdirSync(folder).map((name) => ({ name, words: readFileSync(`${folder}/${name}`, "utf8") }));
  const sending = sources
    .filter(({ words }) => /node:(https?|net|tls|http2)"|fetch\(|[ {]exchange[,( ]/.test(words))
    .map(({ name }) => name);
  expect(sending).toEqual(["http.ts"]);
  const methods = sources.flatMap(({ words }) => words.match(/"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|COPY)"/g) ?? []);
  expect(new Set(methods)).toEqual(new Set(['"GET"', '"POST"']));
  const http = sources.find(({ name }) => name === "http.ts")?.words ?? "";
  expect(http.match(/tries\("POST"[^;]*?\)/g)).toEqual(['tries("POST", under(identity, "auth/tokens")']);
});
