import { expect, test } from "vitest";
import type { Declaration } from "../../../catalog/declaration.ts";
import { requirePoolCapacity } from "../../../policies/capacity/require-pool-capacity.ts";
import { CATALOGUE, declaration, gpuServer, pool, server } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { contractSubject, findings, onlyFinding } from "../subjects.ts";
import { cases } from "./require-pool-capacity.cases.ts";

testCases(requirePoolCapacity, cases);

/** A small pool, so that the numbers can be read. */
const SMALL = {
  ...pool("gov"),
  capacity: {
    general: { cpu: 10, memoryGb: 20 },
    c86: { cpu: 30, memoryGb: 40 },
    arm: { cpu: 50, memoryGb: 60 },
    gpuBoxes: { "1": 1, "2": 2, "3": 3 },
    gpuCards: { "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6 },
    sasGb: 100,
    ssdGb: 200,
    objectGb: 300,
    fileGb: 400,
    backupGb: 500,
  },
} as const;
const catalogue = {
  ...CATALOGUE,
  pools: new Map([
    ["gov", SMALL],
    ["ps", pool("ps")],
  ]),
};
const none = { type: "sas", sizeGb: 0 } as const;

function found(...declarations: readonly Partial<Declaration>[]): string[] {
  return findings(
    requirePoolCapacity.check(
      contractSubject(
        declarations.map((each, index) => declaration({ id: `t/s${index}`, ...each })),
        { catalogue },
      ),
    ),
  );
}

test.each<{ what: string; fits: Partial<Declaration>; tooMuch: Partial<Declaration>; attribute: string; words: string }>([
  {
    what: "general cores",
    fits: { servers: [server({ count: 2, cpu: 5, memoryGb: 1, systemDisk: none })] },
    tooMuch: { servers: [server({ cpu: 11, memoryGb: 1, systemDisk: none })] },
    attribute: "general.cpu",
    words: "Cannot fit 11 of cores of family general into pool gov: it has 10",
  },
  {
    what: "general memory",
    fits: { servers: [server({ count: 2, cpu: 1, memoryGb: 10, systemDisk: none })] },
    tooMuch: { servers: [server({ cpu: 1, memoryGb: 21, systemDisk: none })] },
    attribute: "general.memoryGb",
    words: "Cannot fit 21 of GB of memory of family general into pool gov: it has 20",
  },
  {
    what: "C86 cores",
    fits: { servers: [server({ family: "c86", cpu: 30, memoryGb: 1, systemDisk: none })] },
    tooMuch: { servers: [server({ family: "c86", cpu: 31, memoryGb: 1, systemDisk: none })] },
    attribute: "c86.cpu",
    words: "Cannot fit 31 of cores of family c86 into pool gov: it has 30",
  },
  {
    what: "C86 memory",
    fits: { servers: [server({ family: "c86", cpu: 1, memoryGb: 40, systemDisk: none })] },
    tooMuch: { servers: [server({ family: "c86", cpu: 1, memoryGb: 41, systemDisk: none })] },
    attribute: "c86.memoryGb",
    words: "Cannot fit 41 of GB of memory of family c86 into pool gov: it has 40",
  },
  {
    what: "ARM cores",
    fits: { servers: [server({ family: "arm", cpu: 50, memoryGb: 1, systemDisk: none })] },
    tooMuch: { servers: [server({ family: "arm", cpu: 51, memoryGb: 1, systemDisk: none })] },
    attribute: "arm.cpu",
    words: "Cannot fit 51 of cores of family arm into pool gov: it has 50",
  },
  {
    what: "ARM memory",
    fits: { servers: [server({ family: "arm", cpu: 1, memoryGb: 60, systemDisk: none })] },
    tooMuch: { servers: [server({ family: "arm", cpu: 1, memoryGb: 61, systemDisk: none })] },
    attribute: "arm.memoryGb",
    words: "Cannot fit 61 of GB of memory of family arm into pool gov: it has 60",
  },
  {
    what: "boxes of type 1",
    fits: { gpuServers: [gpuServer()] },
    tooMuch: { gpuServers: [gpuServer({ count: 2 })] },
    attribute: "gpuBoxes.1",
    words: "Cannot fit 2 of GPU boxes of type 1 into pool gov: it has 1",
  },
  {
    what: "boxes of type 2",
    fits: { gpuServers: [gpuServer({ box: 2, count: 2 })] },
    tooMuch: { gpuServers: [gpuServer({ box: 2, count: 3 })] },
    attribute: "gpuBoxes.2",
    words: "Cannot fit 3 of GPU boxes of type 2 into pool gov: it has 2",
  },
  {
    what: "boxes of type 3",
    fits: { gpuServers: [gpuServer({ box: 3, count: 3 })] },
    tooMuch: { gpuServers: [gpuServer({ box: 3, count: 4 })] },
    attribute: "gpuBoxes.3",
    words: "Cannot fit 4 of GPU boxes of type 3 into pool gov: it has 3",
  },
  ...([1, 2, 3, 4, 5, 6] as const).map((type) => ({
    what: `cards of type ${type}`,
    fits: { gpuServers: [gpuServer({ box: 3, cards: { type, count: type } })] },
    tooMuch: { gpuServers: [gpuServer({ box: 3, cards: { type, count: type + 1 } })] },
    attribute: `gpuCards.${type}`,
    words: `Cannot fit ${type + 1} of GPU cards of type ${type} into pool gov: it has ${type}`,
  })),
  {
    what: "SAS, of boot and data disks",
    fits: {
      servers: [
        server({
          count: 2,
          cpu: 1,
          memoryGb: 1,
          systemDisk: { type: "sas", sizeGb: 20 },
          dataDisks: [{ key: "a", type: "sas", sizeGb: 30 }],
        }),
      ],
    },
    tooMuch: {
      servers: [
        server({
          count: 2,
          cpu: 1,
          memoryGb: 1,
          systemDisk: { type: "sas", sizeGb: 20 },
          dataDisks: [{ key: "a", type: "sas", sizeGb: 31 }],
        }),
      ],
    },
    attribute: "sasGb",
    words: "Cannot fit 102 of SAS block storage in GB into pool gov: it has 100",
  },
  {
    what: "SSD",
    fits: { servers: [server({ cpu: 1, memoryGb: 1, systemDisk: { type: "ssd", sizeGb: 200 } })] },
    tooMuch: { servers: [server({ cpu: 1, memoryGb: 1, systemDisk: { type: "ssd", sizeGb: 201 } })] },
    attribute: "ssdGb",
    words: "Cannot fit 201 of SSD block storage in GB into pool gov: it has 200",
  },
  {
    what: "object storage",
    fits: { objectGb: 300 },
    tooMuch: { objectGb: 301 },
    attribute: "objectGb",
    words: "Cannot fit 301 of object storage in GB into pool gov: it has 300",
  },
  {
    what: "file storage",
    fits: { fileGb: 400 },
    tooMuch: { fileGb: 401 },
    attribute: "fileGb",
    words: "Cannot fit 401 of file storage in GB into pool gov: it has 400",
  },
  {
    what: "backup",
    fits: { backupGb: 500 },
    tooMuch: { backupGb: 501 },
    attribute: "backupGb",
    words: "Cannot fit 501 of backup space in GB into pool gov: it has 500",
  },
])("Of $what the whole capacity fits, and one more does not", ({ fits, tooMuch, attribute, words }) => {
  expect(found(fits)).toEqual([]);
  expect(found(tooMuch)).toEqual([`violation pools.gov#capacity.${attribute}: ${words} (t/s0 uses the most)`]);
});

test("Systems are added up, and the one that uses the most is named", () => {
  expect(found({ objectGb: 100 }, { objectGb: 150 }, { objectGb: 51 })).toEqual([
    "violation pools.gov#capacity.objectGb: Cannot fit 301 of object storage in GB into pool gov: it has 300 (t/s1 uses the most)",
  ]);
});

test("Cards of all boxes are counted, each box times their number", () => {
  expect(found({ gpuServers: [gpuServer({ box: 3, count: 2, cards: { type: 5, count: 3 } })] })).toEqual([
    "violation pools.gov#capacity.gpuCards.5: Cannot fit 6 of GPU cards of type 5 into pool gov: it has 5 (t/s0 uses the most)",
  ]);
});

test.each([
  { what: "of another pool", declared: { pool: "ps", objectGb: 301 } },
  { what: "that is retired", declared: { stage: "retired", objectGb: 301 } },
] as const)("A system $what takes nothing from the pool", ({ declared }) => {
  expect(found(declared)).toEqual([]);
});

test.each(["trial", "production", "exiting"] as const)("A system in stage %s takes its part", (stage) => {
  expect(found({ stage, objectGb: 301 })).toHaveLength(1);
});

test("The finding points at the largest user, in both languages", () => {
  expect(
    onlyFinding(requirePoolCapacity.check(contractSubject([declaration({ gpuServers: [gpuServer({ count: 2 })] })], { catalogue }))),
  ).toEqual({
    kind: "violation",
    address: "pools.gov",
    attribute: "capacity.gpuBoxes.1",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["name"] },
    message: {
      zh: "资源池 gov 的GPU服务器1型（台）共需 2，只有 1（用得最多的是 hrss/social）",
      en: "Cannot fit 2 of GPU boxes of type 1 into pool gov: it has 1 (hrss/social uses the most)",
    },
  });
});
