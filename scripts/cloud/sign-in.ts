import type { Pool } from "../../catalog/pool.ts";
import { text } from "../../catalog/text.ts";
import { type Answer, place, under } from "../http/exchange.ts";
import { CloudFailure } from "./cloud-failure.ts";
import type { Http } from "./http.ts";
import { readAnswer, wordsOf } from "./read-answer.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A token's scope: a project by its name in the pool's project domain. */
export interface Session {
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly project: { readonly id: string; readonly name: string; readonly domainId: string };
  /** Names of the user's roles in the project. */
  readonly roles: readonly string[];
  readonly endpoints: readonly Endpoint[];
  /** How far the cloud's clock is ahead of this machine's, milliseconds; undefined where it told no time. A date has whole seconds. */
  readonly clockAhead: number | undefined;
}

export interface Endpoint {
  readonly service: string;
  readonly region: string;
  readonly url: URL;
}

/** Reads OS_USERNAME and OS_PASSWORD. */
export function readCredentials(environment: NodeJS.ProcessEnv): Credentials {
  const { OS_USERNAME: username = "", OS_PASSWORD: password = "" } = environment;
  const missing = [...(username === "" ? ["OS_USERNAME"] : []), ...(password === "" ? ["OS_PASSWORD"] : [])];
  if (missing.length > 0)
    throw new CloudFailure("no-credentials", text(`没有设置 ${missing.join("、")}`, `Cannot sign in: ${missing.join(" and ")} not set`));
  return { username, password };
}

/** Address of Keystone's version 3, whether the pool's authUrl names the version or not. */
export function identityUrl({ openstack }: Pool): URL {
  const url = new URL(openstack.authUrl);
  return /\/v3\/?$/.test(url.pathname) ? url : under(url, "v3");
}

/** Signs in with a password and takes a token of one project. A project that the user may not enter is told from a wrong password. */
export async function signIn(http: Http, pool: Pool, project: string, credentials: Credentials): Promise<Session> {
  const identity = identityUrl(pool);
  const { projectDomain } = pool.openstack;
  const answer = await http.askToken(
    identity,
    tokenRequest(pool, credentials, { project: { name: project, domain: { name: projectDomain } } }),
  );
  if (answer.status === 401) {
    const unscoped = await http.askToken(identity, tokenRequest(pool, credentials, "unscoped"));
    throw unscoped.status === 201 ? noProject(pool, project) : refusedLogin(identity);
  }
  // A proxy may repeat what it was sent.
  const words = wordsOf(answer).replaceAll(credentials.password, "***");
  if (answer.status !== 201)
    throw new CloudFailure(
      answer.status >= 500 || answer.status === 429 ? "overloaded" : "not-openstack",
      text(
        `${place(identity)} 没有发令牌：HTTP ${answer.status}${words}`,
        `Cannot sign in at ${place(identity)}: HTTP ${answer.status}${words}, wanted 201`,
      ),
    );
  return toSession(answer, identity);
}

function tokenRequest({ openstack }: Pool, { username, password }: Credentials, scope: object | "unscoped") {
  const user = { name: username, password, domain: { name: openstack.userDomain } };
  return { auth: { identity: { methods: ["password"], password: { user } }, scope } };
}

function noProject({ key, openstack }: Pool, project: string): CloudFailure {
  return new CloudFailure(
    "project",
    text(
      `资源池 ${key}：账号和密码对，但进不了项目 ${project}（域 ${openstack.projectDomain}）`,
      `Cannot enter project ${project} of domain ${openstack.projectDomain} in pool ${key}: the password is right, the project is not there or the user has no role in it`,
    ),
  );
}

function refusedLogin(identity: URL): CloudFailure {
  return new CloudFailure(
    "credentials",
    text(
      `${place(identity)} 不接受 OS_USERNAME 和 OS_PASSWORD`,
      `Cannot sign in at ${place(identity)}: OS_USERNAME and OS_PASSWORD are refused`,
    ),
  );
}

interface TokenAnswer {
  readonly token?: {
    readonly user?: { readonly id?: string; readonly name?: string };
    readonly project?: { readonly id?: string; readonly name?: string; readonly domain?: { readonly id?: string } };
    readonly roles?: readonly { readonly name?: string }[];
    readonly issued_at?: string;
    readonly catalog?: readonly {
      readonly type?: string;
      readonly endpoints?: readonly { interface?: string; region_id?: string; region?: string; url?: string }[];
    }[];
  };
}

function toSession(answer: Answer, identity: URL): Session {
  const { token: told } = readAnswer(answer, identity) as TokenAnswer;
  const token = answer.headers["x-subject-token"];
  const { user, project } = told ?? {};
  if (token === undefined || user?.id === undefined || project?.id === undefined)
    throw new CloudFailure(
      "not-openstack",
      text(`${place(identity)} 的回答不是 Keystone 的令牌`, `Cannot sign in at ${place(identity)}: the answer is no token of Keystone's`),
    );
  return {
    token,
    user: { id: user.id, name: user.name ?? "" },
    project: { id: project.id, name: project.name ?? "", domainId: project.domain?.id ?? "" },
    roles: (told?.roles ?? []).flatMap(({ name }) => name ?? []),
    endpoints: (told?.catalog ?? []).flatMap(({ type = "", endpoints = [] }) =>
      endpoints.flatMap((endpoint) => {
        const url = endpoint.interface === "public" ? URL.parse(endpoint.url ?? "") : null;
        return url === null || !/^https?:$/.test(url.protocol)
          ? []
          : [{ service: type, region: endpoint.region_id ?? endpoint.region ?? "", url }];
      }),
    ),
    clockAhead: clockAhead(answer.headers["date"] ?? told?.issued_at),
  };
}

function clockAhead(date: string | undefined): number | undefined {
  const instant = Date.parse(date ?? "");
  return Number.isNaN(instant) ? undefined : instant - Date.now();
}
