import { type Text, text } from "../../catalog/text.ts";

/** What kind of failure it is: decides the remedy. */
export type CloudFailureKind =
  | "no-credentials"
  | "credentials"
  | "project"
  | "forbidden"
  | "unreachable"
  | "time-limit"
  | "overloaded"
  | "not-openstack"
  | "no-service"
  | "refused";

/** The cloud could not be asked. Never the request's fault; says what to do about it, and holds no password or token. */
export class CloudFailure extends Error {
  readonly kind: CloudFailureKind;
  readonly summary: Text;
  readonly remedy: Text;
  constructor(kind: CloudFailureKind, summary: Text, remedy: Text = REMEDIES[kind]) {
    super(summary.en);
    this.name = "CloudFailure";
    this.kind = kind;
    this.summary = summary;
    this.remedy = remedy;
  }
}

const REMEDIES: Readonly<Record<CloudFailureKind, Text>> = {
  "no-credentials": text("设置环境变量 OS_USERNAME 和 OS_PASSWORD", "set OS_USERNAME and OS_PASSWORD in the environment"),
  credentials: text(
    "检查 OS_USERNAME、OS_PASSWORD，以及 catalog/pools.yaml 的 userDomain",
    "check OS_USERNAME and OS_PASSWORD, and userDomain in catalog/pools.yaml",
  ),
  project: text(
    "检查该项目是否存在、该账号在其中有没有角色，以及 catalog/pools.yaml 的 vendingProject 和 projectDomain",
    "check that the project exists, that the user has a role in it, and vendingProject and projectDomain in catalog/pools.yaml",
  ),
  forbidden: text(
    "给该账号在这个项目里加上所需的角色（通常是 admin）",
    "give the user the role that this needs in the project (admin as a rule)",
  ),
  unreachable: text(
    "检查 catalog/pools.yaml 的 authUrl、网络、代理（HTTPS_PROXY、NO_PROXY）和证书（SSL_CERT_FILE）",
    "check authUrl in catalog/pools.yaml, the network, the proxy (HTTPS_PROXY, NO_PROXY) and the certificate (SSL_CERT_FILE)",
  ),
  "time-limit": text("查明云的接口为何没有及时回应，再试一次", "find out why the cloud's API does not answer in time, then try again"),
  overloaded: text("云的接口过载或在维护：稍后再试", "the cloud's API is overloaded or in maintenance: try again later"),
  "not-openstack": text(
    "检查地址是否指向 OpenStack，中间有没有代理或登录页改写了回答",
    "check that the address is OpenStack's own and that no proxy or login page in between rewrites its answers",
  ),
  "no-service": text(
    "检查 catalog/pools.yaml 的 region，以及该服务的公共端点是否登记在服务目录里",
    "check region in catalog/pools.yaml, and that the service's public endpoint is registered in the service catalogue",
  ),
  refused: text("按云的原话处理", "act on the cloud's own words"),
};
