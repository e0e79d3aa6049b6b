import { byKey } from "../by-key.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Declaration, Tenant } from "../declaration.ts";
import type { Diagnostic } from "../source/diagnostic.ts";
import { Reporter } from "../source/reporter.ts";
import type { SourceFile } from "../source/source-file.ts";
import { text } from "../text.ts";
import { checkColocation } from "./check-colocation.ts";
import { checkImagesOfAnyPool } from "./check-image.ts";
import { checkNodesDiffer } from "./check-nodes-differ.ts";
import { checkSize } from "./check-size.ts";
import { checkStage } from "./check-stage.ts";
import { checkSubnet } from "./check-subnet.ts";
import { readRemovals } from "./read-removals.ts";
import { readGpuServers, readServers } from "./read-servers.ts";
import type { SystemFile } from "./system-file.ts";

/**
 * Turns one file that its schema admits into a declaration and checks what a schema cannot: references and contradictions, which go to
 * `diagnostics`. Undefined where its pool does not exist, on which most of it rests.
 */
export function readSystem(
  source: SourceFile,
  { tenant, system }: Pick<Declaration, "tenant" | "system">,
  catalogue: Catalogue,
  bureau: Tenant | undefined,
  diagnostics: Diagnostic[],
): Declaration | undefined {
  const file = source.value as SystemFile;
  const errors = new Reporter(source, diagnostics);
  checkStage(file, errors);
  const pool = catalogue.pools.get(file.pool);
  if (pool === undefined) {
    errors.reportUnknown(["pool"], text("资源池", "pool"), file.pool, [...catalogue.pools.keys()]);
    checkImagesOfAnyPool(Object.entries(file.servers ?? {}).sort(byKey), catalogue, errors);
    return undefined;
  }
  checkSubnet(file, bureau, pool, errors);
  const around = { catalogue, pool, bureau };
  const servers = readServers(file, around, errors);
  const gpuServers = readGpuServers(file, around, errors);
  const { rackUnits = [], cabinets = [] } = file.colocation ?? {};
  checkColocation({ rackUnits, cabinets }, pool, errors);
  const managedNodes = file.managedNodes ?? [];
  checkNodesDiffer(managedNodes, errors);
  checkSize({ servers, gpuServers }, errors);
  return {
    id: `${tenant}/${system}`,
    tenant,
    system,
    source,
    name: file.name,
    stage: file.stage,
    mlps: file.mlps,
    cryptography: file.cryptography ?? false,
    pool: file.pool,
    classified: file.classified,
    servers,
    gpuServers,
    objectGb: file.storage?.objectGb ?? 0,
    fileGb: file.storage?.fileGb ?? 0,
    backupGb: file.backupGb ?? 0,
    rackUnits,
    cabinets,
    managedNodes,
    migration: file.migration ?? false,
    trialSince: file.trialSince,
    retirement: file.retirement,
    subnet: file.subnet,
    sizing: file.sizing,
    changeReason: file.changeReason,
    accepts: file.accepts ?? [],
    removals: readRemovals(file.removals, errors),
  };
}
