import { type Text, text } from "../../catalog/text.ts";

/** What kind of failure it is: decides the remedy. */
export type UsageFailureKind =
  | "unreachable"
  | "time-limit"
  | "overloaded"
  | "credentials"
  | "refused"
  | "not-prometheus"
  | "incomplete"
  | "nothing";

/** Usage could not be asked. Never "no data": nothing is advised on it. Holds no token. */
export class UsageFailure extends Error {
  readonly kind: UsageFailureKind;
  readonly summary: Text;
  readonly remedy: Text;
  /** Its own words stand in the summary. */
  readonly details = "";
  constructor(kind: UsageFailureKind, summary: Text) {
    super(summary.en);
    this.name = "UsageFailure";
    this.kind = kind;
    this.summary = summary;
    this.remedy = REMEDIES[kind];
  }
}

const REMEDIES: Readonly<Record<UsageFailureKind, Text>> = {
  unreachable: text(
    "检查 --usage 的地址、网络、代理（HTTPS_PROXY、NO_PROXY）和证书（SSL_CERT_FILE）",
    "check the address of --usage, the network, the proxy (HTTPS_PROXY, NO_PROXY) and the certificate (SSL_CERT_FILE)",
  ),
  "time-limit": text(
    "把 catalog/usage-queries.yaml 的 hoursPerQuery 调小，或改用记录规则（recorded）的结果",
    "ask fewer hours at a time (hoursPerQuery in catalog/usage-queries.yaml), or ask for the results of recording rules (recorded)",
  ),
  overloaded: text("服务端过载或在维护：稍后再试", "the server is overloaded or in maintenance: try again later"),
  credentials: text("检查环境变量 GOVCLOUD_USAGE_TOKEN", "check GOVCLOUD_USAGE_TOKEN in the environment"),
  refused: text(
    "按它的原话改 catalog/usage-queries.yaml；样本太多就把 hoursPerQuery 调小",
    "act on its words in catalog/usage-queries.yaml; where it says too many samples, lower hoursPerQuery",
  ),
  "not-prometheus": text(
    "检查 --usage 的地址是否是 Prometheus 接口的根（/api/v1 之前的部分），中间有没有代理或登录页",
    "check that --usage is where Prometheus's API begins (what stands before /api/v1), and that no proxy or login page stands between",
  ),
  incomplete: text(
    "查明是哪一部分没有答（存储、网关、副本），恢复后再试：不完整的用量不能用来建议",
    "find out which part did not answer (store, gateway, replica) and try again: no advice is given on half of the usage",
  ),
  nothing: text(
    "核对 catalog/usage-queries.yaml 里的指标和标签，以及这个月的数据是否还保留；没有用到的那一组从 use 里去掉",
    "check the metrics and labels in catalog/usage-queries.yaml, and that the month is still kept; take a set that is not in use out of `use`",
  ),
};
