import { type Text, text } from "../../catalog/text.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import type { Finding, PoolCheck } from "./check.ts";

/** Share of a quota above which the next request may not fit. */
const NEARLY = 0.9;

interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly used: number;
}

/** What is left of the vending project's quotas; a system's own ones are as large as its pool. */
export const checkQuota: PoolCheck = async ({ key }, client) => [await quotaFinding(`quota/${key}`, client, client.session.project)];

/** What is left of a project's quotas. */
export async function quotaFinding(
  id: string,
  client: CloudClient,
  project: { readonly id: string; readonly name: string },
): Promise<Finding> {
  const quotas = await readQuotas(client, project.id);
  const words = (list: readonly Quota[]) => list.map(({ name, used, limit }) => `${name} ${used}/${limit}`).join(", ");
  const full = quotas.filter(({ limit, used }) => used > 0 && used >= limit);
  const nearly = quotas.filter((quota) => !full.includes(quota) && quota.used > quota.limit * NEARLY);
  const remedy: Text = text("先提高该项目的配额", "raise the project's quota first");
  if (full.length > 0)
    return {
      id,
      result: "failed",
      message: text(`${project.name} 的配额用完：${words(full)}`, `${project.name} has used up: ${words(full)}`),
      remedy,
    };
  if (nearly.length > 0)
    return {
      id,
      result: "warning",
      message: text(`${project.name} 的配额将满：${words(nearly)}`, `${project.name} has nearly used up: ${words(nearly)}`),
      remedy,
    };
  return {
    id,
    result: "ok",
    message: text(`${project.name}：${quotas.length} 项配额有余`, `${project.name}: room in all ${quotas.length} quotas`),
  };
}

/** Quotas that have a limit, of Nova, Cinder and Neutron. */
async function readQuotas(client: CloudClient, project: string): Promise<Quota[]> {
  const compute = await client.read("compute", `os-quota-sets/${project}/detail`);
  const volume = await client.read("volume", `os-quota-sets/${project}`, { query: { usage: "True" } });
  const network = await client.read("network", `quotas/${project}/details.json`);
  return [compute["quota_set"], volume["quota_set"], network["quota"]].flatMap((set) =>
    Object.entries((set ?? {}) as CloudObject).flatMap(([name, value]) => {
      const { limit, in_use: inUse, used = inUse, reserved = 0 } = (value ?? {}) as Record<string, unknown>;
      // −1 is no limit.
      return typeof limit === "number" && limit >= 0 && typeof used === "number" ? [{ name, limit, used: used + Number(reserved) }] : [];
    }),
  );
}
