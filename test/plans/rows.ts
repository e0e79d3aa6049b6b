import type { DamageClass } from "../../catalog/terraform-plan/planned-resource.ts";

/** What a recorded plan is read as. What it plans is in its row of the README; the damage is that row's last column in this project's classes. */
export interface Row {
  readonly plan: string;
  readonly damage: readonly DamageClass[];
  /** What causes each update and replacement: the address without provider and version, and its attributes. */
  readonly cause: readonly string[];
}

/** A server that is made anew takes its attachment with it. */
const renewed = (attribute: string) => [`compute_instance.web-1 ${attribute}`, "compute_volume_attach.web-1-data instance_id"];

export const ROWS: readonly Row[] = [
  // Whole system
  { plan: "create-system", damage: [], cause: [] },
  { plan: "no-op", damage: [], cause: [] },
  { plan: "retire-all", damage: ["data-lost"], cause: [] },
  { plan: "delayed-auth-no-cloud", damage: [], cause: [] },
  { plan: "declaration-only-change", damage: [], cause: ["terraform_data.declaration input.owner"] },
  // Servers
  { plan: "image-id-change", damage: ["root-disk-lost"], cause: ["compute_instance.img-1 image_id"] },
  { plan: "boot-volume-image-change", damage: ["root-disk-lost"], cause: renewed("block_device.uuid") },
  { plan: "boot-volume-image-id-endless-diff", damage: ["reboot"], cause: ["compute_instance.mix-1 image_id security_groups"] },
  { plan: "flavor-resize", damage: ["reboot"], cause: ["compute_instance.web-1 flavor_id"] },
  { plan: "flavor-resize-local-disk", damage: ["reboot"], cause: ["compute_instance.img-1 flavor_id"] },
  { plan: "flavor-deleted-then-changed", damage: ["root-disk-lost"], cause: ["compute_instance.mis-1 flavor_id"] },
  { plan: "flavor-definition-change", damage: ["reboot"], cause: ["compute_flavor.gpu ram", "compute_instance.gpu-1 flavor_id"] },
  { plan: "flavor-extra-specs-change", damage: [], cause: ["compute_flavor.gpu extra_specs.pci_passthrough:alias"] },
  { plan: "user-data-change", damage: ["root-disk-lost"], cause: renewed("user_data") },
  { plan: "ignored-user-data-change", damage: [], cause: [] },
  { plan: "key-pair-change", damage: ["root-disk-lost"], cause: renewed("key_pair") },
  // The orphaned disk is lost to its server; that it goes on being billed is no damage.
  { plan: "orphaned-boot-disk", damage: ["root-disk-lost"], cause: renewed("user_data") },
  { plan: "server-rename", damage: [], cause: ["compute_instance.web-1 name"] },
  { plan: "server-add", damage: [], cause: [] },
  { plan: "server-remove", damage: ["data-lost"], cause: [] },
  { plan: "tainted", damage: ["root-disk-lost"], cause: [] },
  { plan: "power-state-drift", damage: ["reboot"], cause: ["compute_instance.img-1 power_state"] },
  { plan: "image-deleted", damage: [], cause: [] },
  { plan: "image-deleted-by-name", damage: ["fails-at-apply"], cause: ["compute_instance.nam-1 image_name"] },
  { plan: "instance-group-by-id-endless-diff", damage: ["exposure-changed"], cause: ["compute_instance.nam-1 security_groups"] },
  { plan: "quota-exceeded", damage: ["fails-at-apply"], cause: [] },
  { plan: "gpu-and-baremetal", damage: [], cause: [] },
  { plan: "computed-unknown", damage: [], cause: [] },
  // Networks and addresses
  { plan: "network-rename", damage: [], cause: ["networking_network.web name"] },
  {
    // The router interface goes before the subnet refuses to: the network stays without its router.
    plan: "subnet-cidr-change",
    damage: ["fails-at-apply", "outage"],
    cause: [
      "networking_port.web-1 fixed_ip.ip_address fixed_ip.subnet_id",
      "networking_router_interface.web subnet_id",
      "networking_subnet.web cidr",
    ],
  },
  { plan: "port-fixed-ip-change", damage: ["re-addressed"], cause: ["networking_port.web-1 fixed_ip.ip_address"] },
  {
    plan: "port-mac-change",
    damage: ["root-disk-lost", "re-addressed"],
    cause: [...renewed("network.port"), "networking_port.web-1 mac_address"],
  },
  // Exposure
  { plan: "security-group-rule-open", damage: ["exposure-changed"], cause: [] },
  {
    plan: "security-group-rule-description-change",
    damage: [],
    cause: ["networking_secgroup_rule.in-tcp-22-10-99-0-0-16 description"],
  },
  {
    plan: "default-rule-conflict",
    damage: ["fails-at-apply"],
    cause: [],
  },
  { plan: "floating-ip-add", damage: ["exposure-changed"], cause: [] },
  {
    plan: "floating-ip-without-router",
    damage: ["fails-at-apply"],
    cause: [],
  },
  { plan: "port-security-omitted", damage: ["exposure-changed"], cause: ["networking_port.p no_security_groups"] },
  { plan: "firewall", damage: [], cause: [] },
  { plan: "firewall-rule-open", damage: ["exposure-changed"], cause: ["fw_rule.ssh source_ip_address"] },
  { plan: "firewall-rule-order", damage: ["exposure-changed"], cause: ["fw_policy.in rules"] },
  // Volumes, shares, containers
  { plan: "volume-grow-attached", damage: ["fails-at-apply"], cause: ["blockstorage_volume.web-1-data size"] },
  { plan: "volume-grow-online", damage: [], cause: ["blockstorage_volume.web-1-data size"] },
  { plan: "volume-shrink", damage: ["fails-at-apply"], cause: ["blockstorage_volume.web-1-data size"] },
  { plan: "volume-retype-default", damage: [], cause: ["blockstorage_volume.web-1-data volume_type"] },
  { plan: "volume-retype-never", damage: [], cause: ["blockstorage_volume.web-1-data volume_type"] },
  { plan: "volume-retype-on-demand", damage: [], cause: ["blockstorage_volume.web-1-data volume_type"] },
  { plan: "volume-remove", damage: ["data-lost"], cause: [] },
  {
    // The row tells of a volume with a snapshot, which no plan shows: without one the old volume's data go.
    plan: "volume-create-before-destroy",
    damage: ["data-lost", "fails-at-apply"],
    cause: ["blockstorage_volume.v image_id"],
  },
  {
    plan: "container-quota-and-share-grow",
    damage: [],
    cause: ["objectstorage_container.archive metadata.Quota-Bytes", "sharedfilesystem_share.common size"],
  },
  { plan: "share-shrink", damage: ["data-lost"], cause: ["sharedfilesystem_share.common size"] },
  // State and drift
  { plan: "forget", damage: [], cause: [] },
  { plan: "import", damage: [], cause: [] },
  { plan: "moved", damage: [], cause: [] },
  { plan: "drift", damage: ["fails-at-apply"], cause: ["blockstorage_volume.api-1-data size"] },
  // Quotas, identity, pools, keys, VPN
  { plan: "quota-below-use", damage: ["fails-at-apply"], cause: ["compute_quotaset.system cores"] },
  {
    plan: "quota-volume-type-endless-diff",
    damage: [],
    cause: [
      `blockstorage_quotaset.system ${["gigabytes", "snapshots", "volumes"].map((each) => `volume_type_quota.${each}___DEFAULT__`).join(" ")}`,
    ],
  },
  { plan: "aggregate", damage: [], cause: [] },
  { plan: "aggregate-metadata-change", damage: [], cause: ["compute_aggregate.gpu metadata.ssd"] },
  { plan: "identity", damage: [], cause: [] },
  { plan: "project-disable", damage: ["outage"], cause: ["identity_project.p enabled"] },
  { plan: "key-manager", damage: [], cause: [] },
  {
    // "Secret replaced": what was encrypted with it cannot be read, and who holds the old reference finds nothing.
    plan: "key-manager-payload-change",
    damage: ["data-lost", "outage"],
    cause: ["keymanager_container.tls secret_refs.secret_ref", "keymanager_secret.key payload"],
  },
  { plan: "vpn", damage: [], cause: [] },
  {
    plan: "vpn-peer-network-add",
    damage: ["fails-at-apply"],
    cause: ["vpnaas_endpoint_group.peer endpoints", "vpnaas_site_connection.c peer_ep_group_id"],
  },
  // Kubernetes
  { plan: "kubernetes-namespace", damage: [], cause: [] },
];
