import type { ItemId } from "../../catalog/annex-1.ts";
import type { Catalogue } from "../../catalog/catalogue.ts";
import { type Declaration, isProvided, type SystemId } from "../../catalog/declaration.ts";
import { gpuFlavorId, serverFlavorId } from "../../catalog/flavor.ts";
import type { BoxType, Family } from "../../catalog/pool.ts";
import { declaredQuantities } from "../../cost/declared-quantities.ts";

/** What of the catalogue a system rests on. A retired one has providers in its pool and nothing else. */
export interface Uses {
  readonly id: SystemId;
  readonly tenant: string;
  readonly pool: string;
  readonly provided: boolean;
  /** Lines of Annex 1. */
  readonly items: ReadonlySet<ItemId>;
  readonly families: ReadonlySet<Family>;
  readonly boxes: ReadonlySet<BoxType>;
  /** Ids, offered by the platform or not. */
  readonly flavors: ReadonlySet<string>;
  readonly images: ReadonlySet<string>;
  readonly racks: ReadonlySet<string>;
  /** Lines 22 to 24, whose components run for it. */
  readonly bundles: ReadonlySet<string>;
}

/** Reads from a declaration what of its tree's catalogue it uses. */
export function usesOf(declaration: Declaration, { pools }: Catalogue): Uses {
  const { id, tenant, pool: key, servers, gpuServers } = declaration;
  const pool = pools.get(key);
  const provided = isProvided(declaration);
  if (pool === undefined || !provided) return { id, tenant, pool: key, provided, ...NOTHING };
  const items = new Set(declaredQuantities(declaration, pool).keys());
  return {
    id,
    tenant,
    pool: key,
    provided,
    items,
    families: new Set(servers.map(({ family }) => family)),
    boxes: new Set(gpuServers.map(({ box }) => box)),
    flavors: new Set([
      ...servers.map(({ family, cpu, memoryGb }) => serverFlavorId(family, cpu, memoryGb)),
      ...gpuServers.map(({ box, cards }) => gpuFlavorId(box, cards)),
    ]),
    images: new Set([...servers, ...gpuServers].map(({ image }) => image)),
    racks: new Set([...declaration.rackUnits.map(({ rack }) => rack), ...declaration.cabinets]),
    bundles: new Set(["22", "23", "24"].filter((line) => items.has(line as ItemId))),
  };
}

const NOTHING = {
  items: new Set<ItemId>(),
  families: new Set<Family>(),
  boxes: new Set<BoxType>(),
  flavors: new Set<string>(),
  images: new Set<string>(),
  racks: new Set<string>(),
  bundles: new Set<string>(),
} as const;
