import type { ItemId } from "../../catalog/annex-1.ts";
import { type Text, text } from "../../catalog/text.ts";

/** Where the quantity of a line comes from: the fields of a declaration, and what Terraform builds for them. */
export interface LineSource {
  /** Paths in a declaration, `*` for any key or position; empty for what the platform has. */
  readonly fields: readonly string[];
  readonly note: Text | undefined;
  readonly resources: readonly { readonly type: string; readonly attributes: readonly string[] }[];
}

const INSTANCE = { type: "openstack_compute_instance_v2", attributes: ["flavor_id"] };
const VOLUMES = [
  { type: "openstack_blockstorage_volume_v3", attributes: ["size", "volume_type"] },
  { type: "openstack_compute_instance_v2", attributes: ["block_device"] },
];
const RECORD = { type: "terraform_data", attributes: ["input"] };
const GENERAL = text("family 为 general 的，乘以 count", "of family general, times count");
const DOMESTIC = text("family 为 c86 或 arm 的，乘以 count", "of families c86 and arm, times count");

const server = (field: string, note: Text): LineSource => ({ fields: [`servers.*.${field}`], note, resources: [INSTANCE] });
const box = (type: number): LineSource => ({
  fields: ["gpuServers.*.box"],
  note: text(`box 为 ${type} 的台数 count`, `the count of those of box ${type}`),
  resources: [INSTANCE],
});
const card = (type: number): LineSource => ({
  fields: ["gpuServers.*.cards"],
  note: text(`cards.type 为 ${type} 的块数 cards.count，乘以 count`, `cards.count of those of cards.type ${type}, times count`),
  resources: [INSTANCE],
});
const disk = (type: "sas" | "ssd"): LineSource => ({
  fields: ["servers.*.systemDisk", "servers.*.dataDisks.*"],
  note: text(`type 为 ${type} 的 sizeGb，乘以 count`, `sizeGb of those of type ${type}, times count`),
  resources: VOLUMES,
});
const record = (field: string, note?: Text): LineSource => ({ fields: [field], note, resources: [RECORD] });
const platform = (note: Text): LineSource => ({ fields: [], note, resources: [RECORD] });

/** Where a line's quantity comes from. */
export function lineSource(item: ItemId): LineSource {
  const source = LINE_SOURCES[item];
  if (source === undefined) throw new Error(`Cannot tell where line ${item} is read from: the table has no such line`);
  return source;
}

/** Every line of Annex 1 and the circuits; a test holds the table to what is built and priced. */
const LINE_SOURCES: Readonly<Record<ItemId, LineSource>> = {
  1: server("cpu", GENERAL),
  2: server("memoryGb", GENERAL),
  3: server("cpu", DOMESTIC),
  4: server("memoryGb", DOMESTIC),
  5: box(1),
  6: box(2),
  7: box(3),
  8: card(1),
  9: card(2),
  10: card(3),
  11: card(4),
  12: card(5),
  13: card(6),
  14: disk("sas"),
  15: disk("ssd"),
  16: {
    fields: ["storage.objectGb"],
    note: undefined,
    resources: [{ type: "openstack_objectstorage_container_v1", attributes: ["metadata"] }],
  },
  17: { fields: ["storage.fileGb"], note: undefined, resources: [{ type: "openstack_sharedfilesystem_share_v2", attributes: ["size"] }] },
  18: record("colocation.rackUnits.*", text("to − from + 1，标准机柜", "to − from + 1, in a standard rack")),
  19: record("colocation.rackUnits.*", text("to − from + 1，大功率机柜", "to − from + 1, in a high-power rack")),
  20: record("colocation.cabinets.*"),
  21: {
    fields: ["backupGb"],
    note: undefined,
    resources: [{ type: "openstack_blockstorage_quotaset_v3", attributes: ["backup_gigabytes"] }],
  },
  22: record("mlps", text("等保二级，每个系统一套", "of level 2, once for a system")),
  23: record("mlps", text("等保三级，每个系统一套", "of level 3, once for a system")),
  24: record("cryptography", text("每个系统一套", "once for a system")),
  25: platform(text("平台自有，整个合同一套", "the platform's own, once for the contract")),
  26: record("migration", text("免费", "free")),
  27: { fields: ["managedNodes.*"], note: undefined, resources: [{ type: "openstack_compute_aggregate_v2", attributes: ["hosts"] }] },
  L1: platform(text("平台自有，合同写明的电路数", "the platform's own, as many circuits as the contract says")),
};
