import { type Forge, SETTINGS, type Setting } from "../forge/forge.ts";
import { ForgeFailure } from "../forge/forge-failure.ts";
import type { Finding } from "./check.ts";

const RESULTS: Readonly<Record<Setting["state"], Finding["result"]>> = {
  safe: "ok",
  advice: "warning",
  unsafe: "failed",
  unknown: "not-checked",
};

/**
 * Whether the forge is set so that nothing but what was approved is applied, setting by setting. `branch` is the protected one; the project's default
 * branch where none is named.
 */
export async function checkForge(forge: Forge, branch: string | undefined): Promise<readonly Finding[]> {
  try {
    const settings = await forge.settings(branch);
    return SETTINGS.map((name) => {
      const { state, found, remedy } = settings[name];
      return { id: `forge/${name}`, result: RESULTS[state], message: found, ...(remedy === undefined ? {} : { remedy }) };
    });
  } catch (error) {
    if (!(error instanceof ForgeFailure)) throw error;
    return [{ id: "forge", result: "failed", message: error.summary, remedy: error.remedy }];
  }
}
