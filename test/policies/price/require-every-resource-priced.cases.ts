import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "每个资源都对应附件1的一项，或写明免费的理由", en: "every resource is on a line of Annex 1 or free with a reason" },
    subject: systemSubject(),
    verdict: "pass",
  },
  {
    example: { zh: "计划时还不知道一块数据盘有多大", en: "the size of a data volume is not known in the plan" },
    subject: systemSubject(undefined, {
      unpriced: [
        {
          address: "openstack_blockstorage_volume_v3.servers_db-1_data",
          type: "openstack_blockstorage_volume_v3",
          attribute: "size",
          reason: { zh: "计划时不知道卷的大小", en: "size is not known in the plan" },
        },
      ],
    }),
    verdict: "undetermined",
    finds: ["undetermined openstack_blockstorage_volume_v3.servers_db-1_data#size: Cannot price it: size is not known in the plan"],
  },
  {
    example: { zh: "计划里有附件1没有的托管数据库", en: "the plan has a managed database, of which Annex 1 knows nothing" },
    subject: systemSubject(undefined, {
      unpriced: [
        {
          address: "openstack_db_instance_v1.db",
          type: "openstack_db_instance_v1",
          attribute: "type",
          reason: {
            zh: "没有资源类型 openstack_db_instance_v1 的计价方法",
            en: "there is no costing for resource type openstack_db_instance_v1",
          },
        },
      ],
    }),
    verdict: "undetermined",
    finds: [
      "undetermined openstack_db_instance_v1.db#type: Cannot price it: there is no costing for resource type openstack_db_instance_v1",
    ],
  },
];
