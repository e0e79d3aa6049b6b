import type { Declaration } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import { FAMILIES } from "../../catalog/pool.ts";
import { type Text, text } from "../../catalog/text.ts";
import { defineContractPolicy, pass, unchangedFirst, violation } from "../policy.ts";

interface Resource {
  readonly attribute: string;
  readonly name: Text;
  readonly capacity: (pool: Pool) => number;
  readonly use: (declaration: Declaration) => number;
}

/** Rejects declarations that together need more than the pool has: an order that cannot be delivered. */
export const requirePoolCapacity = defineContractPolicy({
  id: "capacity/require-pool-capacity",
  level: "mandatory",
  title: { zh: "资源池容量够用", en: "The pool's capacity holds" },
  why: {
    zh: "乙方须在 2 个工作日内交付，平台须留应急余量；装不下的申请批了也交付不了",
    en: "The operator has two working days to deliver and must keep a reserve: what does not fit cannot be delivered, approved or not",
  },
  clause: "合同 5.1.4、附件2 2.2",
  remedy: {
    zh: "减少资源，或在 pool 里换一个资源池；都不行的，先由运营方（乙方）扩容，再由市大数据中心更新 catalog/pools.yaml",
    en: "Ask for less, or name another pool; where neither will do, the operator adds capacity first and the centre records it in catalog/pools.yaml",
  },
  check(subject) {
    const { catalogue, base } = subject;
    return [...catalogue.pools.values()].flatMap((pool) => {
      const inPool = unchangedFirst(subject).filter((declaration) => declaration.pool === pool.key && declaration.stage !== "retired");
      return RESOURCES.map(({ attribute, name, capacity, use }) => {
        const used = inPool.reduce((total, declaration) => total + use(declaration), 0);
        if (used <= capacity(pool)) return pass();
        const users = inPool.filter((declaration) => use(declaration) > 0);
        const largest = [...users].sort((a, b) => use(b) - use(a))[0];
        // Of a change, the request that asks for more; otherwise the largest user.
        const asker = base === undefined ? largest : users.at(-1);
        return violation(
          {
            address: `pools.${pool.key}`,
            attribute: `capacity.${attribute}`,
            ...(asker === undefined ? {} : { at: { file: asker.source.path, path: ["name"] } }),
          },
          `资源池 ${pool.key} 的${name.zh}共需 ${used}，只有 ${capacity(pool)}（用得最多的是 ${largest?.id}）`,
          `Cannot fit ${used} of ${name.en} into pool ${pool.key}: it has ${capacity(pool)} (${largest?.id} uses the most)`,
        );
      });
    });
  },
});

const FAMILY_NAMES = { general: "通用型", c86: "国产型 C86", arm: "国产型 ARM" } as const;
const BOXES = [1, 2, 3] as const;
const CARDS = [1, 2, 3, 4, 5, 6] as const;

const RESOURCES: readonly Resource[] = [
  ...FAMILIES.flatMap((family): Resource[] => [
    {
      attribute: `${family}.cpu`,
      name: text(`${FAMILY_NAMES[family]} CPU（核）`, `cores of family ${family}`),
      capacity: (pool) => pool.capacity[family].cpu,
      use: ({ servers }) => total(servers.filter((server) => server.family === family).map(({ cpu, count }) => cpu * count)),
    },
    {
      attribute: `${family}.memoryGb`,
      name: text(`${FAMILY_NAMES[family]}内存（GB）`, `GB of memory of family ${family}`),
      capacity: (pool) => pool.capacity[family].memoryGb,
      use: ({ servers }) => total(servers.filter((server) => server.family === family).map(({ memoryGb, count }) => memoryGb * count)),
    },
  ]),
  ...BOXES.map(
    (box): Resource => ({
      attribute: `gpuBoxes.${box}`,
      name: text(`GPU服务器${box}型（台）`, `GPU boxes of type ${box}`),
      capacity: (pool) => pool.capacity.gpuBoxes[`${box}`],
      use: ({ gpuServers }) => total(gpuServers.filter((server) => server.box === box).map(({ count }) => count)),
    }),
  ),
  ...CARDS.map(
    (card): Resource => ({
      attribute: `gpuCards.${card}`,
      name: text(`GPU显卡${card}型（块）`, `GPU cards of type ${card}`),
      capacity: (pool) => pool.capacity.gpuCards[`${card}`],
      use: ({ gpuServers }) => total(gpuServers.map(({ cards, count }) => (cards?.type === card ? cards.count * count : 0))),
    }),
  ),
  ...(["sas", "ssd"] as const).map(
    (type): Resource => ({
      attribute: `${type}Gb`,
      name: text(`${type.toUpperCase()}块存储（GB）`, `${type.toUpperCase()} block storage in GB`),
      capacity: (pool) => pool.capacity[`${type}Gb`],
      use: ({ servers }) =>
        total(
          servers.map(
            ({ count, systemDisk, dataDisks }) =>
              count * total([systemDisk, ...dataDisks].map((disk) => (disk.type === type ? disk.sizeGb : 0))),
          ),
        ),
    }),
  ),
  {
    attribute: "objectGb",
    name: text("对象存储（GB）", "object storage in GB"),
    capacity: (pool) => pool.capacity.objectGb,
    use: ({ objectGb }) => objectGb,
  },
  {
    attribute: "fileGb",
    name: text("文件存储（GB）", "file storage in GB"),
    capacity: (pool) => pool.capacity.fileGb,
    use: ({ fileGb }) => fileGb,
  },
  {
    attribute: "backupGb",
    name: text("备份空间（GB）", "backup space in GB"),
    capacity: (pool) => pool.capacity.backupGb,
    use: ({ backupGb }) => backupGb,
  },
];

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
