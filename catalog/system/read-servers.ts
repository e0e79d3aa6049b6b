import { byKey } from "../by-key.ts";
import type { Catalogue } from "../catalogue.ts";
import type { GpuServerGroup, ServerGroup, Tenant } from "../declaration.ts";
import type { Pool } from "../pool.ts";
import type { Reporter } from "../source/reporter.ts";
import { text } from "../text.ts";
import { checkBootDisk, checkImage } from "./check-image.ts";
import { readListens } from "./read-listens.ts";
import type { GpuServerFile, ServerFile, SystemFile } from "./system-file.ts";

/** What the servers of a system are held against. */
export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly pool: Pool;
  /** Undefined where its tenant.yaml cannot be read. */
  readonly bureau: Tenant | undefined;
}

/** A system's server groups, sorted by key, with defaults filled in and references checked. */
export function readServers({ servers }: SystemFile, around: Surroundings, errors: Reporter): ServerGroup[] {
  return Object.entries(servers ?? {})
    .sort(byKey)
    .map(([key, server]) => readServer(key, server, around, errors));
}

function readServer(key: string, server: ServerFile, { catalogue, pool, bureau }: Surroundings, errors: Reporter): ServerGroup {
  const { image, family, systemDisk } = server;
  checkImage(["servers", key, "image"], image, { pool: pool.key, family }, catalogue, errors);
  checkBootDisk(["servers", key, "systemDisk", "sizeGb"], systemDisk.sizeGb, image, catalogue, errors);
  return {
    ...server,
    key,
    count: server.count ?? 1,
    dataDisks: Object.entries(server.dataDisks ?? {})
      .sort(byKey)
      .map(([name, disk]) => ({ ...disk, key: name })),
    listens: readListens(["servers", key, "listens"], server.listens, bureau, errors),
  };
}

/** The same of the GPU servers; none may bear the name of a server group. */
export function readGpuServers({ servers, gpuServers }: SystemFile, around: Surroundings, errors: Reporter): GpuServerGroup[] {
  return Object.entries(gpuServers ?? {})
    .sort(byKey)
    .map(([key, server]) => {
      if (servers !== undefined && key in servers) {
        errors.report(
          ["gpuServers", key],
          "contradiction",
          text(`${key} 已是云服务器的名称；请换一个`, `Cannot name a GPU server ${key}: a server has that name`),
          "key",
        );
      }
      return readGpuServer(key, server, around, errors);
    });
}

function readGpuServer(key: string, server: GpuServerFile, { catalogue, pool, bureau }: Surroundings, errors: Reporter): GpuServerGroup {
  if (server.image !== undefined) checkImage(["gpuServers", key, "image"], server.image, { pool: pool.key }, catalogue, errors);
  return {
    key,
    count: server.count ?? 1,
    box: server.box,
    cards: server.cards,
    image: server.image ?? pool.gpuImage,
    listens: readListens(["gpuServers", key, "listens"], server.listens, bureau, errors),
  };
}
