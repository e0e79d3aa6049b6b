import type { Decimal } from "decimal.js";
import { type Text, text, verbatim } from "../../catalog/text.ts";
import type { Costing } from "../../cost/costing.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import { CloudFailure } from "../cloud/cloud-failure.ts";
import { type CloudLists, KINDS, type Kind, readCloudLists } from "./cloud-lists.ts";
import { costOf, monthlyOf, type Prices } from "./cost-of.ts";
import { type Known, leftOutBecause } from "./left-out.ts";
import type { ManagedIds } from "./managed-ids.ts";
import { type Opening, openedBy } from "./opened-by.ts";

/** Something in a system's project that the system's state does not hold: no plan shows it. */
export interface UnmanagedResource {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Its size, place or use, in short. */
  readonly what: Text;
  /** Instant as the cloud writes it; undefined where it does not tell. */
  readonly createdAt: string | undefined;
  /** What it uses of Annex 1, or why that has no price. */
  readonly costing: Costing;
  /** List price of a month, CNY; undefined where the costing is not priced. */
  readonly monthly: Decimal | undefined;
  readonly opening: Opening | undefined;
}

/** Something that no state holds either, and that is no finding. */
export interface LeftOut {
  readonly kind: Kind;
  readonly id: string;
  readonly reason: Text;
}

/** Terraform types whose ids are ids of a kind. A managed server, router or balancer has ports of its own beside these. */
const TYPES: Readonly<Record<Kind, readonly string[]>> = {
  server: ["openstack_compute_instance_v2"],
  volume: ["openstack_blockstorage_volume_v3"],
  snapshot: ["openstack_blockstorage_snapshot_v3"],
  backup: [],
  image: ["openstack_images_image_v2"],
  port: ["openstack_networking_port_v2", "openstack_networking_router_interface_v2"],
  "floating-ip": ["openstack_networking_floatingip_v2"],
  "security-group": ["openstack_networking_secgroup_v2"],
  "security-group-rule": ["openstack_networking_secgroup_rule_v2"],
  network: ["openstack_networking_network_v2"],
  subnet: ["openstack_networking_subnet_v2"],
  router: ["openstack_networking_router_v2"],
  container: ["openstack_objectstorage_container_v1"],
  share: ["openstack_sharedfilesystem_share_v2"],
  "load-balancer": ["openstack_lb_loadbalancer_v2"],
  "key-pair": ["openstack_compute_keypair_v2"],
};

/**
 * What the cloud's own lists hold of a system's project and the system's state does not. The client has to be signed in to that project. Throws
 * {@link CloudFailure} where any of the lists cannot be read: half a look would pass for a clean project. Key pairs are the user's, so every
 * project of the same user tells them.
 */
export async function unmanagedResources(
  client: CloudClient,
  project: string,
  managed: ManagedIds,
  prices: Prices,
): Promise<readonly UnmanagedResource[]> {
  const { name } = client.session.project;
  if (name !== project)
    throw new CloudFailure(
      "project",
      text(`登录的是项目 ${name}，不是 ${project}`, `Cannot compare project ${project}: the client is signed in to ${name}`),
    );
  return findUnmanaged(await readCloudLists(client), managed, prices).unmanaged;
}

/** The comparison alone, on lists that were read. */
export function findUnmanaged(
  lists: CloudLists,
  managed: ManagedIds,
  prices: Prices,
): { readonly unmanaged: readonly UnmanagedResource[]; readonly leftOut: readonly LeftOut[] } {
  const isManaged = (kind: Kind, id: string) => TYPES[kind].some((type) => managed.ids.get(type)?.has(id) === true);
  const known: Known = { managed, lists, isManaged };
  const unmanaged: UnmanagedResource[] = [];
  const leftOut: LeftOut[] = [];
  for (const kind of KINDS) {
    for (const thing of lists[kind]) {
      const id = String(thing["id"]);
      if (isManaged(kind, id)) continue;
      const reason = leftOutBecause(kind, thing, known);
      if (reason !== undefined) {
        leftOut.push({ kind, id, reason });
        continue;
      }
      const costing = costOf(kind, thing, prices);
      unmanaged.push({
        kind,
        id,
        name: nameOf(thing),
        what: whatItIs(kind, thing, lists),
        createdAt: createdAt(thing),
        costing,
        monthly: monthlyOf(costing, prices),
        opening: openedBy(kind, thing, lists),
      });
    }
  }
  return { unmanaged, leftOut };
}

function nameOf({ id, name, floating_ip_address: address }: CloudObject): string {
  const words = [name, address, id].find((each) => typeof each === "string" && each !== "");
  return String(words ?? "");
}

function createdAt(thing: CloudObject): string | undefined {
  const instant = thing["created_at"] ?? thing["created"];
  return typeof instant === "string" ? instant : undefined;
}

/** What tells a thing from others of its kind. */
function whatItIs(kind: Kind, thing: CloudObject, lists: CloudLists): Text {
  switch (kind) {
    case "server":
      return verbatim(String((thing["flavor"] as { id?: unknown } | undefined)?.id ?? ""));
    case "volume":
      return verbatim(`${thing["volume_type"]} ${thing["size"]} GB${attachedTo(thing, lists)}`);
    case "snapshot":
    case "backup":
    case "share":
      return verbatim(`${thing["size"]} GB`);
    case "image":
      return verbatim(String(thing["visibility"] ?? ""));
    case "port":
      return verbatim([thing["device_owner"], ...fixedIps(thing)].filter(Boolean).join(" "));
    case "floating-ip":
      return verbatim(String(thing["floating_ip_address"]));
    case "security-group-rule": {
      const group = lists["security-group"].find(({ id }) => id === thing["security_group_id"])?.["name"];
      return text(
        `安全组 ${group}，${thing["direction"]} ${thing["ethertype"]}`,
        `group ${group}, ${thing["direction"]} ${thing["ethertype"]}`,
      );
    }
    case "subnet":
      return verbatim(String(thing["cidr"]));
    case "container":
      return verbatim(`${thing["count"]} × ${thing["bytes"]} B`);
    case "load-balancer":
      return verbatim(String(thing["vip_address"]));
    case "key-pair":
      return verbatim(String(thing["fingerprint"] ?? ""));
    default:
      return verbatim("");
  }
}

function attachedTo(volume: CloudObject, lists: CloudLists): string {
  const [first] = Array.isArray(volume["attachments"]) ? (volume["attachments"] as { server_id?: unknown; device?: unknown }[]) : [];
  if (first === undefined) return "";
  const name = lists.server.find(({ id }) => id === first.server_id)?.["name"] ?? first.server_id;
  return ` → ${name} ${first.device}`;
}

function fixedIps(port: CloudObject): string[] {
  const ips = Array.isArray(port["fixed_ips"]) ? (port["fixed_ips"] as { ip_address?: unknown }[]) : [];
  return ips.map(({ ip_address: address }) => String(address));
}
