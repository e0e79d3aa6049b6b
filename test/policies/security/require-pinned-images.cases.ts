import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, gpuServer, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { deployment, resources } from "./secured.ts";

const ROCKY = "61f88826-eda4-4912-bf53-0f21c8ef5914";
const KYLIN = "12222082-27ea-415e-9d5d-a0450c1ae1ed";
const APP = "openstack_compute_instance_v2.servers_app-1";
const BOX = "openstack_compute_instance_v2.gpu-servers_train-1";
const disk = (changes: Readonly<Record<string, unknown>>) => ({
  block_device: [{ boot_index: 0, source_type: "image", uuid: ROCKY, ...changes }],
});
const planned = (bodies: Parameters<typeof resources>[0]) =>
  systemSubject(declaration({ servers: [server()], gpuServers: [gpuServer()] }), { resources: resources(bodies) });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "按目录里的编号启动，容器带摘要", en: "servers from the catalogue's ids and a container with its digest" },
    subject: planned({ [APP]: disk({}), [BOX]: { image_id: KYLIN }, "kubernetes_deployment_v1.bundle_waf": deployment("waf") }),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "执行之后，提供者在镜像编号处写的是从卷启动",
      en: "after an apply, the provider's words for a boot volume in place of an image",
    },
    subject: planned({ [APP]: { ...disk({}), image_id: "Attempt to boot from volume - no image supplied" } }),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "只有提供者的那句话，没有系统盘可看",
      en: "the provider's words for a boot volume and no disk that tells its image",
    },
    subject: planned({ [APP]: { image_id: "Attempt to boot from volume - no image supplied" } }),
    verdict: "violation",
    finds: [
      `violation ${APP}#image_id: Cannot start from image Attempt to boot from volume - no image supplied: wanted ${ROCKY}, which is rocky-9 in pool gov`,
    ],
  },
  {
    example: {
      zh: "系统盘的镜像不是申请的那个（plans/boot-volume-image-change.json）",
      en: "a boot disk of another image than the declared (plans/boot-volume-image-change.json)",
    },
    subject: planned({ [APP]: disk({ uuid: "c4db0f08-e0fa-4e9b-8321-40bd93f15795" }) }),
    verdict: "violation",
    finds: [
      `violation ${APP}#block_device.uuid: Cannot start from image c4db0f08-e0fa-4e9b-8321-40bd93f15795: wanted ${ROCKY}, which is rocky-9 in pool gov`,
    ],
  },
  {
    example: { zh: "镜像在目录里，但不是申请的那个", en: "an image of the catalogue that is not the declared one" },
    subject: planned({ [APP]: disk({ uuid: KYLIN }) }),
    verdict: "violation",
    finds: [`violation ${APP}#block_device.uuid: Cannot start from image ${KYLIN}: wanted ${ROCKY}, which is rocky-9 in pool gov`],
  },
  {
    example: { zh: "按名称取镜像（plans/image-deleted-by-name.json）", en: "an image by its name (plans/image-deleted-by-name.json)" },
    subject: planned({ [APP]: { image_name: "tmp-img2" } }),
    verdict: "violation",
    finds: [`violation ${APP}#image_name: Cannot name an image (tmp-img2): wanted its id in the catalogue`],
  },
  {
    example: { zh: "申请之外的服务器，镜像也不在目录里", en: "a server that nobody declared, from an image that nobody keeps" },
    subject: planned({ "openstack_compute_instance_v2.jump": disk({ uuid: "b06c21f4-56ac-4a0a-b85a-d03b2a171a81" }) }),
    verdict: "violation",
    finds: [
      "violation openstack_compute_instance_v2.jump#block_device.uuid: Cannot start from image b06c21f4-56ac-4a0a-b85a-d03b2a171a81: the catalogue has no such image in pool gov",
    ],
  },
  {
    example: { zh: "从来历不明的卷启动", en: "a server that boots from some volume" },
    subject: planned({ [APP]: disk({ source_type: "volume" }) }),
    verdict: "violation",
    finds: [`violation ${APP}#block_device.source_type: Cannot boot from a volume: wanted an image of the catalogue`],
  },
  {
    example: { zh: "数据盘从目录外的镜像来", en: "a volume made of an image that nobody keeps" },
    subject: planned({
      "openstack_blockstorage_volume_v3.servers_app-1_data": { size: 10, image_id: "c4db0f08-e0fa-4e9b-8321-40bd93f15795" },
    }),
    verdict: "violation",
    finds: [
      `violation openstack_blockstorage_volume_v3.servers_app-1_data#image_id: Cannot start from image c4db0f08-e0fa-4e9b-8321-40bd93f15795: wanted ${ROCKY}, which is rocky-9 in pool gov`,
    ],
  },
  {
    example: { zh: "容器只写了标签，没有摘要", en: "a container by its tag, without a digest" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": deployment("waf", "registry.example.internal/archive/app:1.4.2") }),
    verdict: "violation",
    finds: [
      "violation kubernetes_deployment_v1.bundle_waf#spec.template.spec.container.image: Cannot run registry.example.internal/archive/app:1.4.2 without a digest: wanted @sha256: and 64 digits behind it",
    ],
  },
  {
    example: { zh: "镜像编号要到执行后才知道", en: "an image that only the apply will tell" },
    subject: planned({ [APP]: disk({ uuid: "${data.openstack_images_image_v2.latest.id}" }) }),
    verdict: "undetermined",
    finds: [`undetermined ${APP}#block_device.uuid: Cannot tell the image before apply: wanted rocky-9, ${ROCKY}`],
  },
  {
    example: { zh: "看不出从哪里启动", en: "a server that names nothing to boot from" },
    subject: planned({ [APP]: { flavor_id: "general-4c-8g" } }),
    verdict: "undetermined",
    finds: [`undetermined ${APP}#block_device: Cannot tell what this server boots from: wanted an image of the catalogue by its id`],
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
