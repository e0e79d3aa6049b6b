/** Declarations of a system of each kind, small; the bureau `lab` is theirs alone. */
export const LAB = "stacks/tenants/lab";

export const TENANT = `name: 试验局
monthlyBudget: "40000.00"
range: 10.30.0.0/16
`;

const common = (name: string, mlps: 2 | 3) => `name: ${name}
mlps: ${mlps}
pool: gov
classified: false
`;

/** Servers that the internet reaches, disks of both kinds, storage, backup. */
export function web(
  wish: {
    readonly count?: number;
    readonly cpu?: number;
    readonly memoryGb?: number;
    readonly dataGb?: number;
    /** Who reaches port 8443; 443 is everybody's. */
    readonly from?: string;
    readonly more?: string;
    readonly name?: string;
  } = {},
): string {
  const { count = 1, cpu = 1, memoryGb = 2, dataGb = 10, from = "192.0.2.0/25", more = "stage: production\n", name = "门户" } = wish;
  return `${common(name, 2)}${more}servers:
  web:
    count: ${count}
    family: general
    cpu: ${cpu}
    memoryGb: ${memoryGb}
    image: rocky-9
    systemDisk: { type: ssd, sizeGb: 40 }
    dataDisks: { data: { type: sas, sizeGb: ${dataGb} } }
    listens: [{ port: 443, from: internet }, { port: 8443, from: ${from} }]
storage: { objectGb: 10, fileGb: 5 }
backupGb: 20
`;
}

/** Domestic processors of both families at MLPS level 3 with cryptography, in a subnet of its own. */
export function core(stage = "stage: production\n"): string {
  return `${common("核心业务", 3)}${stage}cryptography: true
servers:
  app:
    family: c86
    cpu: 2
    memoryGb: 4
    image: kylin-v10-sp3
    systemDisk: { type: sas, sizeGb: 40 }
    listens: [{ port: 8443, from: tenant }]
  db:
    family: arm
    cpu: 4
    memoryGb: 8
    image: openeuler-22.03-sp4-arm
    systemDisk: { type: ssd, sizeGb: 40 }
    listens: [{ port: 5432, from: self }]
subnet: 10.30.0.0/26
backupGb: 20
`;
}

/** A GPU box with its cards. */
export function gpu(stage = "stage: production\n"): string {
  return `${common("训练", 2)}${stage}gpuServers:
  train: { box: 1, cards: { type: 1, count: 2 }, listens: [{ port: 8500, from: self }] }
backupGb: 20
`;
}

/** Rack units of both classes, a cabinet and a host that is managed: no server of the cloud's own. */
export function hosting(stage = "stage: production\n"): string {
  return `${common("托管", 2)}${stage}colocation:
  rackUnits: [{ rack: A08, from: 1, to: 4, powerW: 900 }, { rack: H04, from: 1, to: 2, powerW: 1200 }]
  cabinets: [B04]
managedNodes: [{ name: dx-node-1, serial: "2102352LAB0001" }]
migration: true
`;
}

/** What is left of a system that is gone. */
export function tombstone(name: string, mlps: 2 | 3): string {
  return `${common(name, mlps)}stage: retired\n${retirement("数据已返还使用单位并清除，清单 LAB-2026-001")}`;
}

export const RETIRED_ON = "2026-02-16";
export const EXITING = `stage: exiting\n${retirement("使用单位已收到下线通知，数据待返还，通知 LAB-2026-000")}`;

/** What announces an exit does not attest to it. */
function retirement(attestation: string): string {
  return `retirement: { on: ${RETIRED_ON}, attestation: ${attestation} }\n`;
}
