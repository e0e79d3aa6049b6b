import { type Text, text, verbatim } from "../../catalog/text.ts";

/** What kind of failure it is: decides the remedy, and the exit code is 1 for all of them. */
export type EngineFailureKind =
  | "no-engine"
  | "engine-too-old"
  | "no-provider"
  | "credentials"
  | "unreachable"
  | "locked"
  | "stale-plan"
  | "foreign-state"
  | "quota"
  | "in-use"
  | "disk-full"
  | "provider-crash"
  | "state-store"
  | "unsaved-state"
  | "unreadable-state"
  | "unreadable-plan"
  | "killed"
  | "time-limit"
  | "cancelled"
  | "other";

/** The engine could not do its work. Not the request's fault as a rule: exit code 1, with what to do about it. */
export class EngineFailure extends Error {
  readonly kind: EngineFailureKind;
  readonly summary: Text;
  readonly remedy: Text;
  /** What the engine said, secrets taken out; empty where it said nothing. */
  readonly details: string;
  constructor(kind: EngineFailureKind, summary: Text, options: { readonly remedy?: Text; readonly details?: string } = {}) {
    super(summary.en);
    this.name = "EngineFailure";
    this.kind = kind;
    this.summary = summary;
    this.remedy = options.remedy ?? REMEDIES[kind];
    this.details = options.details ?? "";
  }
}

const REMEDIES: Readonly<Record<EngineFailureKind, Text>> = {
  "no-engine": text(
    "安装 OpenTofu 或 Terraform（1.6 以上）并放进 PATH，或用 GOVCLOUD_ENGINE 指明其路径",
    "install OpenTofu or Terraform (1.6 or later) on PATH, or name its path in GOVCLOUD_ENGINE",
  ),
  "engine-too-old": text("换用 1.6 或更新的版本", "use version 1.6 or later"),
  "no-provider": text(
    "让引擎找得到 openstack 与 kubernetes 插件：在 TF_CLI_CONFIG_FILE 里写明镜像目录（filesystem_mirror 或 network_mirror），或放通插件仓库",
    "let the engine find the openstack and kubernetes providers: name a mirror (filesystem_mirror or network_mirror) in the file of TF_CLI_CONFIG_FILE, or open the way to the registry",
  ),
  credentials: text(
    "检查 OS_USERNAME、OS_PASSWORD（Kubernetes 用 KUBE_TOKEN）和该账号在项目里的角色；npm run doctor 单独检查登录",
    "check OS_USERNAME and OS_PASSWORD (KUBE_TOKEN for Kubernetes) and the user's role in the project; npm run doctor checks the login alone",
  ),
  unreachable: text(
    "检查 catalog/pools.yaml 里的地址（OpenStack 的 authUrl，Kubernetes 的 securityCluster.host）与网络；若只是某一项服务停了或在维护（npm run doctor 指出是哪一项），待其恢复后重新计划；全新系统可用 --cloud none 计划，不需要云",
    "check the address in catalog/pools.yaml (authUrl of OpenStack, securityCluster.host of Kubernetes) and the network; where one service is down or in maintenance (npm run doctor says which), plan again once it is back; a new system can be planned with --cloud none, which needs no cloud",
  ),
  locked: text(
    "等另一个操作结束；确认持锁的进程已经不在之后，用 npm run state -- unlock <系统> <锁号> 解锁",
    "wait until the other run ends; where its holder is surely gone, npm run state -- unlock <system> <lock id>",
  ),
  "stale-plan": text("状态在计划之后变了：重新计划、重新批准", "the state moved after the plan was made: plan and approve again"),
  "foreign-state": text(
    "这个状态属于别的系统：检查 GOVCLOUD_STATE，用 npm run state -- list 看谁在用",
    "this state belongs to another system: check GOVCLOUD_STATE; npm run state -- list shows whose is whose",
  ),
  quota: text(
    "配额或容量不够：npm run doctor 列出余量；已建成的部分见报告，扩容后重新计划",
    "a quota or the capacity is used up: npm run doctor lists what is left; the report says what was made; plan again once there is room",
  ),
  "in-use": text(
    "云上还有别的东西占用着它：先移走占用者（见引擎的原话），再重新计划",
    "something in the cloud still uses it: remove that first (the engine's words say what), then plan again",
  ),
  "disk-full": text("腾出磁盘空间后重新计划", "free some disk space, then plan again"),
  "provider-crash": text(
    "插件自身崩溃：重新计划；若再次发生，把引擎的原话报告给平台工程师",
    "the provider itself crashed: plan again; if it happens again, report the engine's words to the platform's engineers",
  ),
  "state-store": text(
    "检查 GOVCLOUD_STATE 指向的目录或 PostgreSQL 是否可达、可写",
    "check that the folder or PostgreSQL that GOVCLOUD_STATE names can be reached and written",
  ),
  "unsaved-state": text(
    "先用 npm run state -- restore <系统> <文件> 放回引擎留下的状态，再重新计划",
    "put back what the engine left with npm run state -- restore <system> <file>, then plan again",
  ),
  "unreadable-state": text(
    "状态库里的状态不完整：用 npm run state -- restore <系统> <文件> 放回完整的一份（上次执行所用计划目录里的 errored.tfstate，或备份），再重新计划",
    "the state in the store is cut off: put a whole one back with npm run state -- restore <system> <file> (errored.tfstate in the folder of the plan that was applied last, or a backup), then plan again",
  ),
  "unreadable-plan": text(
    "重新计划；若再次发生，检查引擎的版本（npm run doctor）和磁盘空间",
    "plan again; if it happens again, check the engine's version (npm run doctor) and the disk's free space",
  ),
  killed: text(
    "查明是谁结束了它（内存不足、流水线超时、人为）；用 npm run drift 查找去向不明的资源，再用 npm run plan -- --online --system <系统> 从现状重新计划",
    "find out what ended it (memory, the pipeline's time limit, somebody); npm run drift finds what is of unknown fate, then npm run plan -- --online --system <system> plans again from what is there",
  ),
  "time-limit": text(
    "查明是谁没有回应（云的接口、锁、插件）；确需更久时用 --time-limit <分钟>",
    "find out what did not answer (the cloud's API, a lock, a provider); where it really needs longer, --time-limit <minutes>",
  ),
  cancelled: text("需要时重新运行", "run it again when wanted"),
  other: text("按引擎的原话处理后重新计划", "act on the engine's words, then plan again"),
};

/** Tells from the engine's words what kind of failure it is. The first that fits counts, so the more special stand first. */
const SIGNS: readonly (readonly [EngineFailureKind, RegExp])[] = [
  ["disk-full", /no space left on device|ENOSPC|disk quota exceeded/i],
  ["provider-crash", /plugin (crashed|did not respond)|provider .*crashed|panic: |unexpected EOF|rpc error: code = Unavailable/i],
  // The engine meets it while it takes the lock, and says both.
  ["unreadable-state", /unsupported state file format/i],
  ["locked", /error acquiring the state lock|state is (already )?locked|workspace is already locked|resource temporarily unavailable/i],
  ["stale-plan", /saved plan is stale|plan file was created against|does not match the current state/i],
  ["foreign-state", /lineage|serial .*(newer|conflict)|different state/i],
  [
    "no-provider",
    /failed to query available provider packages|could not retrieve the list of available versions|required plugins? (is|are) not installed|missing required provider|inconsistent dependency lock file|failed to install provider|provider registry/i,
  ],
  // Before credentials and in-use: a quota is refused with 403 or 409. No name of a resource or an address that has to do with quotas counts.
  ["quota", /quota (has been )?exceeded|overquota|exceed[^\n]* quota\b|limit ?exceeded|no valid host|overlimit/i],
  [
    "credentials",
    /authentication failed|\b401\b|requires authentication|unauthorized|\b403\b|forbidden|you are not authorized|missing .*(username|password)/i,
  ],
  ["in-use", /limit must be equal or greater than existing resources|must be greater than or equal to already used/i],
  ["in-use", /in use|\b409\b|conflict/i],
  [
    "unreachable",
    /connection refused|no such host|i\/o timeout|context deadline exceeded|network is unreachable|tls handshake|connection reset|\b50[234]\b/i,
  ],
  ["state-store", /backend|pq: |failed to (load|save|persist|read) state|permission denied/i],
];

/** Makes the failure of one step of one stack from the engine's (redacted) words. */
export function failureOf(stack: string, step: Text, words: string): EngineFailure {
  // An engine that fails says why, however briefly.
  if (words.trim() === "")
    return new EngineFailure(
      "killed",
      text(
        `${stack}：${step.zh}时引擎没有留下一句话就结束了：是被杀掉的`,
        `${stack}: the engine ended without a word while ${step.en}: it was killed`,
      ),
    );
  const kind = SIGNS.find(([, sign]) => sign.test(words))?.[0] ?? "other";
  const first = verbatim(firstError(words));
  return new EngineFailure(kind, text(`${stack}：${step.zh}失败：${first.zh}`, `${stack}: ${step.en} failed: ${first.en}`), {
    details: words.trim(),
  });
}

/** The heading of the engine's first error, with the problems that it only counts ("2 problems:"), or its first line. */
function firstError(words: string): string {
  const lines = words
    .split("\n")
    .map((line) => line.replace(/^[\s│╷╵|]+/u, "").trim())
    .filter((line) => line !== "");
  const at = Math.max(
    0,
    lines.findIndex((line) => line.startsWith("Error:")),
  );
  const heading = (lines[at] ?? "no message").replace(/^Error:\s*/, "");
  const rest = heading.endsWith(" problems:") ? lines.slice(at + 1) : [];
  const end = rest.findIndex((line) => !line.startsWith("- "));
  const problems = rest.slice(0, end < 0 ? rest.length : end).map((line) => line.slice(2));
  return (problems.length === 0 ? heading : `${heading} ${problems.join("; ")}`).slice(0, 300);
}
