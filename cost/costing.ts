import type { ItemId } from "../catalog/annex-1.ts";
import type { Catalogue } from "../catalog/catalogue.ts";
import type { Flavor } from "../catalog/flavor.ts";
import type { DiskType, Family, Pool } from "../catalog/pool.ts";
import { type PlannedResource, stringValue } from "../catalog/terraform-plan/planned-resource.ts";
import { type Text, text } from "../catalog/text.ts";

/** A quantity of one line of Annex 1 for a month, in the line's unit, as the plan has it: added up and multiplied it is a decimal. */
export interface PricedQuantity {
  readonly item: ItemId;
  readonly quantity: number;
}

/** What one resource costs. `unpriced` is its own case and refuses the plan: a missing price is never zero. */
export type Costing =
  | { readonly kind: "priced"; readonly quantities: readonly PricedQuantity[] }
  | { readonly kind: "free"; readonly reason: Text }
  | Unpriced;

export interface Unpriced {
  readonly kind: "unpriced";
  readonly attribute: string;
  readonly reason: Text;
}

/** Reads a resource into quantities; unit prices come later, and nothing is rounded. */
export type CostResource = (resource: PlannedResource, facts: CostingFacts) => Costing;

/** What a costing may ask about the cloud. */
export interface CostingFacts {
  /** By flavor id: offered by the platform, or made in the same stack. */
  flavor(id: string): Flavor | undefined;
  /** A flavor made in the same stack, by its address: its id may be known after the apply alone. `unreadable` is one that says too little. */
  flavorAt(address: string): Flavor | "unreadable" | undefined;
  /** Storage class behind a volume type's name; capitals make no difference. */
  diskType(volumeType: string): DiskType | undefined;
  /** Names of volume types that have one, for whoever wrote another. */
  readonly diskTypeNames: readonly string[];
}

export function priced(...quantities: readonly (readonly [ItemId, number])[]): Costing {
  return { kind: "priced", quantities: quantities.map(([item, quantity]) => ({ item, quantity })) };
}

export function free(zh: string, en: string): Costing {
  return { kind: "free", reason: text(zh, en) };
}

export function unpriced(attribute: string, zh: string, en: string): Unpriced {
  return { kind: "unpriced", attribute, reason: text(zh, en) };
}

/** Lines of a core and of a GB of memory for a family: 1 and 2, or 3 and 4 for the domestic ones (国产型, C86 and ARM). */
export function computeItems(family: Family): readonly [core: ItemId, memory: ItemId] {
  return family === "general" ? ["1", "2"] : ["3", "4"];
}

/** What a server of a flavor uses: cores and memory (lines 1 to 4), or a GPU box (lines 5 to 7) with its cards (lines 8 to 13). */
export function flavorQuantities(flavor: Flavor): (readonly [ItemId, number])[] {
  if (flavor.kind === "server") {
    const [core, memory] = computeItems(flavor.family);
    return [
      [core, flavor.cpu],
      [memory, flavor.memoryGb],
    ];
  }
  const { box, cards } = flavor;
  return [[`${box + 4}` as ItemId, 1], ...(cards === undefined ? [] : [[`${cards.type + 7}` as ItemId, cards.count] as const])];
}

/** What is told of a volume type that no line prices, with those that are. */
export function noDiskType(attribute: string, volumeType: string, { diskTypeNames }: CostingFacts): Costing {
  return unpriced(
    attribute,
    `附件1没有卷类型 ${volumeType}；已知的有 ${diskTypeNames.join("、") || "（无）"}`,
    `Annex 1 has no volume type ${volumeType}; wanted ${diskTypeNames.join(" or ") || "one of the catalogue"}`,
  );
}

/** Line of a GB of block storage: 14 (SAS) or 15 (SSD). */
export function diskItem(type: DiskType): ItemId {
  return type === "sas" ? "14" : "15";
}

/** Facts for the stack of a pool; without one (the platform), for all pools. */
export function costingFacts(catalogue: Catalogue, resources: readonly PlannedResource[], pool: Pool | undefined): CostingFacts {
  const own = new Map<string, Flavor>();
  const byAddress = new Map<string, Flavor | "unreadable">();
  for (const resource of resources) {
    if (resource.type !== "openstack_compute_flavor_v2") continue;
    const flavor = readFlavor(resource);
    byAddress.set(resource.address, flavor ?? "unreadable");
    const id = stringValue(resource, "flavor_id");
    if (flavor !== undefined && id !== undefined) own.set(id, flavor);
  }
  const pools = pool === undefined ? [...catalogue.pools.values()] : [pool];
  const diskTypes = readDiskTypes(pools);
  return {
    flavor: (id) => catalogue.flavors.offered.get(id) ?? own.get(id),
    flavorAt: (address) => byAddress.get(address),
    diskType: (volumeType) => diskTypes.get(volumeType.toLowerCase()),
    diskTypeNames: [...new Set(pools.flatMap(({ openstack }) => [openstack.volumeTypes.sas, openstack.volumeTypes.ssd]))],
  };
}

/** Storage class by the name of a volume type in small letters; undefined for a name that means SAS in one pool and SSD in another, which tells nothing. */
function readDiskTypes(pools: Iterable<Pool>): ReadonlyMap<string, DiskType | undefined> {
  const found = new Map<string, DiskType | undefined>();
  for (const { openstack } of pools) {
    for (const type of ["sas", "ssd"] as const) {
      const name = openstack.volumeTypes[type].toLowerCase();
      found.set(name, found.has(name) && found.get(name) !== type ? undefined : type);
    }
  }
  return found;
}

/** What a stack's own flavor stands for, by the extra specs that every flavor of this project carries. */
function readFlavor(resource: PlannedResource): Flavor | undefined {
  const { vcpus, ram, disk, extra_specs: specs } = resource.values;
  // The provider chooses an id where none is given; until then the address tells one flavor from another.
  const id = stringValue(resource, "flavor_id") ?? resource.address;
  if (
    typeof vcpus !== "number" ||
    typeof ram !== "number" ||
    ram % 1024 !== 0 ||
    typeof disk !== "number" ||
    typeof specs !== "object" ||
    specs === null
  )
    return undefined;
  const spec = specs as Readonly<Record<string, unknown>>;
  const family = spec["govcloud:family"];
  if (family === "general" || family === "c86" || family === "arm")
    return disk === 0 ? { kind: "server", id, family, cpu: vcpus, memoryGb: ram / 1024 } : undefined;
  const box = Number(spec["govcloud:box"]);
  if (box !== 1 && box !== 2 && box !== 3) return undefined;
  const { "govcloud:card-type": cardType, "govcloud:card-count": cardCount } = spec;
  const type = Number(cardType);
  const count = Number(cardCount);
  if (cardType === undefined && cardCount === undefined)
    return { kind: "gpu-box", id, box, cpu: vcpus, memoryGb: ram / 1024, diskGb: disk, cards: undefined };
  if (type !== 1 && type !== 2 && type !== 3 && type !== 4 && type !== 5 && type !== 6) return undefined;
  return Number.isInteger(count) && count > 0
    ? { kind: "gpu-box", id, box, cpu: vcpus, memoryGb: ram / 1024, diskGb: disk, cards: { type, count } }
    : undefined;
}
