import type { CostResource } from "../costing.ts";
import { costAggregate } from "./aggregate.ts";
import { costBlockStorageQuota } from "./block-storage-quota.ts";
import { costContainer } from "./container.ts";
import { costInstance } from "./instance.ts";
import { costRecord } from "./record.ts";
import { costShare } from "./share.ts";
import { costVolume } from "./volume.ts";

/** The priced resource types, one costing each. */
export const COSTINGS: ReadonlyMap<string, CostResource> = new Map([
  ["openstack_blockstorage_quotaset_v3", costBlockStorageQuota],
  ["openstack_blockstorage_volume_v3", costVolume],
  ["openstack_compute_aggregate_v2", costAggregate],
  ["openstack_compute_instance_v2", costInstance],
  ["openstack_objectstorage_container_v1", costContainer],
  ["openstack_sharedfilesystem_share_v2", costShare],
  ["terraform_data", costRecord],
]);
