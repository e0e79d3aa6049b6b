import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1/index.js";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1/index.js";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Component } from "../../catalog/component.ts";
import type { SystemContext } from "./system-context.ts";

export type Workload = Extract<Component, { kind: "workload" }>;

export interface ComponentWorkloadProps {
  readonly workload: Workload;
  /** Labels of everything in the namespace. */
  readonly labels: Readonly<Record<string, string>>;
  readonly dependsOn: ITerraformDependable[];
}

/** One component: a deployment, its service, and the policy that lets its ports be reached from the pool's networks and lets it reach the system's servers. */
export class ComponentWorkload extends Construct {
  constructor(scope: Construct, context: SystemContext, { workload, labels: shared, dependsOn }: ComponentWorkloadProps) {
    super(scope, workload.key);
    const { name: namespace, pool } = context;
    const selector = { "govcloud/component": workload.key };
    const labels = { ...shared, ...selector };
    const metadata = { name: workload.key, namespace, labels };
    const policy = new NetworkPolicyV1(this, "network-policy", {
      metadata,
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ["Ingress", "Egress"],
        ingress: [
          {
            from: [{ ipBlock: { cidr: pool.range } }],
            ports: workload.ports.map(({ port, protocol }) => ({ port: String(port), protocol: protocol.toUpperCase() })),
          },
        ],
        egress: egressOf(context),
      },
      dependsOn,
    });
    new DeploymentV1(this, "deployment", {
      metadata,
      waitForRollout: pool.securityCluster.waitForRollout ?? true,
      spec: {
        replicas: "1",
        selector: { matchLabels: selector },
        template: { metadata: { labels }, spec: podOf(workload) },
      },
      dependsOn: [...dependsOn, policy],
    });
    new ServiceV1(this, "service", {
      metadata,
      spec: {
        type: "ClusterIP",
        selector,
        port: workload.ports.map(({ name, port, protocol }) => ({
          name,
          port,
          targetPort: String(port),
          protocol: protocol.toUpperCase(),
        })),
      },
      dependsOn,
    });
  }
}

/** A pod that can do as little as possible beside its work; requests equal limits, so that it is the last to be evicted. */
function podOf({ key, image, ports, cpuMillicores, memoryMi }: Workload) {
  const size = { cpu: cpuQuantity(cpuMillicores), memory: memoryQuantity(memoryMi) };
  const tcp = ports.find(({ protocol }) => protocol === "tcp");
  const probe = tcp && { tcpSocket: [{ port: String(tcp.port) }], periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    container: [
      {
        name: key,
        image,
        imagePullPolicy: "IfNotPresent",
        port: ports.map(({ name, port, protocol }) => ({ name, containerPort: port, protocol: protocol.toUpperCase() })),
        resources: { requests: size, limits: size },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        },
        volumeMount: [{ name: "tmp", mountPath: "/tmp" }],
        ...(probe === undefined ? {} : { readinessProbe: probe, livenessProbe: { ...probe, initialDelaySeconds: 30 } }),
      },
    ],
    volume: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }],
  };
}

/** A scanner, bastion or web firewall has to reach what it protects: the system's own subnet, or, where that is allotted, the ranges it comes from. */
function egressOf({ declaration, pool }: SystemContext) {
  if (declaration.servers.length + declaration.gpuServers.length === 0) return [];
  const ranges = declaration.subnet === undefined ? pool.openstack.subnetPool.prefixes : [declaration.subnet];
  return [{ to: ranges.map((cidr) => ({ ipBlock: { cidr } })) }];
}

/** As Kubernetes writes it back: 2000 is `2`, 250 is `250m`. Any other way of writing it would be a difference in every plan. */
export function cpuQuantity(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

/** As Kubernetes writes it back: 2048 is `2Gi`, 512 is `512Mi`. */
export function memoryQuantity(mi: number): string {
  return mi % 1024 === 0 ? `${mi / 1024}Gi` : `${mi}Mi`;
}
