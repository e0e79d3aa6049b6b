import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readState } from "./apply.ts";
import { type PlatformIds, serveImages } from "./cloud-tree.ts";
import { Site } from "./site.ts";
import { type CloudFacts, cloudFolder } from "./start.ts";

/**
 * Applies the platform once for a running cloud, by the project's own commands, and returns the ids that it chose; its state lies with the cloud's own
 * data. Later files of tests get the same platform.
 */
export async function applyPlatform(facts: CloudFacts): Promise<PlatformIds> {
  const told = join(platformFolder(), "ids.json");
  if (existsSync(told)) return JSON.parse(readFileSync(told, "utf8")) as PlatformIds;
  mkdirSync(platformFolder(), { recursive: true });
  const { source, server } = await serveImages();
  try {
    const site = new Site(platformFolder(), facts, { imageSource: source, platformAlone: true });
    const planned = await site.plan("--base", "none");
    const { verdict, systems, refusals } = await site.apply(planned);
    if (verdict !== "applied") throw new Error(`Cannot apply the platform: ${verdict}\n${JSON.stringify({ systems, refusals }, null, 2)}`);
    writeFileSync(join(platformFolder(), "source"), source);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  const { outputs } = readState(platformFolder(), "platform") as { outputs: Record<string, { value: string }> };
  const ids = {
    externalNetworkId: outputs["gov_external-network-id"]?.value ?? "",
    subnetPoolId: outputs["gov_subnet-pool-id"]?.value ?? "",
  };
  writeFileSync(told, JSON.stringify(ids));
  return ids;
}

/** Gives a site the platform that {@link applyPlatform} applied. */
export function adoptPlatform(states: string): void {
  cpSync(join(platformFolder(), "states/platform.tfstate"), join(states, "platform.tfstate"));
}

/** Where the applied platform's images were said to be fetched from: elsewhere they would be other images. */
export function platformImageSource(): string {
  return readFileSync(join(platformFolder(), "source"), "utf8");
}

function platformFolder(): string {
  return join(cloudFolder(), "data/platform");
}
