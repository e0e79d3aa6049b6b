import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Pool } from "../../catalog/pool.ts";

/** Id of an image in a pool. Always the id: by name, a newer or deleted image changes or breaks servers that nobody touched (#1226). */
export function imageIdIn({ images }: Catalogue, pool: Pool, key: string): string {
  const id = images.get(key)?.pools[pool.key];
  if (id === undefined)
    throw new Error(`Cannot find image ${key} in pool ${pool.key}: wanted a key of catalog/images.yaml that names the pool`);
  return id;
}
