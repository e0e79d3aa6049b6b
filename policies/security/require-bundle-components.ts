import type { Component } from "../../catalog/component.ts";
import { type Declaration, isProvided, stackName } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { indexStack } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import { kubernetesName, replicasOf } from "../../catalog/terraform-plan/kubernetes.ts";
import { blocks, type PlannedResource, referredTo } from "../../catalog/terraform-plan/planned-resource.ts";
import { declared, defineSystemPolicy, notApplicable, type Place, pass, undetermined, type Verdict, violation } from "../policy.ts";

/** A bundle that a system is to have: its line of Annex 1, its components, and the word of the declaration that asks for it. */
interface Bundle {
  readonly line: "22" | "23" | "24";
  readonly record: "mlps-bundle" | "cryptography-bundle";
  readonly components: readonly Component[];
  readonly place: Place;
}

/** Rejects a system without every component of the bundles that its level and its declaration ask for, recorded and running. */
export const requireBundleComponents = defineSystemPolicy({
  id: "security/require-bundle-components",
  level: "mandatory",
  title: { zh: "安全组件齐全", en: "Every component of the bundles is there" },
  why: {
    zh: "等保和商用密码按套收费，一套里每个组件都要真正部署，少一个就不达标",
    en: "Bundles are billed whole: each of their components has to run, for one that is missing leaves the level unmet",
  },
  clause: "合同 附件1 第22项、第23项、第24项; GB/T 22239-2019 8.1.5.4 集中管控",
  remedy: {
    zh: "这是程序或目录的错误：核对 catalog/components.yaml 和 stacks/constructs/bundle.ts，申请本身不用改",
    en: "This is an error of the program or the catalogue: see catalog/components.yaml and stacks/constructs/bundle.ts; the request needs no change",
  },
  check({ declaration, catalogue, resources }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线，没有资源", "the system is retired and has nothing")];
    return bundlesOf(declaration, catalogue.components).flatMap((bundle) => [
      ...recordVerdicts(bundle, declaration, resources),
      ...workloadVerdicts(bundle, declaration, resources),
      ...(bundle.components.some(({ kind }) => kind === "cloud-firewall") ? firewallVerdicts(bundle, declaration, resources) : []),
    ]);
  },
});

function bundlesOf(declaration: Declaration, components: readonly Component[]): Bundle[] {
  const bundle = (line: Bundle["line"], record: Bundle["record"], key: string): Bundle => ({
    line,
    record,
    components: components.filter(({ bundles }) => bundles.includes(line)),
    place: {
      ...declared(declaration, [key]),
      at: { file: declaration.source.path, path: writtenPath(declaration.source, [key], ["mlps"]) },
    },
  });
  const mlps = bundle(declaration.mlps === 2 ? "22" : "23", "mlps-bundle", "mlps");
  return declaration.cryptography ? [mlps, bundle("24", "cryptography-bundle", "cryptography")] : [mlps];
}

/** The record is what is billed: it names each component once, and nothing else. */
function recordVerdicts(
  { line, record, components, place }: Bundle,
  { mlps }: Declaration,
  resources: readonly PlannedResource[],
): Verdict[] {
  if (components.length === 0)
    return [
      undetermined(
        place,
        `目录里第 ${line} 项没有任何组件，无法判断是否齐全`,
        `Cannot tell what line ${line} consists of: the catalogue lists no component for it`,
      ),
    ];
  const inputs = indexStack(resources)
    .ofType("terraform_data")
    .flatMap((each) => blocks(each, "input"));
  const found = inputs.filter((input) => input["record"] === record);
  const [only] = found;
  if (only === undefined || found.length > 1)
    return [
      violation(
        place,
        `第 ${line} 项的记录 ${record} 有 ${found.length} 条，应有 1 条`,
        `Cannot find the record ${record} of line ${line} once: there are ${found.length}`,
      ),
    ];
  const wanted = components.map(({ key }) => key).sort();
  const names = Array.isArray(only["components"]) ? only["components"].map(String).sort() : [];
  const level = record === "mlps-bundle" ? mlps : undefined;
  return names.join() === wanted.join() && only["level"] === level
    ? [pass()]
    : [
        violation(
          place,
          `第 ${line} 项记录的组件是 ${names.join("、") || "无"}，应为 ${wanted.join("、")}`,
          `Cannot record line ${line} with ${names.join(", ") || "no component"}: wanted ${wanted.join(", ")}`,
        ),
      ];
}

/** A component runs as a deployment of its name, and is reached through a service of its name; what a bundle lacks is told once. */
function workloadVerdicts({ line, components, place }: Bundle, { id }: Declaration, resources: readonly PlannedResource[]): Verdict[] {
  const deployments = inNamespace(stackName(id), "kubernetes_deployment_v1", resources);
  const services = inNamespace(stackName(id), "kubernetes_service_v1", resources);
  const found = components
    .filter(({ kind }) => kind === "workload")
    .map((component) => ({ component, deployment: deployments.get(component.key), service: services.get(component.key) }));
  const lacking = found.filter(({ deployment, service }) => deployment === undefined || service === undefined);
  const complete = found.flatMap(({ component: { key }, deployment, service }) =>
    deployment === undefined || service === undefined ? [] : [copiesVerdict(key, deployment, place)],
  );
  if (lacking.length === 0) return complete;
  const told = lacking.map(({ component: { key, name }, deployment, service }) => {
    const parts = [...(deployment === undefined ? ["deployment"] : []), ...(service === undefined ? ["service"] : [])];
    return { zh: `${name.zh}（${key}，没有 ${parts.join("、")}）`, en: `${key} (no ${parts.join(", no ")})` };
  });
  return [
    violation(
      place,
      `系统按第 ${line} 项应有的组件缺少 ${told.length} 个：${told.map(({ zh }) => zh).join("、")}`,
      `Cannot do without every component of line ${line}: it lacks ${told.map(({ en }) => en).join(", ")}`,
    ),
    ...complete,
  ];
}

/** What a namespace holds of a type, by its name. */
function inNamespace(wanted: string, type: string, resources: readonly PlannedResource[]): ReadonlyMap<string, PlannedResource> {
  const found = new Map<string, PlannedResource>();
  for (const each of indexStack(resources).ofType(type)) {
    const { name, namespace } = kubernetesName(each);
    if (namespace === wanted && name !== undefined && !found.has(name)) found.set(name, each);
  }
  return found;
}

function copiesVerdict(key: string, deployment: PlannedResource, place: Place): Verdict {
  const stands = { ...place, address: deployment.address, attribute: "spec.replicas" };
  if (deployment.unknown.has("spec.replicas") || deployment.unknown.has("spec"))
    return undetermined(stands, `组件 ${key} 运行几份要到执行后才知道`, `Cannot tell how many copies of ${key} run before apply`);
  const replicas = replicasOf(deployment);
  return replicas >= 1
    ? pass()
    : violation(stands, `组件 ${key} 运行 ${replicas} 份，至少应为 1 份`, `Cannot run ${replicas} copies of ${key}: wanted at least 1`);
}

/** Every way out of the system's network leads through a firewall that is switched on. */
function firewallVerdicts({ line, place }: Bundle, declaration: Declaration, resources: readonly PlannedResource[]): Verdict[] {
  const index = indexStack(resources);
  const interfaces = index.ofType("openstack_networking_router_interface_v2");
  const hasServers = declaration.servers.length + declaration.gpuServers.length > 0;
  const groups = index.ofType("openstack_fw_group_v2");
  if (!hasServers && interfaces.length === 0)
    return [notApplicable("系统没有网络，不需要云防火墙", "the system has no network for a firewall to stand before")];
  const [first] = groups;
  if (first === undefined)
    return [
      violation(
        place,
        `缺少第 ${line} 项的组件“云防火墙”（cloud-firewall）：没有 openstack_fw_group_v2`,
        `Cannot do without cloud-firewall of line ${line}: there is no openstack_fw_group_v2`,
      ),
    ];
  const off = groups.find(({ values }) => values["admin_state_up"] === false);
  if (off !== undefined)
    return [
      violation(
        { ...place, address: off.address, attribute: "admin_state_up" },
        "云防火墙没有启用（admin_state_up = false）",
        "Cannot switch the cloud firewall off (admin_state_up = false)",
      ),
    ];
  const guarded = new Set(groups.flatMap((group) => referredTo(group, "ports")));
  return interfaces.map(({ address }) => {
    if (guarded.has(address)) return pass();
    const stands = { ...place, address: first.address, attribute: "ports" };
    return first.unknown.has("ports") && guarded.size === 0
      ? undetermined(
          stands,
          `云防火墙守哪些端口要到执行后才知道；应写明路由器接口 ${address}`,
          `Cannot tell before apply whether the cloud firewall guards ${address}`,
        )
      : violation(stands, `云防火墙没有守住路由器接口 ${address}`, `Cannot leave ${address} outside the cloud firewall's ports`);
  });
}
