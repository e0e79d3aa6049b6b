import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration, server } from "../../declared.ts";
import { withReplaced } from "../../tree.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { request } from "./edited.ts";

const IMAGES = "catalog/images.yaml";
const entry = /(?<= {2}rocky-9:\n)(?: {4}.*\n)+/.exec(withReplaced(IMAGES, "images:\n", "images:\n")[IMAGES] ?? "")?.[0] ?? "";
const own = withReplaced(IMAGES, "images:\n", `images:\n  own-build:\n${entry}`);
const boots = (image: string) => [declaration({ servers: [server({ image })] })];

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "用原来就有的镜像", en: "an image that was there before" }, subject: request({}, boots("rocky-9")), verdict: "pass" },
  {
    example: { zh: "登记新镜像，还没有人用", en: "a new image that nobody uses yet" },
    subject: request(own, boots("rocky-9")),
    verdict: "pass",
  },
  {
    example: { zh: "带来自己的镜像，马上就用", en: "an image that the request brings and boots at once" },
    subject: request(own, boots("own-build")),
    verdict: "violation",
    finds: [
      "violation catalog/images.yaml/images#own-build: Cannot use image own-build in hrss/social: this very request brings it, wanted it approved before",
    ],
  },
  {
    example: { zh: "用新镜像的系统已下线", en: "the system that would boot it is retired" },
    subject: request(own, [declaration({ stage: "retired", servers: [server({ image: "own-build" })] })]),
    verdict: "pass",
  },
  {
    example: { zh: "带来自己的资源池，马上就用", en: "a pool that the request brings and uses at once" },
    subject: (() => {
      const subject = request({}, [declaration({ pool: "own" })]);
      const { pools } = subject.catalogue;
      const gov = pools.get("gov");
      return {
        ...subject,
        catalogue: { ...subject.catalogue, pools: new Map([...pools, ...(gov === undefined ? [] : [["own", gov] as const])]) },
      };
    })(),
    verdict: "violation",
    finds: [
      "violation catalog/pools.yaml/pools#own: Cannot use pool own in hrss/social: this very request brings it, wanted it approved before",
    ],
  },
  { example: { zh: "没有比较的基准", en: "nothing to compare with" }, subject: contractSubject(), verdict: "not-applicable" },
];
