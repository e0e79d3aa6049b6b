import { type Text, text } from "../../catalog/text.ts";

/** What kind of failure it is: decides the remedy. */
export type ForgeFailureKind =
  | "token"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "overloaded"
  | "insecure"
  | "unreachable"
  | "time-limit"
  | "not-a-forge"
  | "refused";

/** The forge could not be asked. Fails the job (exit code 1), says what to do about it, and holds no token. */
export class ForgeFailure extends Error {
  readonly kind: ForgeFailureKind;
  readonly summary: Text;
  readonly remedy: Text;
  constructor(kind: ForgeFailureKind, summary: Text, options: ErrorOptions = {}) {
    super(summary.en, options);
    this.name = "ForgeFailure";
    this.kind = kind;
    this.summary = summary;
    this.remedy = REMEDIES[kind];
  }
}

const REMEDIES: Readonly<Record<ForgeFailureKind, Text>> = {
  token: text(
    "检查 GOVCLOUD_FORGE_TOKEN（或该平台自己的令牌变量）：是否过期、是否属于这个平台",
    "check GOVCLOUD_FORGE_TOKEN (or the forge's own token variable): whether it has expired and belongs to this forge",
  ),
  forbidden: text(
    "给令牌加上权限：GitLab 用 api 范围、Reporter 以上的项目令牌；GitHub 要 issues 和 pull-requests 的 write；Gitea 要 read:user、read:repository、write:issue；体检还要管理员的读权限",
    "give the token the right: on GitLab a project token with scope api and role Reporter or above; on GitHub write of issues and pull-requests; on Gitea read:user, read:repository and write:issue; doctor needs an administrator's read access besides",
  ),
  "not-found": text(
    "检查 --project、--request 和接口地址；私有项目对无权的令牌也回答 404",
    "check --project, --request and the address of the API; a private project answers 404 to a token without rights, too",
  ),
  conflict: text("另一个作业同时在改：重新运行这个作业", "another job changed the same thing: run this job again"),
  overloaded: text("代码平台过载或限流：稍后重新运行这个作业", "the forge is overloaded or limits its callers: run this job again later"),
  insecure: text(
    "用 https:// 的接口地址：--url，或 CI 变量 CI_API_V4_URL、GITHUB_API_URL；http:// 只用于本机（localhost、127.0.0.1）",
    "name the API by its https:// address: --url, or CI's CI_API_V4_URL or GITHUB_API_URL; http:// is for this machine alone (localhost, 127.0.0.1)",
  ),
  unreachable: text(
    "检查接口地址、网络、代理（HTTPS_PROXY、NO_PROXY）和证书（SSL_CERT_FILE、NODE_EXTRA_CA_CERTS）",
    "check the address of the API, the network, the proxy (HTTPS_PROXY, NO_PROXY) and the certificate (SSL_CERT_FILE, NODE_EXTRA_CA_CERTS)",
  ),
  "time-limit": text(
    "查明代码平台为何没有及时回应，再重新运行这个作业",
    "find out why the forge does not answer in time, then run this job again",
  ),
  "not-a-forge": text(
    "检查接口地址是否就是该平台的接口，中间有没有代理或登录页改写了回答",
    "check that the address is the forge's API itself and that no proxy or login page in between rewrites its answers",
  ),
  refused: text("按代码平台的原话处理", "act on the forge's own words"),
};

/** The forge's failure that a client library wrapped into an error of its own; undefined where it is something else. */
export function forgeFailureIn(error: unknown): ForgeFailure | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1)
    if (each instanceof ForgeFailure) return each;
  return undefined;
}
