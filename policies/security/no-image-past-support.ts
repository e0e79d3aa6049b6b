import { type Declaration, isProvided } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";

/** Rejects new or changed servers of an image that its vendor has stopped to mend. */
export const noImagePastSupport = defineSystemPolicy({
  id: "security/no-image-past-support",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "不用停止维护的镜像", en: "No image is past its support" },
  why: {
    zh: "厂商停止维护后漏洞不再修补；新建或变更的服务器不能从这样的镜像开始",
    en: "After its last day of support nobody mends an image's holes: no new or changed server may start from it",
  },
  clause: "GB/T 22239-2019 8.1.4.4 入侵防范; GB/T 22239-2019 8.2.4.4 镜像和快照保护",
  remedy: {
    zh: "换成还在维护期内的镜像；维护期登记有误的请改 catalog/images.yaml",
    en: "Choose an image that is still supported; where its last day is recorded wrongly, correct catalog/images.yaml",
  },
  check({ at, base, catalogue, declaration }) {
    if (declaration === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线，没有服务器", "the system is retired and has no servers")];
    return (["servers", "gpuServers"] as const).flatMap((kind) =>
      declaration[kind].map((group) => {
        const path = [kind, group.key, "image"];
        const place = {
          ...declared(declaration, path),
          at: { file: declaration.source.path, path: writtenPath(declaration.source, path, [kind, group.key]) },
        };
        const image = catalogue.images.get(group.image);
        if (image === undefined)
          return undetermined(
            place,
            `服务器组 ${group.key} 用的镜像 ${group.image} 不在目录里，不知道维护到哪一天`,
            `Cannot tell until when image ${group.image} is supported: the catalogue has no such image`,
          );
        // ISO dates compare as text; the last day is a day of support.
        if (at.toString() <= image.supportedUntil) return pass();
        if (stoodAsItIs(base?.declaration, kind, group))
          return notApplicable(
            "这组服务器没有变更，按计划迁移即可",
            "these servers stand as they stood: they are migrated in their own time",
          );
        return violation(
          place,
          `服务器组 ${group.key} 用的镜像 ${group.image} 只维护到 ${image.supportedUntil}（今天 ${at}）；应换成还在维护的镜像`,
          `Cannot start servers from image ${group.image}: its support ended on ${image.supportedUntil}, before ${at}`,
        );
      }),
    );
  },
});

/** Whether the base had the very same servers. Both readers write their keys in one order. */
function stoodAsItIs(base: Declaration | undefined, kind: "servers" | "gpuServers", group: { readonly key: string }): boolean {
  if (base === undefined || !isProvided(base)) return false;
  const before = base[kind].find(({ key }) => key === group.key);
  return before !== undefined && JSON.stringify(before) === JSON.stringify(group);
}
