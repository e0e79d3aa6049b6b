import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Flavor } from "../../catalog/flavor.ts";
import type { Pool } from "../../catalog/pool.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { CloudClient, CloudObject } from "../cloud/cloud-client.ts";
import type { Finding, PoolCheck } from "./check.ts";

const MAKE = text(
  "先执行平台（platform）；外部网络与子网池的编号由云给出，执行后写进 catalog/pools.yaml",
  "apply the platform first; the cloud chooses the ids of external network and subnet pool: write them into catalog/pools.yaml afterwards",
);

/** Whether the cloud has what the catalogue names, and is what the catalogue says: stacks name all of it by id, unchecked. */
export const checkReferences: PoolCheck = async (pool, client, { tree: { catalogue } }) => [
  ...(await checkNetwork(pool, client)),
  ...(await checkFlavors(pool, catalogue, client)),
  ...(await checkImages(pool, catalogue, client)),
  ...(await checkTypes(pool, client)),
];

async function checkNetwork({ key, openstack }: Pool, client: CloudClient): Promise<Finding[]> {
  const { externalNetwork, subnetPool } = openstack;
  const network = (await client.find("network", `networks/${externalNetwork.id}`))?.["network"] as CloudObject | undefined;
  const pool = (await client.find("network", `subnetpools/${subnetPool.id}`))?.["subnetpool"] as CloudObject | undefined;
  return [
    compared(`external-network/${key}`, text("外部网络", "external network"), [
      { name: externalNetwork.name, found: network, wanted: { name: externalNetwork.name, "router:external": true } },
    ]),
    compared(`subnet-pool/${key}`, text("子网池", "subnet pool"), [
      {
        name: subnetPool.name,
        found: pool,
        wanted: { name: subnetPool.name, shared: true, default_prefixlen: String(subnetPool.prefixLength) },
      },
    ]),
  ];
}

async function checkFlavors({ key }: Pool, { flavors }: Catalogue, client: CloudClient): Promise<Finding[]> {
  const listed = await client.list("compute", "flavors/detail", "flavors", { query: { is_public: "None" } });
  const found = new Map(listed.map((flavor) => [flavor["id"], flavor]));
  const rows = [...flavors.offered.values()].map((flavor) => ({ name: flavor.id, found: found.get(flavor.id), wanted: sizeOf(flavor) }));
  return [compared(`flavors/${key}`, text("规格", "flavors"), rows)];
}

/** What a flavor's price rests on. */
function sizeOf(flavor: Flavor): CloudObject {
  return { vcpus: flavor.cpu, ram: flavor.memoryGb * 1024, disk: flavor.kind === "server" ? 0 : flavor.diskGb };
}

async function checkImages({ key }: Pool, { images }: Catalogue, client: CloudClient): Promise<Finding[]> {
  const rows: Row[] = [];
  for (const image of images.values()) {
    const id = image.pools[key];
    if (id !== undefined) rows.push({ name: image.key, found: await client.find("image", `images/${id}`), wanted: { status: "active" } });
  }
  return [compared(`images/${key}`, text("镜像", "images"), rows)];
}

async function checkTypes({ key, openstack }: Pool, client: CloudClient): Promise<Finding[]> {
  const { volumeTypes, volumeBackends, shareType } = openstack;
  const volumes = await client.list("volume", "types", "volume_types");
  const named = (list: readonly CloudObject[], name: string) => list.find((each) => each["name"] === name);
  const rows = (["sas", "ssd"] as const).map((type): Row => {
    const found = named(volumes, volumeTypes[type]);
    const backend = (found?.["extra_specs"] as CloudObject | undefined)?.["volume_backend_name"];
    return { name: volumeTypes[type], found: found && { backend }, wanted: { backend: volumeBackends[type] } };
  });
  const id = `share-type/${key}`;
  if (!client.has("share"))
    return [
      compared(`volume-types/${key}`, text("卷类型", "volume types"), rows),
      {
        id,
        result: "warning",
        message: text("该区域没有文件存储服务", "the region has no share service"),
        remedy: text("没有系统用文件存储则无妨", "no harm where no system uses file storage"),
      },
    ];
  const shares = await client.list("share", "types", "share_types", { version: "2.51" });
  return [
    compared(`volume-types/${key}`, text("卷类型", "volume types"), rows),
    compared(id, text("文件存储类型", "share type"), [{ name: shareType, found: named(shares, shareType), wanted: {} }]),
  ];
}

interface Row {
  readonly name: string;
  readonly found: CloudObject | undefined;
  /** Attributes that have to be as they are here. */
  readonly wanted: CloudObject;
}

const MOST_NAMED = 5;

function compared(id: string, what: Text, rows: readonly Row[]): Finding {
  const missing = rows.filter(({ found }) => found === undefined).map(({ name }) => name);
  const wrong = rows.flatMap(({ name, found, wanted }) =>
    Object.entries(wanted)
      .filter(([attribute, value]) => found !== undefined && found[attribute] !== value)
      .map(([attribute, value]) => `${name}.${attribute} = ${found?.[attribute]} ≠ ${value}`),
  );
  const faults = [...missing, ...wrong];
  if (faults.length === 0)
    return { id, result: "ok", message: text(`${what.zh}齐全（${rows.length} 个）`, `${what.en}: all ${rows.length} there`) };
  const shown = faults.slice(0, MOST_NAMED).join(", ") + (faults.length > MOST_NAMED ? ", …" : "");
  return {
    id,
    result: "failed",
    message: text(
      `${what.zh}：${rows.length} 个里缺 ${missing.length} 个，不符 ${wrong.length} 处（${shown}）`,
      `${what.en}: ${missing.length} of ${rows.length} missing, ${wrong.length} other than the catalogue says (${shown})`,
    ),
    remedy:
      missing.length > 0
        ? MAKE
        : text("让云与目录一致：差异会使价格不对", "bring cloud and catalogue together: the difference makes prices wrong"),
  };
}
