import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { Catalogue } from "../catalog/catalogue.ts";
import type { Contract } from "../catalog/contract.ts";
import { PlatformPool } from "./constructs/platform-pool.ts";
import { addPlatformProviders } from "./constructs/providers.ts";
import { Records } from "./constructs/record.ts";
import { NamedStack } from "./named-stack.ts";

/** Id of the platform's stack; no system has it, for theirs have a double hyphen. */
export const PLATFORM = "platform";

/**
 * What the contract has once: the multi-cloud management service (Annex 1 line 25), the circuits (clause 5.1.6), and what all systems of a pool share.
 * It grows with the catalogue, never with the number of systems.
 */
export class PlatformStack extends NamedStack {
  constructor(scope: Construct, catalogue: Catalogue, contract: Contract) {
    super(scope, PLATFORM);
    const records = new Records(this);
    records.add("platform-service", { record: "platform-service" });
    const { count, bandwidthM } = contract.circuits;
    for (let index = 1; index <= count; index += 1) records.add(`circuit-${index}`, { record: "circuit", index, bandwidthM });

    const providers = addPlatformProviders(this, catalogue.pools.values());
    const pools = new Construct(this, "pools");
    for (const pool of catalogue.pools.values()) {
      const provider = providers.get(pool.key);
      if (provider === undefined) throw new Error(`Cannot build pool ${pool.key}: it has no provider configuration`);
      const { ids } = new PlatformPool(pools, { pool, catalogue, provider });
      for (const [name, value] of Object.entries(ids))
        new TerraformOutput(this, `${pool.key}_${name}`, { value, description: "For catalog/pools.yaml" });
    }
  }
}
