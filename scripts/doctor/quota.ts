import type { SystemId } from "../../catalog/declaration.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import type { Finding, PoolCheck } from "./check.ts";
import type { Needed, ProjectNeed } from "./needed.ts";

/** Share of a quota above which the next request may not fit. */
const NEARLY = 0.9;

interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly used: number;
}

/** What is left of the vending project's quotas; with a saved plan, whether what it adds fits into those of its systems' own projects. */
export const checkQuota: PoolCheck = async ({ key }, client, { plan }) => {
  const id = `quota/${key}`;
  return [
    plan === undefined
      ? await quotaFinding(id, client, client.session.project)
      : await fitFinding(id, client, plan.projects.get(key) ?? []),
  ];
};

async function fitFinding(id: string, client: CloudClient, projects: readonly ProjectNeed[]): Promise<Finding> {
  const short: { readonly system: SystemId; readonly words: string }[] = [];
  for (const { system, project, needed, limits } of projects) {
    const added = quotaNeeds(needed);
    const quotas = added.size === 0 ? [] : await readQuotas(client, project);
    const words = quotas.flatMap(({ name, used, limit: now }) => {
      const more = added.get(name);
      if (more === undefined) return [];
      const limit = (limits as Readonly<Record<string, number | undefined>>)[name] ?? now;
      return limit >= 0 && used + more > limit ? [`${name} ${used}+${more}/${limit}`] : [];
    });
    if (words.length > 0) short.push({ system, words: words.join(", ") });
  }
  if (short.length === 0)
    return {
      id,
      result: "ok",
      message: text(
        `计划所加的在 ${projects.length} 个已有项目的配额之内`,
        `what the plan adds fits into the quotas of ${projects.length} standing projects`,
      ),
    };
  const list = short.map(({ system, words }) => `${system}: ${words}`).join("; ");
  return {
    id,
    result: "failed",
    message: text(`超出项目配额（已用+计划/上限）：${list}`, `beyond the project's quotas (used + planned / limit): ${list}`),
    remedy: text(
      "先提高该项目的配额，或查明谁在占用（npm run drift）",
      "raise the project's quota first, or find out what uses it (npm run drift)",
    ),
    systems: short.map(({ system }) => system),
  };
}

/** What a plan adds, by the name of the quota that it counts against; what does not grow needs no room. */
function quotaNeeds({ families, volumesGb }: Needed): ReadonlyMap<string, number> {
  const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
  const sizes = Object.values(families);
  const added: readonly (readonly [string, number])[] = [
    ["cores", total(sizes.map(({ cpu }) => cpu))],
    ["ram", 1024 * total(sizes.map(({ memoryGb }) => memoryGb))],
    ["gigabytes", total(Object.values(volumesGb))],
  ];
  return new Map(added.filter(([, amount]) => amount > 0));
}

/** What is left of a project's quotas. */
async function quotaFinding(id: string, client: CloudClient, project: { readonly id: string; readonly name: string }): Promise<Finding> {
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
