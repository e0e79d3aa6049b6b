import { expect } from "vitest";
import { shop } from "../../shop.ts";
import { add, all, bare, edit, type Row } from "../rows.ts";

/** Shares, containers, quotas of volumes and cores, beside the recorded plans. */
export const STORAGE: readonly Row[] = [
  {
    row: "a share whose size is no longer known",
    after: edit("sharedfilesystem_share_v2.common", { size: "${var.size}" }),
    changes: ["update sharedfilesystem_share.common data-lost"],
    damage: ["data-lost"],
  },
  {
    row: "a public share",
    after: edit("sharedfilesystem_share_v2.common", { is_public: true }),
    changes: ["update sharedfilesystem_share.common exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "one more that may mount a share",
    after: add("sharedfilesystem_share_access_v2.other", {
      share_id: "${openstack_sharedfilesystem_share_v2.common.id}",
      access_type: "ip",
      access_to: "0.0.0.0/0",
    }),
    changes: ["create sharedfilesystem_share_access.other exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a container below what it may hold, which only the cloud knows",
    after: edit("objectstorage_container_v1.archive", { metadata: { "Quota-Bytes": "1" } }),
    changes: ["update objectstorage_container.archive"],
    damage: [],
  },
  {
    row: "a container copied elsewhere",
    after: edit("objectstorage_container_v1.archive", { container_sync_to: "//realm/cluster/account/c" }),
    changes: ["update objectstorage_container.archive exposure-changed"],
    damage: ["exposure-changed"],
  },
  {
    row: "a quota of volumes that the same change overruns",
    before: add("blockstorage_quotaset_v3.system", { gigabytes: 200 }),
    after: all(edit("blockstorage_quotaset_v3.system", { gigabytes: 100 }), edit("blockstorage_volume_v3.data", { size: 50 })),
    changes: ["update blockstorage_quotaset.system fails-at-apply", "update blockstorage_volume.data"],
    damage: ["fails-at-apply"],
  },
  {
    row: "a quota of volumes below what stands and does not grow",
    before: add("blockstorage_quotaset_v3.system", { gigabytes: 200 }),
    after: edit("blockstorage_quotaset_v3.system", { gigabytes: 50 }),
    changes: ["update blockstorage_quotaset.system"],
    damage: [],
  },
  {
    row: "a system made with too small a quota",
    before: bare({}),
    after: (system) => Object.assign(system, shop(), { compute_quotaset_v2: { system: { cores: 2 } } }),
    changes: expect.arrayContaining(["create compute_quotaset.system fails-at-apply"]) as unknown as string[],
    damage: ["fails-at-apply"],
  },
];
