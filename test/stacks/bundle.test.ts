import { expect, test } from "vitest";
import { cpuQuantity, memoryQuantity } from "../../stacks/constructs/component-workload.ts";
import { catalogueWith, POOL } from "./catalogue.ts";
import { servers } from "./declared.ts";
import { named, resources } from "./synthesised.ts";

test.each([
  { mlps: 2 as const, cryptography: false, workloads: ["waf"], records: { "mlps-bundle": ["cloud-firewall", "waf"] } },
  {
    mlps: 3 as const,
    cryptography: false,
    workloads: ["database-audit", "waf"],
    records: { "mlps-bundle": ["cloud-firewall", "database-audit", "waf"] },
  },
  {
    mlps: 3 as const,
    cryptography: true,
    workloads: ["database-audit", "key-management", "waf"],
    records: { "mlps-bundle": ["cloud-firewall", "database-audit", "waf"], "cryptography-bundle": ["key-management"] },
  },
])("Level $mlps with cryptography $cryptography runs $workloads", ({ mlps, cryptography, workloads, records }) => {
  const all = resources({ mlps, cryptography });
  expect(named(all, "kubernetes_deployment_v1")).toEqual(workloads.map((key) => `bundle_${key}`));
  expect(named(all, "kubernetes_service_v1")).toEqual(workloads.map((key) => `bundle_${key}`));
  expect(named(all, "kubernetes_network_policy_v1")).toEqual(["bundle", ...workloads.map((key) => `bundle_${key}`)]);
  for (const [record, components] of Object.entries(records))
    expect(all[`terraform_data.records_${record}`].input).toMatchObject({ record, components });
  expect(named(all, "terraform_data")).toHaveLength(Object.keys(records).length);
});

const all = resources({ servers: [servers("app")], subnet: "10.20.3.0/24" });

test("The namespace refuses pods that are not restricted, and holds twice what its components take", () => {
  expect(all["kubernetes_namespace_v1.bundle"].metadata).toEqual({
    name: "hrss--pensions",
    labels: { "govcloud/system": "hrss--pensions", "govcloud/tenant": "hrss", "pod-security.kubernetes.io/enforce": "restricted" },
  });
  expect(all["kubernetes_resource_quota_v1.bundle"].spec.hard).toEqual({
    "limits.cpu": "1500m",
    "limits.memory": "3Gi",
    pods: "4",
    "requests.cpu": "1500m",
    "requests.memory": "3Gi",
  });
  expect(all["kubernetes_limit_range_v1.bundle"].spec.limit).toEqual([
    {
      type: "Container",
      default: { cpu: "250m", memory: "512Mi" },
      default_request: { cpu: "250m", memory: "512Mi" },
      max: { cpu: "500m", memory: "1Gi" },
    },
  ]);
});

test("Nothing enters or leaves a pod by default", () => {
  expect(all["kubernetes_network_policy_v1.bundle"].spec).toEqual({ pod_selector: {}, policy_types: ["Ingress", "Egress"] });
});

test("A component is reached on its ports from the pool's networks, and reaches the system's subnet", () => {
  expect(all["kubernetes_network_policy_v1.bundle_waf"].spec).toEqual({
    pod_selector: { match_labels: { "govcloud/component": "waf" } },
    policy_types: ["Ingress", "Egress"],
    ingress: [{ from: [{ ip_block: { cidr: "10.0.0.0/10" } }], ports: [{ port: "8443", protocol: "TCP" }] }],
    egress: [{ to: [{ ip_block: { cidr: "10.20.3.0/24" } }] }],
  });
});

test.each([
  {
    system: "on an allotted subnet",
    overrides: { servers: [servers("app")] },
    egress: [{ to: [{ ip_block: { cidr: "10.32.0.0/12" } }, { ip_block: { cidr: "10.48.0.0/12" } }] }],
  },
  { system: "without servers", overrides: {}, egress: [] },
])("A component of a system $system reaches $egress", ({ overrides, egress }) => {
  expect(resources(overrides)["kubernetes_network_policy_v1.bundle_waf"].spec.egress ?? []).toEqual(egress);
});

test("A component runs with as little as possible, one pod with requests equal to limits", () => {
  const { spec, wait_for_rollout: waits, depends_on: after } = all["kubernetes_deployment_v1.bundle_waf"];
  expect([spec.replicas, waits]).toEqual(["1", true]);
  expect(after).toContain("kubernetes_network_policy_v1.bundle_waf");
  const pod = spec.template.spec;
  expect(pod).toMatchObject({
    automount_service_account_token: false,
    security_context: { run_as_non_root: true, seccomp_profile: { type: "RuntimeDefault" } },
  });
  expect(pod.container).toHaveLength(1);
  expect(pod.container[0]).toMatchObject({
    name: "waf",
    image: `registry.example/waf:1@sha256:${"b".repeat(64)}`,
    resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "500m", memory: "1Gi" } },
    security_context: {
      run_as_non_root: true,
      read_only_root_filesystem: true,
      allow_privilege_escalation: false,
      privileged: false,
      capabilities: { drop: ["ALL"] },
    },
    liveness_probe: { tcp_socket: [{ port: "8443" }] },
    readiness_probe: { tcp_socket: [{ port: "8443" }] },
  });
  expect(spec.template.metadata.labels).toEqual({
    "govcloud/component": "waf",
    "govcloud/system": "hrss--pensions",
    "govcloud/tenant": "hrss",
  });
});

test("A pool may say that nobody waits for the rollout", () => {
  const pool = { ...POOL, securityCluster: { ...POOL.securityCluster, waitForRollout: false } };
  expect(resources({}, catalogueWith(pool))["kubernetes_deployment_v1.bundle_waf"].wait_for_rollout).toBe(false);
});

test("A bundle without workloads has no namespace", () => {
  expect(named(resources({}, catalogueWith(POOL, [])), "kubernetes_namespace_v1")).toEqual([]);
});

test.each([
  { quantity: cpuQuantity(250), written: "250m" },
  { quantity: cpuQuantity(2000), written: "2" },
  { quantity: memoryQuantity(512), written: "512Mi" },
  { quantity: memoryQuantity(1536), written: "1536Mi" },
  { quantity: memoryQuantity(2048), written: "2Gi" },
])("A quantity is written as Kubernetes writes it back: $written", ({ quantity, written }) => {
  expect(quantity).toBe(written);
});
