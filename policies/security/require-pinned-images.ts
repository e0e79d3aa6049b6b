import { declaredGroup, declaredPath } from "../../catalog/declared-place.ts";
import { containersOf, kubernetesName } from "../../catalog/terraform-plan/kubernetes.ts";
import { blocks, type PlannedResource, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
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

/** Rejects anything that starts from an image which is not pinned: a server by the catalogue's id for its pool, a container by digest. */
export const requirePinnedImages = defineSystemPolicy({
  id: "security/require-pinned-images",
  level: "mandatory",
  title: { zh: "镜像固定到编号或摘要", en: "Every image is pinned by id or digest" },
  why: {
    zh: "按名称或标签取镜像，同一份申请今天和明天装出来的不是同一个系统，也可能被人掉包",
    en: "By name or tag the same request installs one thing today and another tomorrow, or whatever somebody put in its place",
  },
  clause: "GB/T 22239-2019 8.2.4.4 镜像和快照保护",
  remedy: {
    zh: "服务器用 catalog/images.yaml 里本资源池的镜像编号，容器用带 @sha256 摘要的镜像",
    en: "Start servers from the id that catalog/images.yaml has for the pool, and containers from an image with its @sha256 digest",
  },
  check(subject) {
    if (subject.pool === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    return subject.resources.flatMap((resource) => {
      switch (resource.type) {
        case "openstack_compute_instance_v2":
          return instanceVerdicts(subject, resource);
        case "openstack_blockstorage_volume_v3":
          return "image_id" in resource.values || resource.unknown.has("image_id")
            ? [imageVerdict(subject, resource, "image_id", stringValue(resource, "image_id"))]
            : [];
        case "kubernetes_deployment_v1":
          return containerVerdicts(subject, resource);
        default:
          return [];
      }
    });
  },
});

/** What a server boots from: its boot disk's image, or, with a disk of its own, the image that it names. */
function instanceVerdicts(subject: SystemSubject, server: PlannedResource): Verdict[] {
  const disks = blocks(server, "block_device");
  const boot = disks.find((each) => Number(each["boot_index"] ?? -1) === 0) ?? (disks.length === 1 ? disks[0] : undefined);
  const verdicts: Verdict[] = [];
  const name = stringValue(server, "image_name");
  const id = stringValue(server, "image_id");
  if ((name !== undefined && name !== "" && id === undefined) || server.unknown.has("image_name"))
    verdicts.push(
      violation(
        placeOf(subject, server, "image_name"),
        `服务器按名称${name === undefined ? "" : ` ${name} `}取镜像；名称指到哪个镜像会变，应写目录里的编号`,
        `Cannot name an image${name === undefined ? "" : ` (${name})`}: wanted its id in the catalogue`,
      ),
    );
  if (id !== undefined || server.unknown.has("image_id")) verdicts.push(imageVerdict(subject, server, "image_id", id));
  if (boot !== undefined) {
    const from = typeof boot["source_type"] === "string" ? boot["source_type"] : undefined;
    const uuid = typeof boot["uuid"] === "string" ? boot["uuid"] : undefined;
    if (from === "image") verdicts.push(imageVerdict(subject, server, "block_device.uuid", uuid));
    else
      verdicts.push(
        violation(
          placeOf(subject, server, "block_device.source_type"),
          `服务器的系统盘来自 ${from ?? "未知来源"}；应来自目录里的镜像`,
          `Cannot boot from a ${from ?? "source that is not known before apply"}: wanted an image of the catalogue`,
        ),
      );
  }
  if (verdicts.length === 0)
    verdicts.push(
      undetermined(
        placeOf(subject, server, "block_device"),
        "看不到服务器从哪个镜像启动；应写目录里的镜像编号",
        "Cannot tell what this server boots from: wanted an image of the catalogue by its id",
      ),
    );
  return verdicts;
}

/** The id that the declared image has in the pool; of a server that nobody declared, any of the catalogue's. */
function imageVerdict(subject: SystemSubject, resource: PlannedResource, attribute: string, id: string | undefined): Verdict {
  const { declaration, catalogue, pool } = subject;
  const place = () => placeOf(subject, resource, attribute);
  const group = declaredGroup(resource.address)?.group;
  const declared = [...(declaration?.servers ?? []), ...(declaration?.gpuServers ?? [])].find(({ key }) => key === group)?.image;
  const idOf = (key: string) => catalogue.images.get(key)?.pools[pool?.key ?? ""];
  if (id === undefined)
    return undetermined(
      place(),
      `服务器的镜像编号要到执行后才知道${declared === undefined ? "" : `；应直接写 ${declared} 的 ${idOf(declared) ?? "编号"}`}`,
      `Cannot tell the image before apply${declared === undefined ? "" : `: wanted ${declared}, ${idOf(declared) ?? "by its id"}`}`,
    );
  if (declared !== undefined)
    return idOf(declared) === id
      ? pass()
      : violation(
          place(),
          `服务器的镜像编号是 ${id}；应为资源池 ${pool?.key} 里 ${declared} 的编号 ${idOf(declared) ?? "（没有）"}`,
          `Cannot start from image ${id}: wanted ${idOf(declared) ?? "none, for there is none"}, which is ${declared} in pool ${pool?.key}`,
        );
  return [...catalogue.images.keys()].some((key) => idOf(key) === id)
    ? pass()
    : violation(
        place(),
        `服务器的镜像编号 ${id} 在目录里查不到；应为资源池 ${pool?.key} 里有的镜像`,
        `Cannot start from image ${id}: the catalogue has no such image in pool ${pool?.key}`,
      );
}

function containerVerdicts(subject: SystemSubject, deployment: PlannedResource): Verdict[] {
  const place = () => placeOf(subject, deployment, "spec.template.spec.container.image");
  const containers = containersOf(deployment);
  const name = kubernetesName(deployment).name ?? deployment.name;
  if (containers.length === 0)
    return [
      undetermined(
        place(),
        `看不到组件 ${name} 用什么镜像；应写带 @sha256 摘要的镜像`,
        `Cannot tell the image of ${name}: no container is known before apply`,
      ),
    ];
  return containers.map(({ image }) => {
    if (image === undefined)
      return undetermined(
        place(),
        `组件 ${name} 的镜像要到执行后才知道；应直接写带 @sha256 摘要的镜像`,
        `Cannot tell the image of ${name} before apply: wanted one with its digest`,
      );
    return /@sha256:[0-9a-f]{64}$/.test(image)
      ? pass()
      : violation(
          place(),
          `容器镜像 ${image} 没有固定内容；后面应带摘要 @sha256:…`,
          `Cannot run ${image} without a digest: wanted @sha256: and 64 digits behind it`,
        );
  });
}

function placeOf({ id, declaration, catalogue }: SystemSubject, { address }: PlannedResource, attribute: string): Place {
  if (declaration === undefined) return { system: id, address, attribute };
  const path = declaredPath(declaration, address, catalogue.components);
  const ofGroup = path.length === 2 && (path[0] === "servers" || path[0] === "gpuServers");
  return { system: id, address, attribute, at: { file: declaration.source.path, path: ofGroup ? [...path, "image"] : path } };
}
