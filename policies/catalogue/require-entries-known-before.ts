import { isProvided } from "../../catalog/declaration.ts";
import { defineContractPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a request that uses a pool or an image that it brings itself: nobody has checked it when the request is judged by it. */
export const requireEntriesKnownBefore = defineContractPolicy({
  id: "catalogue/require-entries-known-before",
  level: "mandatory",
  title: { zh: "用到的资源池和镜像已先登记", en: "Pools and images in use were in the catalogue before" },
  why: {
    zh: "自己带来资源池或镜像再马上使用，余量、所在地、登录地址、镜像内容都由申请人说了算",
    en: "Who brings a pool or an image and uses it at once decides on its capacity, place, address and content alone",
  },
  clause: "合同 5.1.1; GB/T 22239-2019 8.2.4.4 镜像和快照保护",
  remedy: {
    zh: "分两次申请：先登记资源池或镜像，批准后再使用；必须一次完成的，由中心登记豁免",
    en: "Make two requests: record the pool or image, and use it once that is approved; where it has to be one, the centre records a waiver",
  },
  check({ base, catalogue, declarations }) {
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    const users = declarations.filter(isProvided);
    const check = (kind: "pools" | "images", key: string, noun: { zh: string; en: string }): Verdict[] => {
      const user = users.find(({ pool, servers, gpuServers }) =>
        kind === "pools" ? pool === key : [...servers, ...gpuServers].some(({ image }) => image === key),
      );
      if (user === undefined) return [];
      const file = `catalog/${kind}.yaml`;
      return [
        violation(
          { address: `${file}/${kind}`, attribute: key, at: { file, path: [kind, key] } },
          `${noun.zh} ${key} 是本次申请新登记的，${user.id} 就已使用；应先登记、批准后再用`,
          `Cannot use ${noun.en} ${key} in ${user.id}: this very request brings it, wanted it approved before`,
        ),
      ];
    };
    const found = [
      ...[...catalogue.pools.keys()]
        .filter((key) => !base.catalogue.pools.has(key))
        .flatMap((key) => check("pools", key, { zh: "资源池", en: "pool" })),
      ...[...catalogue.images.keys()]
        .filter((key) => !base.catalogue.images.has(key))
        .flatMap((key) => check("images", key, { zh: "镜像", en: "image" })),
    ];
    return found.length === 0 ? [pass()] : found;
  },
});
