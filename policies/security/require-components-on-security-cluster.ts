import { isProvided, stackName } from "../../catalog/declaration.ts";
import { declaredPath } from "../../catalog/declared-place.ts";
import { containersOf, deniesEverything, isKubernetes, kubernetesName } from "../../catalog/terraform-plan/kubernetes.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import {
  defineSystemPolicy,
  notApplicable,
  type Place,
  pass,
  type SystemSubject,
  undetermined,
  type Verdict,
  violation,
} from "../policy.ts";

/** Rejects workloads outside the system's own fenced namespace of the security cluster, or of another image than the catalogue's. */
export const requireComponentsOnSecurityCluster = defineSystemPolicy({
  id: "security/require-components-on-security-cluster",
  level: "mandatory",
  title: { zh: "安全组件在安全集群的本系统命名空间里", en: "Components run in the system's own namespace of the security cluster" },
  why: {
    zh: "安全集群由各系统共用：每个系统只在自己的命名空间里，默认不通，只运行目录里固定摘要的镜像",
    en: "All systems share the security cluster: each keeps to its own namespace, closed by default, and runs only the catalogue's pinned images",
  },
  clause: "GB/T 22239-2019 8.1.5.4 集中管控; 合同 附件1 第22项、第23项、第24项",
  remedy: {
    zh: "这是程序或目录的错误：核对 catalog/components.yaml 和 stacks/constructs/bundle.ts，申请本身不用改",
    en: "This is an error of the program or the catalogue: see catalog/components.yaml and stacks/constructs/bundle.ts; the request needs no change",
  },
  check(subject) {
    const { declaration, resources } = subject;
    const own = resources.filter(isKubernetes);
    if (declaration === undefined && own.length === 0)
      return [notApplicable("平台不在安全集群里运行组件", "the platform runs nothing on a security cluster")];
    if (own.length === 0 && declaration !== undefined && !isProvided(declaration))
      return [notApplicable("系统已下线，没有资源", "the system is retired and has nothing")];
    if (own.length === 0) return [notApplicable("没有在安全集群里运行的组件", "nothing runs on the security cluster")];
    const namespace = stackName(subject.id);
    return [
      ...own.map((resource) => namespaceVerdict(subject, resource, namespace)),
      fenceVerdict(subject, own),
      ...own.filter(({ type }) => type === "kubernetes_deployment_v1").flatMap((deployment) => imageVerdicts(subject, deployment)),
    ];
  },
});

function namespaceVerdict(subject: SystemSubject, resource: PlannedResource, own: string): Verdict {
  const { namespace } = kubernetesName(resource);
  if (namespace === own) return pass();
  const attribute = resource.type === "kubernetes_namespace_v1" ? "metadata.name" : "metadata.namespace";
  const place = placeOf(subject, resource, attribute);
  if (namespace !== undefined)
    return violation(
      place,
      `安全集群里的资源落在命名空间 ${namespace}；应在本系统自己的 ${own}`,
      `Cannot stand in namespace ${namespace}: wanted the system's own, ${own}`,
    );
  const isUnknown = ["metadata", attribute].some((path) => resource.unknown.has(path));
  return isUnknown
    ? undetermined(
        place,
        `安全集群里的资源属于哪个命名空间要到执行后才知道；应直接写 ${own}`,
        `Cannot tell its namespace before apply: wanted ${own}, written out`,
      )
    : violation(
        place,
        `安全集群里的资源没有写命名空间，会落到 default；应为 ${own}`,
        `Cannot leave the namespace out, which means "default": wanted ${own}`,
      );
}

function fenceVerdict(subject: SystemSubject, own: readonly PlannedResource[]): Verdict {
  const policies = own.filter(({ type }) => type === "kubernetes_network_policy_v1");
  const name = stackName(subject.id);
  if (policies.some((policy) => kubernetesName(policy).namespace === name && deniesEverything(policy))) return pass();
  const resource = own.find(({ type }) => type === "kubernetes_namespace_v1") ?? own[0];
  if (resource === undefined) return pass();
  return violation(
    placeOf(subject, resource, "metadata.name"),
    `本系统的命名空间 ${name} 没有默认拒绝一切进出的网络策略；应有一条`,
    `Cannot run components in namespace ${name} without a network policy that denies everything in and out by default`,
  );
}

function imageVerdicts(subject: SystemSubject, deployment: PlannedResource): Verdict[] {
  const { name } = kubernetesName(deployment);
  const component = subject.catalogue.components.find((each) => each.key === name);
  const place = () => placeOf(subject, deployment, "spec.template.spec.container.image");
  if (name === undefined)
    return [
      undetermined(
        placeOf(subject, deployment, "metadata.name"),
        "安全集群里运行的组件叫什么要到执行后才知道；应直接写目录里的组件",
        "Cannot tell its name before apply: wanted a component of the catalogue",
      ),
    ];
  if (component === undefined || component.kind !== "workload")
    return [
      violation(
        place(),
        `安全集群里运行的 ${name} 不是目录里的组件；应删去，或先登记到目录`,
        `Cannot run ${name} on the security cluster: the catalogue has no such component`,
      ),
    ];
  const containers = containersOf(deployment);
  if (containers.length === 0)
    return [
      undetermined(
        place(),
        `看不到组件 ${name} 用什么镜像；应直接写目录里的镜像`,
        `Cannot tell the image of ${name}: no container is known before apply`,
      ),
    ];
  return containers.map(({ image }) => {
    if (image === component.image) return pass();
    return image === undefined
      ? undetermined(
          place(),
          `组件 ${name} 的镜像要到执行后才知道；应为 ${component.image}`,
          `Cannot tell the image of ${name} before apply: wanted ${component.image}`,
        )
      : violation(
          place(),
          `组件 ${name} 的镜像是 ${image}，应为 ${component.image}`,
          `Cannot run ${image} as ${name}: wanted ${component.image}`,
        );
  });
}

function placeOf({ id, declaration, catalogue }: SystemSubject, { address }: PlannedResource, attribute: string): Place {
  const at = declaration && { file: declaration.source.path, path: declaredPath(declaration, address, catalogue.components) };
  return { system: id, address, attribute, ...(at === undefined ? {} : { at }) };
}
