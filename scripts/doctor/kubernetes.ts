import type { Pool } from "../../catalog/pool.ts";
import { text } from "../../catalog/text.ts";
import { CloudFailure } from "../cloud/cloud-failure.ts";
import { openHttp } from "../cloud/http.ts";
import { readAnswer } from "../cloud/read-answer.ts";
import { under } from "../http/exchange.ts";
import type { Finding, Surroundings } from "./check.ts";

const LOOK_AT_HOST = text(
  "检查 catalog/pools.yaml 的 securityCluster.host、网络、代理（HTTPS_PROXY、NO_PROXY）和证书（securityCluster.caCertificate、SSL_CERT_FILE）",
  "check securityCluster.host in catalog/pools.yaml, the network, the proxy (HTTPS_PROXY, NO_PROXY) and the certificate (securityCluster.caCertificate, SSL_CERT_FILE)",
);

/** The security cluster's API, with KUBE_TOKEN: bundles of systems are made there. Throws CloudFailure where it cannot be asked. */
export async function checkKubernetes(pool: Pool, surroundings: Surroundings): Promise<Finding> {
  try {
    return await askKubernetes(pool, surroundings);
  } catch (error) {
    // These two name fields of OpenStack.
    if (error instanceof CloudFailure && (error.kind === "unreachable" || error.kind === "not-openstack"))
      throw new CloudFailure(error.kind, error.summary, LOOK_AT_HOST);
    throw error;
  }
}

async function askKubernetes({ key, securityCluster }: Pool, { environment, limits = {} }: Surroundings): Promise<Finding> {
  const id = `kubernetes/${key}`;
  const { host, caCertificate } = securityCluster;
  const token = environment["KUBE_TOKEN"] ?? "";
  if (token === "")
    return {
      id,
      result: "failed",
      message: text("没有设置 KUBE_TOKEN", "KUBE_TOKEN is not set"),
      remedy: text(
        "设置环境变量 KUBE_TOKEN（安全集群的服务账号令牌）",
        "set KUBE_TOKEN (the token of a service account of the security cluster)",
      ),
    };
  const http = openHttp({ limits, environment, ...(caCertificate === undefined ? {} : { ca: caCertificate }) });
  const headers = { authorization: `Bearer ${token}` };
  const address = under(new URL(host), "version");
  const answer = await http.get(address, headers);
  if (answer.status !== 200)
    return {
      id,
      result: "failed",
      message: text(`${host} 回答 HTTP ${answer.status}`, `${host} answers HTTP ${answer.status}`),
      remedy:
        answer.status === 401 || answer.status === 403
          ? text("检查 KUBE_TOKEN 是否属于这个集群、有没有过期", "check that KUBE_TOKEN belongs to this cluster and has not expired")
          : text("检查 catalog/pools.yaml 的 securityCluster.host", "check securityCluster.host in catalog/pools.yaml"),
    };
  const { gitVersion } = readAnswer(answer, address) as { gitVersion?: unknown };
  // `/version` is open to everybody as a rule: only something that is not tells whether the token is good.
  const namespaces = under(new URL(host), "api/v1/namespaces");
  namespaces.search = "?limit=1";
  const { status } = await http.get(namespaces, headers);
  return status === 200
    ? { id, result: "ok", message: text(`Kubernetes ${gitVersion}（${host}）`, `Kubernetes ${gitVersion} (${host})`) }
    : {
        id,
        result: "failed",
        message: text(
          `${host} 不让 KUBE_TOKEN 读命名空间：HTTP ${status}`,
          `${host} does not let KUBE_TOKEN read namespaces: HTTP ${status}`,
        ),
        remedy: text(
          "给该服务账号建命名空间、配额、网络策略和部署的权限",
          "give the service account the right to make namespaces, quotas, network policies and deployments",
        ),
      };
}
