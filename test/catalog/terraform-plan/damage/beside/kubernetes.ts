import { add, all, edit, type Row, remove, vended } from "../rows.ts";

const inNamespace = (name: string) => ({ name, namespace: "${kubernetes_namespace_v1.system.id}" });
const claim = (storage: string) => ({ metadata: inNamespace("data"), spec: { resources: { requests: { storage } } } });
const deployment = (spec: Record<string, unknown>) => edit("kubernetes_deployment_v1.waf", { spec });
const container = (image: string) => ({ template: [{ spec: [{ container: [{ name: "waf", image }] }] }] });

/** The security cluster, beside the recorded plans. */
export const KUBERNETES: readonly Row[] = [
  {
    row: "a namespace deleted",
    before: vended,
    after: remove(
      "kubernetes_namespace_v1.system",
      "kubernetes_deployment_v1.waf",
      "kubernetes_service_v1.waf",
      "kubernetes_network_policy_v1.deny",
    ),
    changes: [
      "delete kubernetes_deployment.waf",
      "delete kubernetes_namespace.system data-lost outage",
      "delete kubernetes_network_policy.deny",
      "delete kubernetes_service.waf",
    ],
    damage: ["data-lost", "outage"],
  },
  {
    row: "a component with its namespace, named and not referred to",
    after: all(
      add("kubernetes_namespace_v1.n", { metadata: { name: "n" } }),
      add("kubernetes_network_policy_v1.n", { metadata: { name: "deny", namespace: "n" }, spec: {} }),
    ),
    changes: ["create kubernetes_namespace.n", "create kubernetes_network_policy.n"],
    damage: [],
  },
  {
    row: "one more network policy in a namespace that stands",
    before: add("kubernetes_namespace_v1.n", { metadata: { name: "n" } }),
    after: add("kubernetes_network_policy_v1.n", { metadata: { name: "allow", namespace: "n" }, spec: {} }),
    changes: ["create kubernetes_network_policy.n exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "no replica",
    before: vended,
    after: deployment({ replicas: 0 }),
    changes: ["update kubernetes_deployment.waf outage"],
    damage: ["outage"],
  },
  {
    row: "another image",
    before: all(vended, deployment({ replicas: 2, ...container("a:1") })),
    after: deployment({ replicas: 2, ...container("a:2") }),
    changes: ["update kubernetes_deployment.waf reboot"],
    damage: ["reboot"],
  },
  {
    row: "another image where all pods stop first",
    before: all(vended, deployment({ strategy: [{ type: "Recreate" }], ...container("a:1") })),
    after: deployment({ strategy: [{ type: "Recreate" }], ...container("a:2") }),
    changes: ["update kubernetes_deployment.waf outage"],
    damage: ["outage"],
  },
  {
    row: "another selector",
    before: all(vended, deployment({ selector: [{ match_labels: { app: "a" } }] })),
    after: deployment({ selector: [{ match_labels: { app: "b" } }] }),
    changes: ["replace kubernetes_deployment.waf outage"],
    damage: ["outage"],
  },
  {
    row: "a service that the outside reaches",
    before: vended,
    after: edit("kubernetes_service_v1.waf", { spec: { port: 443, type: "LoadBalancer" } }),
    changes: ["update kubernetes_service.waf exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a service on a port of every node",
    before: vended,
    after: add("kubernetes_service_v1.other", { metadata: inNamespace("other"), spec: { type: "NodePort" } }),
    changes: ["create kubernetes_service.other exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a lower quota",
    before: all(vended, add("kubernetes_resource_quota_v1.q", { metadata: inNamespace("q"), spec: { hard: { "limits.memory": "2Gi" } } })),
    after: edit("kubernetes_resource_quota_v1.q", { spec: { hard: { "limits.memory": "2000M" } } }),
    changes: ["update kubernetes_resource_quota.q outage"],
    damage: ["outage"],
  },
  {
    row: "a higher quota",
    before: all(vended, add("kubernetes_resource_quota_v1.q", { metadata: inNamespace("q"), spec: { hard: { "limits.cpu": "500m" } } })),
    after: edit("kubernetes_resource_quota_v1.q", { spec: { hard: { "limits.cpu": "1" } } }),
    changes: ["update kubernetes_resource_quota.q"],
    damage: [],
  },
  {
    row: "a smaller claim",
    before: all(vended, add("kubernetes_persistent_volume_claim_v1.data", claim("10Gi"))),
    after: edit("kubernetes_persistent_volume_claim_v1.data", claim("9Gi")),
    changes: ["update kubernetes_persistent_volume_claim.data fails-at-apply"],
    damage: ["fails-at-apply"],
  },
  {
    row: "a claim deleted",
    before: all(vended, add("kubernetes_persistent_volume_claim_v1.data", claim("10Gi"))),
    after: remove("kubernetes_persistent_volume_claim_v1.data"),
    changes: ["delete kubernetes_persistent_volume_claim.data data-lost"],
    damage: ["data-lost"],
  },
  {
    row: "a secret of another value",
    before: all(vended, add("kubernetes_secret_v1.s", { metadata: inNamespace("s"), data: { a: "test-only-1" } })),
    after: edit("kubernetes_secret_v1.s", { data: { a: "test-only-2" } }),
    changes: ["update kubernetes_secret.s outage"],
    damage: ["outage"],
  },
  {
    row: "a config map of another value",
    before: all(vended, add("kubernetes_config_map_v1.c", { metadata: inNamespace("c"), data: { a: "1" } })),
    after: edit("kubernetes_config_map_v1.c", { data: { a: "2" } }),
    changes: ["update kubernetes_config_map.c reboot"],
    damage: ["reboot"],
  },
  {
    row: "a type without its version is the same type",
    before: all(vended, add("kubernetes_secret.s", { metadata: inNamespace("s"), data: { a: "1" } })),
    after: edit("kubernetes_secret.s", { metadata: inNamespace("t") }),
    changes: ["replace kubernetes_secret.s data-lost outage"],
    damage: ["data-lost", "outage"],
  },
];
