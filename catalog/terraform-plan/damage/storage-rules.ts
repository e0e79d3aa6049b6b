import { blocks, type DamageClass, valuesAt } from "../planned-resource.ts";
import type { Rules } from "./rule.ts";
import { type Change, destroys, type StackChanges, touches } from "./stack-changes.ts";

/** Volumes, shares, containers and what gives access to them. */
export const STORAGE_RULES: Rules = {
  openstack_blockstorage_volume_v3: volumeDamage,
  openstack_compute_volume_attach_v2: attachmentDamage("instance_id", "volume_id"),
  openstack_blockstorage_volume_attach_v3: attachmentDamage("volume_id"),
  openstack_sharedfilesystem_share_v2: (change) => {
    if (destroys(change)) return ["data-lost"];
    const damage: DamageClass[] = [];
    if (change.action === "update" && touches(change, "size") && sizeChange(change) !== "grows") damage.push("data-lost");
    if (change.action === "update" && touches(change, "is_public")) damage.push("exposure-changed");
    return damage;
  },
  openstack_sharedfilesystem_share_access_v2: (change, stack) => {
    switch (change.action) {
      case "create":
        return stack.isPointedTo(change, "share_id", "create", "replace") ? [] : ["exposure-changed"];
      case "delete":
        return stack.isPointedTo(change, "share_id", "delete", "replace") ? [] : ["outage"];
      case "replace":
        return stack.isPointedTo(change, "share_id", "replace") ? [] : ["outage", "exposure-changed"];
      default:
        return [];
    }
  },
  openstack_objectstorage_container_v1: (change) => {
    if (destroys(change)) return ["data-lost"];
    // A quota below what is stored only refuses what comes later.
    const opens = touches(change, "container_read", "container_write", "container_sync_to", "container_sync_key");
    return change.action === "update" && opens ? ["exposure-changed"] : [];
  },
  openstack_objectstorage_object_v1: (change) =>
    destroys(change) || touches(change, "content", "source", "copy_from", "object_manifest", "etag") ? ["data-lost"] : [],
};

function volumeDamage(change: Change, stack: StackChanges): readonly DamageClass[] {
  if (change.action === "delete") return ["data-lost"];
  // The new one stands, then Cinder refuses to delete the old one while it has snapshots, which no plan knows of.
  if (change.action === "replace") return change.after?.createBeforeDestroy === true ? ["data-lost", "fails-at-apply"] : ["data-lost"];
  if (change.action !== "update" || !touches(change, "size")) return [];
  if (sizeChange(change) !== "grows") return ["fails-at-apply"];
  return isAttached(change, stack) && change.after?.values["enable_online_resize"] !== true ? ["fails-at-apply"] : [];
}

function isAttached(volume: Change, stack: StackChanges): boolean {
  const server = "openstack_compute_instance_v2";
  return (
    stack.usersOf(volume, "openstack_compute_volume_attach_v2", "volume_id", "before").length > 0 ||
    stack.usersOf(volume, server, "block_device.uuid", "before").length > 0 ||
    blocks(volume.before, "attachment").length > 0
  );
}

function sizeChange({ before, after }: Change): "grows" | "shrinks" | "unknown" {
  const [from, to] = [valuesAt(before, "size")[0], valuesAt(after, "size")[0]];
  if (typeof from !== "number" || typeof to !== "number") return "unknown";
  return to < from ? "shrinks" : "grows";
}

/** A volume taken off a server that stays; with either of them the attachment goes too, and comes back with what is made anew. */
function attachmentDamage(...ends: readonly string[]) {
  return (change: Change, stack: StackChanges): readonly DamageClass[] =>
    !destroys(change) || stack.systemGoes || ends.some((path) => stack.isPointedTo(change, path, "delete", "replace")) ? [] : ["outage"];
}
