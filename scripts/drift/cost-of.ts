import type { Decimal } from "decimal.js";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Pool } from "../../catalog/pool.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import { type Costing, type CostingFacts, costingFacts, flavorQuantities, free, priced, unpriced } from "../../cost/costing.ts";
import { sum, unitPriceOf } from "../../cost/quote.ts";
import { costContainer } from "../../cost/resources/container.ts";
import { costShare } from "../../cost/resources/share.ts";
import { costVolume } from "../../cost/resources/volume.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import type { Kind } from "./cloud-lists.ts";
import { planned } from "./opened-by.ts";

/** What prices the things of a pool's cloud. */
export interface Prices {
  readonly facts: CostingFacts;
  readonly book: PriceBook;
}

/** Prices with the flavors that the cloud has: a system's own are in no catalogue. */
export async function readPrices(client: CloudClient, pool: Pool, catalogue: Catalogue, book: PriceBook): Promise<Prices> {
  const flavors = await client.list("compute", "flavors/detail", "flavors", { version: "2.61", query: { is_public: "None" } });
  const resources = flavors.map((flavor) => planned("openstack_compute_flavor_v2", { ...flavor, flavor_id: flavor["id"] }));
  return { facts: costingFacts(catalogue, resources, pool), book };
}

/** What a thing uses of Annex 1 for a month. */
export function costOf(kind: Kind, thing: CloudObject, { facts }: Prices): Costing {
  switch (kind) {
    case "server":
      return costServer(thing, facts);
    case "volume":
      return costVolume(planned("openstack_blockstorage_volume_v3", thing), facts);
    case "share":
      return costShare(planned("openstack_sharedfilesystem_share_v2", thing), facts);
    case "container":
      return costContainer(planned("openstack_objectstorage_container_v1", { metadata: { "Quota-Bytes": thing["quotaBytes"] } }), facts);
    case "backup":
      return free("按项目的备份配额计价（第21项）", "priced by the project's backup quota (line 21)");
    case "snapshot":
      return free("附件1没有快照一项，但它占用存储", "no line of Annex 1 for snapshots, though they take storage");
    default:
      return free("附件1没有这一项", "no line of Annex 1");
  }
}

/** Its volumes are priced where they are told themselves. */
function costServer(server: CloudObject, facts: CostingFacts): Costing {
  const id = (server["flavor"] as { id?: unknown } | undefined)?.id;
  const flavor = typeof id === "string" ? facts.flavor(id) : undefined;
  return flavor === undefined
    ? unpriced("flavor", `目录里没有规格 ${id}`, `flavor ${id} stands for no line of Annex 1`)
    : priced(...flavorQuantities(flavor));
}

/** List price of a month, CNY; undefined where there is none or it cannot be told, which the costing says. */
export function monthlyOf(costing: Costing, { book }: Prices): Decimal | undefined {
  return costing.kind === "priced"
    ? sum(costing.quantities.map(({ item, quantity }) => unitPriceOf(book, item).times(quantity)))
    : undefined;
}
