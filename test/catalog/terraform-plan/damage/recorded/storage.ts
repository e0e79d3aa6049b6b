import { add, all, edit, type Row, remove } from "../rows.ts";

const online = (on: boolean) => edit("blockstorage_volume_v3.data", { enable_online_resize: on ? true : null });
const volume = "blockstorage_volume.data";

/** Volumes, shares, containers, as recorded. */
export const STORAGE: readonly Row[] = [
  {
    row: "volume-grow-attached",
    before: online(false),
    after: edit("blockstorage_volume_v3.data", { size: 20 }),
    changes: [`update ${volume} fails-at-apply`],
    damage: ["fails-at-apply"],
  },
  { row: "volume-grow-online", after: edit("blockstorage_volume_v3.data", { size: 20 }), changes: [`update ${volume}`], damage: [] },
  {
    row: "a volume that nothing uses grows",
    before: all(online(false), remove("compute_volume_attach_v2.data")),
    after: edit("blockstorage_volume_v3.data", { size: 20 }),
    changes: [`update ${volume}`],
    damage: [],
  },
  {
    row: "volume-shrink",
    after: edit("blockstorage_volume_v3.data", { size: 5 }),
    changes: [`update ${volume} fails-at-apply`],
    damage: ["fails-at-apply"],
  },
  {
    row: "a size that is no longer known",
    after: edit("blockstorage_volume_v3.data", { size: "${var.size}" }),
    changes: [`update ${volume} fails-at-apply`],
    damage: ["fails-at-apply"],
  },
  {
    row: "volume-retype-default",
    before: edit("blockstorage_volume_v3.data", { volume_retype_policy: null }),
    after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
    changes: [`update ${volume}`],
    damage: [],
  },
  {
    row: "volume-retype-never",
    before: edit("blockstorage_volume_v3.data", { volume_retype_policy: "never" }),
    after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
    changes: [`update ${volume}`],
    damage: [],
  },
  {
    row: "volume-retype-on-demand",
    after: edit("blockstorage_volume_v3.data", { volume_type: "ssd" }),
    changes: [`update ${volume}`],
    damage: [],
  },
  {
    row: "volume-create-before-destroy",
    before: edit("blockstorage_volume_v3.data", { image_id: "image-a", lifecycle: { create_before_destroy: true } }),
    after: edit("blockstorage_volume_v3.data", { image_id: "image-b" }),
    changes: [`replace ${volume} data-lost fails-at-apply`, "replace compute_volume_attach.data"],
    damage: ["data-lost", "fails-at-apply"],
  },
  {
    row: "volume-remove",
    after: remove("blockstorage_volume_v3.data", "compute_volume_attach_v2.data"),
    changes: [`delete ${volume} data-lost`, "delete compute_volume_attach.data"],
    damage: ["data-lost"],
  },
  {
    row: "a volume taken off its server",
    after: remove("compute_volume_attach_v2.data"),
    changes: ["delete compute_volume_attach.data outage"],
    damage: ["outage"],
  },
  {
    row: "a volume made anew from an image",
    after: edit("blockstorage_volume_v3.data", { image_id: "image-b" }),
    changes: [`replace ${volume} data-lost`, "replace compute_volume_attach.data"],
    damage: ["data-lost"],
  },
  {
    row: "container-quota-and-share-grow",
    before: edit("sharedfilesystem_share_v2.common", { size: 50 }),
    after: all(
      edit("objectstorage_container_v1.archive", { metadata: { "Quota-Bytes": "53687091200" } }),
      edit("sharedfilesystem_share_v2.common", { size: 80 }),
    ),
    changes: ["update objectstorage_container.archive", "update sharedfilesystem_share.common"],
    damage: [],
  },
  {
    row: "share-shrink",
    after: edit("sharedfilesystem_share_v2.common", { size: 40 }),
    changes: ["update sharedfilesystem_share.common data-lost"],
    damage: ["data-lost"],
  },
  {
    row: "a share of another protocol",
    after: edit("sharedfilesystem_share_v2.common", { share_proto: "CIFS" }),
    changes: ["replace sharedfilesystem_share_access.common", "replace sharedfilesystem_share.common data-lost"],
    damage: ["data-lost"],
  },
  {
    row: "access to a share taken away",
    after: remove("sharedfilesystem_share_access_v2.common"),
    changes: ["delete sharedfilesystem_share_access.common outage"],
    damage: ["outage"],
  },
  {
    row: "access to a share taken away while another share goes",
    before: add("sharedfilesystem_share_v2.other", { name: "other", size: 1, share_proto: "NFS" }),
    after: remove("sharedfilesystem_share_access_v2.common", "sharedfilesystem_share_v2.other"),
    changes: ["delete sharedfilesystem_share_access.common outage", "delete sharedfilesystem_share.other data-lost"],
    damage: ["data-lost", "outage"],
  },
  {
    row: "a container removed",
    after: remove("objectstorage_container_v1.archive"),
    changes: ["delete objectstorage_container.archive data-lost"],
    damage: ["data-lost"],
  },
  {
    row: "a container that anybody may read",
    after: edit("objectstorage_container_v1.archive", { container_read: ".r:*" }),
    changes: ["update objectstorage_container.archive exposure-changed"],
    damage: ["exposure-changed"],
  },
];
