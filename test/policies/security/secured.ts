import type { Catalogue } from "../../../catalog/catalogue.ts";
import type { Component } from "../../../catalog/component.ts";
import type { PlannedResource } from "../../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { CATALOGUE } from "../../declared.ts";

const DIGEST = "a".repeat(64);

function workload(key: string, bundles: Component["bundles"]): Component {
  return {
    key,
    name: { zh: `组件${key}`, en: key },
    bundles,
    clause: "附件1 第23项",
    controls: [],
    kind: "workload",
    image: `registry.example/${key}:1@sha256:${DIGEST}`,
    ports: [],
    cpuMillicores: 100,
    memoryMi: 128,
  };
}

/** Two components at level 2, one more at level 3, and one of cryptography. */
export const FEW_COMPONENTS: Catalogue = {
  ...CATALOGUE,
  components: [
    workload("waf", ["22", "23"]),
    {
      key: "cloud-firewall",
      name: { zh: "云防火墙", en: "Cloud firewall" },
      bundles: ["22", "23"],
      clause: "附件1 第22项",
      controls: [],
      kind: "cloud-firewall",
    },
    workload("database-audit", ["23"]),
    workload("key-management", ["24"]),
  ],
};

/** Image that {@link FEW_COMPONENTS} pins for a component. */
export const imageOf = (key: string) => `registry.example/${key}:1@sha256:${DIGEST}`;

type Body = Readonly<Record<string, unknown>>;

/** Resources by address, as a stack synthesises them; undefined leaves one out. */
export function resources(bodies: Readonly<Record<string, Body | undefined>>): readonly PlannedResource[] {
  const stack: Record<string, Record<string, Body>> = {};
  for (const [address, body] of Object.entries(bodies)) {
    if (body === undefined) continue;
    const [type = "", name = ""] = address.split(".");
    stack[type] = { ...stack[type], [name]: body };
  }
  return readSynthesised({ resource: stack });
}

const NAMESPACE = "hrss--social";

/** Deployment of a component with one container. */
export function deployment(key: string, image = imageOf(key), namespace: string | undefined = NAMESPACE): Body {
  return {
    metadata: { name: key, namespace },
    spec: { replicas: "1", template: { spec: { container: [{ name: key, image }] } } },
  };
}

export function inNamespace(name: string, namespace = NAMESPACE): Body {
  return { metadata: { name, namespace } };
}

export const DENY_ALL: Body = {
  metadata: { name: "default-deny", namespace: NAMESPACE },
  spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
};

/** What hrss/social gets at level 3 with cryptography and one network, under {@link FEW_COMPONENTS}. */
export const SECURED: Readonly<Record<string, Body>> = {
  "terraform_data.records_mlps-bundle": {
    input: { record: "mlps-bundle", level: 3, components: ["cloud-firewall", "database-audit", "waf"] },
  },
  "terraform_data.records_cryptography-bundle": { input: { record: "cryptography-bundle", components: ["key-management"] } },
  "kubernetes_namespace_v1.bundle": { metadata: { name: NAMESPACE } },
  "kubernetes_network_policy_v1.bundle": DENY_ALL,
  "kubernetes_deployment_v1.bundle_waf": deployment("waf"),
  "kubernetes_service_v1.bundle_waf": inNamespace("waf"),
  "kubernetes_deployment_v1.bundle_database-audit": deployment("database-audit"),
  "kubernetes_service_v1.bundle_database-audit": inNamespace("database-audit"),
  "kubernetes_deployment_v1.bundle_key-management": deployment("key-management"),
  "kubernetes_service_v1.bundle_key-management": inNamespace("key-management"),
  "openstack_networking_router_interface_v2.network": { router_id: "${openstack_networking_router_v2.network.id}" },
  "openstack_fw_group_v2.firewall": { admin_state_up: true, ports: ["${openstack_networking_router_interface_v2.network.port_id}"] },
};
