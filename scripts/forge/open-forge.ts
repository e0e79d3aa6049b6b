import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import { set } from "./ci-variables.ts";
import type { Forge, ForgeKind, ForgeTarget } from "./forge.ts";
import { type ForgeLimits, forgeFetch } from "./forge-fetch.ts";

export const FORGE_KINDS = ["gitlab", "gitea", "github"] as const satisfies readonly ForgeKind[];

/** What the command line says; all else comes from the variables that CI sets. */
export interface ForgeOptions {
  readonly forge?: string;
  readonly project?: string;
  readonly request?: string;
  readonly url?: string;
}

export interface OpenedForge {
  readonly forge: Forge;
  readonly target: ForgeTarget;
}

/** Opens the project that the options or the CI variables name; nothing is asked of it yet. Throws {@link InvalidRequest} where one is missing. */
export async function openForge(
  options: ForgeOptions,
  { environment = process.env, limits }: { readonly environment?: NodeJS.ProcessEnv; readonly limits?: Partial<ForgeLimits> } = {},
): Promise<OpenedForge> {
  const target = readTarget(options, environment);
  const fetch = forgeFetch({ token: target.token, environment, ...(limits === undefined ? {} : { limits }) });
  return { target, forge: await openKind(target, fetch) };
}

/** The client libraries are large: only the one that is needed is loaded. */
async function openKind(target: ForgeTarget, fetch: typeof globalThis.fetch): Promise<Forge> {
  switch (target.kind) {
    case "gitlab":
      return (await import("./gitlab.ts")).openGitlab(target, fetch);
    case "gitea":
      return (await import("./gitea.ts")).openGitea(target, fetch);
    case "github":
      return (await import("./github.ts")).openGithub(target, fetch);
  }
}

function readTarget(options: ForgeOptions, environment: NodeJS.ProcessEnv): ForgeTarget {
  const kind = readKind(options.forge, environment);
  return {
    kind,
    url: readUrl(kind, options.url, environment),
    project: readProject(kind, options.project, environment),
    token: readToken(kind, environment),
  };
}

function readKind(given: string | undefined, environment: NodeJS.ProcessEnv): ForgeKind {
  const named = given ?? set(environment, "GOVCLOUD_FORGE");
  if (named !== undefined) {
    const kind = FORGE_KINDS.find((each) => each === named);
    if (kind !== undefined) return kind;
    throw new InvalidRequest(
      text(`不认识代码平台 ${named}，要用 gitlab、gitea 或 github`, `Cannot use forge "${named}": wanted gitlab, gitea or github`),
    );
  }
  if (set(environment, "GITLAB_CI") !== undefined) return "gitlab";
  // Gitea and Forgejo set GitHub's variables besides their own.
  if (set(environment, "GITEA_ACTIONS") !== undefined || set(environment, "FORGEJO_ACTIONS") !== undefined) return "gitea";
  if (set(environment, "GITHUB_ACTIONS") !== undefined) return "github";
  throw missing(
    text("代码平台", "forge"),
    text("用 --forge gitlab|gitea|github，或设 GOVCLOUD_FORGE", "--forge gitlab|gitea|github, or GOVCLOUD_FORGE"),
  );
}

function readUrl(kind: ForgeKind, given: string | undefined, environment: NodeJS.ProcessEnv): URL {
  const named =
    given ??
    (kind === "gitlab" ? set(environment, "CI_API_V4_URL") : set(environment, "GITHUB_API_URL")) ??
    (kind === "github" ? "https://api.github.com" : undefined);
  if (named === undefined) throw missing(text("接口地址", "address of the API"), text("用 --url https://…", "--url https://…"));
  const url = URL.parse(named);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new InvalidRequest(
      text(
        "接口地址不能读，要用 https://…，不带用户名和口令",
        "Cannot read the address of the API: wanted https://…, without user and password",
      ),
    );
  return url;
}

function readProject(kind: ForgeKind, given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = given ?? set(environment, kind === "gitlab" ? "CI_PROJECT_ID" : "GITHUB_REPOSITORY");
  if (named === undefined) throw missing(text("项目", "project"), text("用 --project", "--project"));
  const form = kind === "gitlab" ? /^(\d+|[\w.-]+(\/[\w.-]+)+)$/ : /^[\w.-]+\/[\w.-]+$/;
  if (form.test(named) && !named.split("/").some((part) => /^\.+$/.test(part))) return named;
  throw new InvalidRequest(
    text(
      `项目 ${named} 的写法不对，要用 ${kind === "gitlab" ? "编号或 组/项目" : "属主/仓库"}`,
      `Cannot read project "${named}": wanted ${kind === "gitlab" ? "a number or group/project" : "owner/repository"}`,
    ),
  );
}

const TOKENS: Readonly<Record<ForgeKind, readonly string[]>> = {
  gitlab: ["GOVCLOUD_FORGE_TOKEN", "GITLAB_TOKEN"],
  gitea: ["GOVCLOUD_FORGE_TOKEN", "GITEA_TOKEN", "GITHUB_TOKEN"],
  github: ["GOVCLOUD_FORGE_TOKEN", "GITHUB_TOKEN"],
};

function readToken(kind: ForgeKind, environment: NodeJS.ProcessEnv): string {
  const name = TOKENS[kind].find((each) => set(environment, each) !== undefined);
  const names = TOKENS[kind].join(" / ");
  if (name === undefined) throw missing(text("令牌", "token"), text(`设环境变量 ${names}`, `${names} in the environment`));
  const token = String(environment[name]);
  if (/^[\x21-\x7e]{8,4096}$/.test(token)) return token;
  throw new InvalidRequest(
    text(
      `${name} 不是令牌：要 8 个以上可见的 ASCII 字符，不带空格和换行`,
      `Cannot use ${name}: wanted 8 or more visible ASCII characters, without blanks or line ends`,
    ),
  );
}

function missing(what: { readonly zh: string; readonly en: string }, wanted: { readonly zh: string; readonly en: string }): InvalidRequest {
  return new InvalidRequest(text(`不知道${what.zh}：${wanted.zh}`, `Cannot tell the ${what.en}: wanted ${wanted.en}`));
}
