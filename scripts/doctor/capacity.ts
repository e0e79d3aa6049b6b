import { FAMILIES, type Family, type Pool } from "../../catalog/pool.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import { CloudFailure } from "../cloud/cloud-failure.ts";
import type { Finding, PoolCheck } from "./check.ts";
import type { Needed } from "./needed.ts";

/** What is left of a pool, against what the plan adds where one is given. */
export const checkCapacity: PoolCheck = async ({ key }, client, { plan }) => await capacityChecks(client, plan?.needed.get(key));

/** What is left in the client's pool, part by part; with `needed`, whether that fits. */
async function capacityChecks(client: CloudClient, needed: Needed | undefined): Promise<readonly Finding[]> {
  const { pool } = client;
  const findings: Finding[] = [];
  const aggregates = await client.list("compute", "os-aggregates", "aggregates", { version: "2.41" });
  for (const family of FAMILIES) findings.push(await checkFamily(client, aggregates, family, needed));
  for (const box of ["1", "2", "3"] as const) {
    const left = (await leftOf(client, { [`CUSTOM_GPU_BOX_${box}`]: 1 }))[`CUSTOM_GPU_BOX_${box}`] ?? 0;
    findings.push(
      compared(pool, `gpu-box-${box}`, [
        { what: text(`台 GPU服务器${box}型`, `GPU boxes of type ${box}`), left, needed: needed?.gpuBoxes[box] },
      ]),
    );
  }
  const pools = await client.list("volume", "scheduler-stats/get_pools", "pools", { query: { detail: "true" } });
  for (const type of ["sas", "ssd"] as const) {
    const backend = pool.openstack.volumeBackends[type];
    const own = pools.map(capabilitiesOf).filter((each) => each["volume_backend_name"] === backend);
    findings.push(checkStorage(pool, `${type}-volumes`, own, needed?.volumesGb[type]));
  }
  if (client.has("share")) {
    const shares = await client.list("share", "scheduler-stats/pools/detail", "pools", {
      version: "2.51",
      query: { share_type: pool.openstack.shareType },
    });
    findings.push(checkStorage(pool, "shares", shares.map(capabilitiesOf), needed?.shareGb));
  }
  findings.push({
    id: `capacity/${pool.key}/objects`,
    result: "not-checked",
    message: text("对象存储不报告剩余容量", "object storage does not tell what it has left"),
  });
  return findings;
}

/** Hosts of a family are those of the aggregates that name it: the family's flavors go nowhere else. */
async function checkFamily(
  client: CloudClient,
  aggregates: readonly CloudObject[],
  family: Family,
  needed: Needed | undefined,
): Promise<Finding> {
  const { pool } = client;
  const own = aggregates.filter(({ metadata }) =>
    String((metadata as CloudObject | undefined)?.["family"] ?? "")
      .split(",")
      .includes(family),
  );
  const wanted = needed?.families[family];
  if (own.length === 0) {
    const isNeeded = wanted !== undefined && (wanted.cpu > 0 || wanted.memoryGb > 0);
    return {
      id: `capacity/${pool.key}/${family}`,
      result: isNeeded ? "failed" : "warning",
      message: text(`没有 family=${family} 的主机聚合`, `no host aggregate has family=${family}`),
      remedy: text(`把该类主机放进带 family=${family} 的主机聚合`, `put the family's hosts into an aggregate with family=${family}`),
    };
  }
  const left = await leftOf(
    client,
    { VCPU: 1, MEMORY_MB: 1 },
    own.map(({ uuid }) => String(uuid)),
  );
  return compared(pool, family, [
    { what: text("核", "cores"), left: left["VCPU"] ?? 0, needed: wanted?.cpu },
    { what: text("GB 内存", "GB of memory"), left: Math.floor((left["MEMORY_MB"] ?? 0) / 1024), needed: wanted?.memoryGb },
  ]);
}

/** Capacity less use of every host that still has so much of these resource classes, overcommitment and reserve taken into account; by class. */
async function leftOf(
  client: CloudClient,
  classes: Readonly<Record<string, number>>,
  aggregates: readonly string[] = [],
): Promise<Record<string, number>> {
  const query = {
    resources: Object.entries(classes)
      .map(([name, amount]) => `${name}:${amount}`)
      .join(),
    ...(aggregates.length === 0 ? {} : { member_of: `in:${aggregates.join()}` }),
  };
  const left: Record<string, number> = {};
  for (const provider of Object.values(await readProviders(client, query))) {
    for (const [name, { capacity = 0, used = 0 }] of Object.entries(provider.resources ?? {}))
      left[name] = (left[name] ?? 0) + capacity - used;
  }
  return left;
}

type Providers = Readonly<
  Record<string, { readonly resources?: Readonly<Record<string, { readonly capacity?: number; readonly used?: number }>> }>
>;

async function readProviders(client: CloudClient, query: Readonly<Record<string, string>>): Promise<Providers> {
  try {
    return ((await client.read("placement", "allocation_candidates", { version: "1.29", query }))["provider_summaries"] ?? {}) as Providers;
  } catch (error) {
    // Placement refuses a resource class that no host ever had.
    if (error instanceof CloudFailure && error.kind === "refused") return {};
    throw error;
  }
}

function capabilitiesOf({ capabilities }: CloudObject): CloudObject {
  return (capabilities ?? {}) as CloudObject;
}

/** Back ends tell GB, or `infinite` or `unknown`. */
function checkStorage(pool: Pool, part: string, backEnds: readonly CloudObject[], needed: number | undefined): Finding {
  const id = `capacity/${pool.key}/${part}`;
  const free = backEnds.map(({ free_capacity_gb: gb }) => gb);
  if (free.length === 0)
    return {
      id,
      result: needed !== undefined && needed > 0 ? "failed" : "warning",
      message: text(`没有 ${part} 的存储后端`, `no back end serves ${part}`),
      remedy: text(
        "检查 catalog/pools.yaml 的 volumeBackends、shareType 与云的存储后端",
        "check volumeBackends and shareType in catalog/pools.yaml against the cloud's back ends",
      ),
    };
  if (free.some((gb) => typeof gb !== "number" && gb !== "infinite"))
    return {
      id,
      result: "not-checked",
      message: text(`${part} 的后端不报告剩余容量`, `the back end of ${part} does not tell what it has left`),
    };
  const left = free.reduce((total: number, gb) => total + (typeof gb === "number" ? gb : Number.POSITIVE_INFINITY), 0);
  return compared(pool, part, [{ what: text("GB", "GB"), left: Math.floor(left), needed }]);
}

interface Amount {
  readonly what: Text;
  readonly left: number;
  readonly needed: number | undefined;
}

function compared(pool: Pool, part: string, amounts: readonly Amount[]): Finding {
  const id = `capacity/${pool.key}/${part}`;
  const say = (lang: "zh" | "en") =>
    amounts
      .map(({ what, left, needed }) => {
        const [rest, plan] = lang === "zh" ? ["剩 ", "计划加 "] : ["left ", "the plan adds "];
        const amount = Number.isFinite(left) ? left : lang === "zh" ? "不限" : "unlimited";
        return `${rest}${amount} ${what[lang]}${needed === undefined ? "" : `${lang === "zh" ? "，" : ", "}${plan}${needed}`}`;
      })
      .join(lang === "zh" ? "；" : "; ");
  const message = text(say("zh"), say("en"));
  if (amounts.some(({ left, needed }) => needed !== undefined && needed > Math.max(0, left)))
    return {
      id,
      result: "failed",
      message,
      remedy: text(
        "先由运营方（乙方）扩容，或减少资源：装不下的申请，开通到一半会失败",
        "let the operator add capacity first, or reduce the request: what does not fit fails in the middle of the apply",
      ),
    };
  return { id, result: "ok", message };
}
