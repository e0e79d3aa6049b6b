import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1/index.js";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1/index.js";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1/index.js";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1/index.js";
import { Construct } from "constructs";
import type { Component } from "../../catalog/component.ts";
import { ComponentWorkload, cpuQuantity, memoryQuantity, type Workload } from "./component-workload.ts";
import type { Records } from "./record.ts";
import type { SystemContext } from "./system-context.ts";

/** Components of a system's MLPS bundle (Annex 1 line 22 or 23) and cryptography bundle (line 24). */
export function bundlesOf({ declaration, catalogue }: SystemContext): {
  readonly mlps: readonly Component[];
  readonly cryptography: readonly Component[];
} {
  const within = (line: "22" | "23" | "24") => catalogue.components.filter(({ bundles }) => bundles.includes(line));
  return { mlps: within(declaration.mlps === 2 ? "22" : "23"), cryptography: declaration.cryptography ? within("24") : [] };
}

/** Records the bundles, each once per system (Annex 1 lines 22 to 24). */
export function recordBundles(records: Records, context: SystemContext): void {
  const { mlps, cryptography } = bundlesOf(context);
  const keys = (components: readonly Component[]) => components.map(({ key }) => key).sort();
  records.add("mlps-bundle", { record: "mlps-bundle", level: context.declaration.mlps, components: keys(mlps) });
  if (context.declaration.cryptography)
    records.add("cryptography-bundle", { record: "cryptography-bundle", components: keys(cryptography) });
}

/**
 * The bundles' workloads, in the system's own namespace of the pool's security cluster. Nothing enters or leaves a pod but what its own policy admits.
 * Names are literal, not references, so that a synthesised tree can be judged without a plan; `dependsOn` keeps the order.
 */
export class Bundle extends Construct {
  constructor(scope: Construct, context: SystemContext) {
    super(scope, "bundle");
    const { mlps, cryptography } = bundlesOf(context);
    const byKey = new Map([...mlps, ...cryptography].filter((each) => each.kind === "workload").map((each) => [each.key, each]));
    const workloads: Workload[] = [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    if (workloads.length === 0) return;

    const { name, declaration } = context;
    const labels = { "govcloud/system": name, "govcloud/tenant": declaration.tenant };
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: { name, labels: { ...labels, "pod-security.kubernetes.io/enforce": "restricted" } },
      timeouts: { delete: "10m" },
    });
    const dependsOn = [namespace];
    const cpu = workloads.map(({ cpuMillicores }) => cpuMillicores);
    const memory = workloads.map(({ memoryMi }) => memoryMi);
    // Twice what the components take: an update starts every new pod beside the old one.
    const cpuTotal = cpuQuantity(2 * sum(cpu));
    const memoryTotal = memoryQuantity(2 * sum(memory));
    const quota = new ResourceQuotaV1(this, "quota", {
      metadata: { name: "quota", namespace: name, labels },
      spec: {
        hard: {
          "limits.cpu": cpuTotal,
          "limits.memory": memoryTotal,
          pods: String(2 * workloads.length),
          "requests.cpu": cpuTotal,
          "requests.memory": memoryTotal,
        },
      },
      dependsOn,
    });
    const largest = { cpu: cpuQuantity(Math.max(...cpu)), memory: memoryQuantity(Math.max(...memory)) };
    const smallest = { cpu: cpuQuantity(Math.min(...cpu)), memory: memoryQuantity(Math.min(...memory)) };
    const limits = new LimitRangeV1(this, "limits", {
      metadata: { name: "limits", namespace: name, labels },
      spec: { limit: [{ type: "Container", default: smallest, defaultRequest: smallest, max: largest }] },
      dependsOn,
    });
    const defaultDeny = new NetworkPolicyV1(this, "default-deny", {
      metadata: { name: "default-deny", namespace: name, labels },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      dependsOn,
    });
    // The fences stand before the first pod runs.
    for (const workload of workloads)
      new ComponentWorkload(this, context, { workload, labels, dependsOn: [namespace, quota, limits, defaultDeny] });
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
