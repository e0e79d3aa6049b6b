import { withoutVersion } from "../force-new.ts";
import { kubernetesName, replicasOf } from "../kubernetes.ts";
import { type DamageClass, valuesAt } from "../planned-resource.ts";
import type { Rule, Rules } from "./rule.ts";
import { type Change, destroys, type StackChanges, touches } from "./stack-changes.ts";

type Classes = readonly DamageClass[];

const WORKLOADS = ["kubernetes_deployment", "kubernetes_stateful_set", "kubernetes_daemon_set"];

/** Resources of a Kubernetes cluster, by type without its version. */
const RULES: Rules = {
  // Everything in it goes along, volumes and secrets too.
  kubernetes_namespace: (change, stack) => (destroys(change) ? lost(stack, "data-lost", "outage") : []),
  kubernetes_deployment: workloadDamage,
  kubernetes_stateful_set: workloadDamage,
  kubernetes_daemon_set: workloadDamage,
  kubernetes_replication_controller: workloadDamage,
  kubernetes_pod: workloadDamage,
  kubernetes_job: inNamespace((change) => (destroys(change) ? ["outage"] : [])),
  kubernetes_cron_job: inNamespace((change) =>
    destroys(change) || valuesAt(change.after, "spec.suspend").includes(true) ? ["outage"] : [],
  ),
  kubernetes_service: inNamespace(serviceDamage),
  kubernetes_ingress: inNamespace(({ action }) =>
    action === "create" || action === "update" ? ["exposure-changed"] : ["outage", "exposure-changed"],
  ),
  // It closes its namespace: changed or gone, something else may reach what stands there, and a new one may let something in.
  kubernetes_network_policy: inNamespace((change) => (change.action === "update" && !touches(change, "spec") ? [] : ["exposure-changed"])),
  kubernetes_persistent_volume_claim: (change) => {
    if (destroys(change)) return ["data-lost"];
    return change.action === "update" && claimShrinks(change) ? ["fails-at-apply"] : [];
  },
  kubernetes_persistent_volume: (change) => (destroys(change) || touches(change, "spec.persistent_volume_source") ? ["data-lost"] : []),
  kubernetes_secret: (change, stack) => {
    if (destroys(change)) return lost(stack, "data-lost", "outage");
    return change.action === "update" && touches(change, "data", "binary_data") ? ["outage"] : [];
  },
  kubernetes_config_map: inNamespace((change) => {
    if (destroys(change)) return ["outage"];
    // Read when a container starts, or under its feet.
    return change.action === "update" && touches(change, "data", "binary_data") ? ["reboot"] : [];
  }),
  // Pods that run stay; those beyond a lower limit are not started again. With workloads that go, room goes that nobody needs.
  kubernetes_resource_quota: inNamespace((change, stack) =>
    change.action === "update" && limitFalls(change) && !WORKLOADS.some((type) => stack.ofType(type, `${type}_v1`).some(destroys))
      ? ["outage"]
      : [],
  ),
  kubernetes_limit_range: () => [],
  kubernetes_horizontal_pod_autoscaler: () => [],
  kubernetes_pod_disruption_budget: () => [],
  kubernetes_priority_class: () => [],
  kubernetes_storage_class: () => [],
  kubernetes_labels: () => [],
  kubernetes_annotations: () => [],
  kubernetes_service_account: inNamespace((change) => (destroys(change) ? ["outage"] : [])),
  ...Object.fromEntries(
    ["role", "role_binding", "cluster_role", "cluster_role_binding"].map((kind): [string, Rule] => [
      `kubernetes_${kind}`,
      inNamespace((change) => (destroys(change) ? ["outage", "exposure-changed"] : ["exposure-changed"])),
    ]),
  ),
};

/** The rule of a Kubernetes type, with or without its version. */
export function kubernetesRule(type: string): Rule | undefined {
  const name = withoutVersion(type);
  return Object.hasOwn(RULES, name) ? RULES[name] : undefined;
}

/** What a deleted thing loses; with the whole system gone nobody is left to notice more than its data. */
function lost(stack: StackChanges, ...classes: Classes): Classes {
  return stack.projectGoes ? classes.filter((each) => each === "data-lost") : classes;
}

/** With its namespace, or with the whole system, a resource comes and goes unnoticed: the namespace tells. */
function inNamespace(rule: (change: Change, stack: StackChanges) => Classes): Rule {
  return (change, stack) => {
    if (change.action !== "update" && namespacesOf(change, stack).some(({ action }) => action !== "no-op" && action !== "update"))
      return [];
    return destroys(change) ? lost(stack, ...rule(change, stack)) : rule(change, stack);
  };
}

/** The namespace that a resource refers to, or names. */
function namespacesOf(change: Change, stack: StackChanges): readonly Change[] {
  return [change.before, change.after].flatMap((resource) => {
    const name = resource === undefined ? undefined : kubernetesName(resource).namespace;
    const isNamed = (namespace: Change["after"]) => namespace !== undefined && kubernetesName(namespace).name === name;
    const named = stack
      .ofType("kubernetes_namespace_v1", "kubernetes_namespace")
      .filter(({ before, after }) => isNamed(before) || isNamed(after));
    return [...stack.pointedTo(resource, "metadata.namespace"), ...(name === undefined ? [] : named)];
  });
}

function workloadDamage(change: Change, stack: StackChanges): Classes {
  return inNamespace(() => {
    if (destroys(change)) return ["outage"];
    const { before, after } = change;
    if (change.action !== "update" || before === undefined || after === undefined) return [];
    if (replicasOf(before) > 0 && replicasOf(after) === 0) return ["outage"];
    // Its pods are made anew one after the other, unless they all stop first.
    if (!touches(change, "spec.template")) return [];
    return valuesAt(after, "spec.strategy.type").includes("Recreate") ? ["outage"] : ["reboot"];
  })(change, stack);
}

const OUTSIDE = ["NodePort", "LoadBalancer", "ExternalName"];

function serviceDamage(change: Change): Classes {
  const typeOf = (resource: Change["after"]) => String(valuesAt(resource, "spec.type")[0] ?? "ClusterIP");
  const opens = OUTSIDE.includes(typeOf(change.after));
  switch (change.action) {
    case "create":
      return opens ? ["exposure-changed"] : [];
    case "update": {
      const damage: DamageClass[] = [];
      const reaches = ["spec.type", "spec.external_ips", "spec.external_name", "spec.load_balancer_source_ranges", "spec.load_balancer_ip"];
      const wasOpen = OUTSIDE.includes(typeOf(change.before));
      if (touches(change, ...reaches) || (opens && touches(change, "spec.port"))) damage.push("exposure-changed");
      if (touches(change, "spec.selector", "spec.port") || (wasOpen && !opens)) damage.push("outage");
      return damage;
    }
    default:
      return OUTSIDE.includes(typeOf(change.before)) ? ["outage", "exposure-changed"] : ["outage"];
  }
}

function claimShrinks({ before, after, cause }: Change): boolean {
  if (!cause.some((path) => path.startsWith("spec.resources"))) return false;
  const [from, to] = [before, after].map((resource) => quantity(valuesAt(resource, "spec.resources.requests.storage")[0]));
  return from === undefined || to === undefined || to < from;
}

/** A hard limit that gets lower, or one more than before. */
function limitFalls({ before, after }: Change): boolean {
  const [held, hard] = [before, after].map((resource) => valuesAt(resource, "spec.hard")[0]);
  if (!isRecord(hard)) return after !== undefined && [...after.unknown].some((path) => path.startsWith("spec"));
  return Object.entries(hard).some(([key, value]) => {
    const [from, to] = [quantity(isRecord(held) ? held[key] : undefined), quantity(value)];
    return from === undefined || to === undefined || to < from;
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity such as `500m` or `2Gi`; undefined where it is none. */
function quantity(value: unknown): number | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(String(value ?? "")) ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
