import { afterEach, describe, expect, test } from "vitest";
import type { CloudClient } from "../../../scripts/cloud/cloud-client.ts";
import type { Finding, Surroundings } from "../../../scripts/doctor/check.ts";
import { checkClock } from "../../../scripts/doctor/clock.ts";
import type { Needed, ProjectNeed } from "../../../scripts/doctor/needed.ts";
import { type CheckName, runChecks } from "../../../scripts/doctor/run-checks.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { pool } from "../../declared.ts";
import { realTree } from "../../tree.ts";
import { type FakeCloud, PASSWORD, type Reply, status, TOKEN } from "../cloud/fake-cloud.ts";
import { freePort } from "../free-port.ts";
import { FLAVORS, healthyCloud, KUBE_TOKEN } from "./healthy-cloud.ts";

const clouds: FakeCloud[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
});

const tree = readCheckedTree(realTree());
const environment = { OS_USERNAME: "operator", OS_PASSWORD: PASSWORD, KUBE_TOKEN };
const POOL: readonly CheckName[] = ["login", "clock", "role", "references", "quota", "capacity", "kubernetes"];

interface Row {
  readonly title: string;
  readonly only: readonly CheckName[];
  readonly cloud?: Readonly<Record<string, Reply | readonly Reply[]>>;
  readonly options?: Parameters<typeof healthyCloud>[1];
  readonly environment?: NodeJS.ProcessEnv;
  readonly needed?: Needed;
  readonly projects?: readonly ProjectNeed[];
  readonly finds: readonly string[];
}

async function findings({
  only,
  cloud: changes,
  options,
  environment: more,
  needed,
  projects,
}: Omit<Row, "title" | "finds">): Promise<readonly Finding[]> {
  const cloud = await healthyCloud(changes, options);
  clouds.push(cloud);
  const found = await runChecks(
    {
      tree,
      environment: { ...environment, ...more },
      repository: "unused",
      limits: { request: 1_000, backOff: [1] },
      ...(needed === undefined
        ? {}
        : { plan: { stacks: new Map(), needed: new Map([["gov", needed]]), projects: new Map([["gov", projects ?? []]]) } }),
    },
    [cloud.pool],
    only,
  );
  const words = JSON.stringify(found);
  for (const secret of [PASSWORD, TOKEN, KUBE_TOKEN]) expect(words).not.toContain(secret);
  for (const { result, message, remedy } of found) {
    expect(message.zh).not.toBe("");
    expect(remedy !== undefined || result === "ok" || result === "not-checked", message.en).toBe(true);
  }
  return found;
}

const print = ({ id, result, message }: Finding) => `${id} ${result}: ${message.en.replace(/http:\/\/127\.0\.0\.1:\d+/g, "CLOUD")}`;

const nothing: Needed = {
  families: { general: { cpu: 0, memoryGb: 0 }, c86: { cpu: 0, memoryGb: 0 }, arm: { cpu: 0, memoryGb: 0 } },
  gpuBoxes: { "1": 0, "2": 0, "3": 0 },
  volumesGb: { sas: 0, ssd: 0 },
  shareGb: 0,
};

test("A healthy cloud passes every check, and tells what is left", async () => {
  // A loaded machine may need a second for the answer.
  const told = (await findings({ only: POOL })).map((finding) => print(finding).replace(/\d seconds from/, "few seconds from"));
  expect(told).toEqual([
    "login/gov ok: operator is in project vending",
    "clock/gov ok: few seconds from the cloud's clock",
    "role/gov ok: operator has these roles in vending: admin",
    "external-network/gov ok: external network: all 1 there",
    "subnet-pool/gov ok: subnet pool: all 1 there",
    "flavors/gov ok: flavors: all 67 there",
    "images/gov ok: images: all 7 there",
    "volume-types/gov ok: volume types: all 2 there",
    "share-type/gov ok: share type: all 1 there",
    "quota/gov ok: vending: room in all 3 quotas",
    "capacity/gov/general ok: left 68 cores; left 127 GB of memory",
    "capacity/gov/c86 ok: left 32 cores; left 128 GB of memory",
    "capacity/gov/arm ok: left 32 cores; left 128 GB of memory",
    "capacity/gov/gpu-box-1 ok: left 2 GPU boxes of type 1",
    "capacity/gov/gpu-box-2 ok: left 0 GPU boxes of type 2",
    "capacity/gov/gpu-box-3 ok: left 0 GPU boxes of type 3",
    "capacity/gov/sas-volumes ok: left 1500 GB",
    "capacity/gov/ssd-volumes ok: left unlimited GB",
    "capacity/gov/shares not-checked: the back end of shares does not tell what it has left",
    "capacity/gov/objects not-checked: object storage does not tell what it has left",
    "kubernetes/gov ok: Kubernetes v1.34.4 (CLOUD)",
  ]);
});

const [first, ...otherFlavors] = FLAVORS;
const gov = tree.catalogue.pools.get("gov");
const rocky = tree.catalogue.images.get("rocky-9")?.pools["gov"];

const rows: readonly Row[] = [
  {
    title: "a wrong password leaves the rest unchecked",
    only: ["login", "role", "quota"],
    environment: { OS_PASSWORD: "wrong-password" },
    finds: [
      "login/gov failed: Cannot sign in at CLOUD/v3: OS_USERNAME and OS_PASSWORD are refused",
      "role/gov not-checked: nothing can be said without the login",
      "quota/gov not-checked: nothing can be said without the login",
    ],
  },
  {
    title: "the login is told where it fails, asked for or not",
    only: ["quota"],
    environment: { OS_USERNAME: "" },
    finds: ["login/gov failed: Cannot sign in: OS_USERNAME not set", "quota/gov not-checked: nothing can be said without the login"],
  },
  {
    title: "another account than the catalogue's",
    only: ["role"],
    options: { token: { user: { id: "somebody", name: "somebody" } } },
    finds: [`role/gov failed: operator.userId is somebody, catalog/pools.yaml has ${gov?.openstack.operator.userId}`],
  },
  {
    title: "another domain, and a role that is not there",
    only: ["role"],
    cloud: { [`GET /v3/roles/${gov?.openstack.operator.roleId}`]: status(404) },
    options: { token: { project: { id: "id-of-vending", name: "vending", domain: { id: "default" } } } },
    finds: [
      `role/gov failed: domainId is default, catalog/pools.yaml has ${gov?.openstack.domainId}`,
      `role/gov failed: the cloud has no role ${gov?.openstack.operator.roleId}`,
    ],
  },
  {
    title: "no role of that name",
    only: ["role"],
    options: { token: { roles: [{ name: "reader" }] } },
    finds: ["role/gov warning: operator has these roles in vending: reader"],
  },
  {
    title: "references that are missing or other than the catalogue says",
    only: ["references"],
    cloud: {
      [`GET /network/v2.0/networks/${gov?.openstack.externalNetwork.id}`]: { network: { name: "internet", "router:external": false } },
      [`GET /network/v2.0/subnetpools/${gov?.openstack.subnetPool.id}`]: status(404),
      "GET /compute/v2.1/flavors/detail": { flavors: [{ ...first, vcpus: 2 }, ...otherFlavors.slice(1)] },
      [`GET /image/v2/images/${rocky}`]: { status: "queued" },
      "GET /block-storage/types": { volume_types: [{ name: "sas", extra_specs: { volume_backend_name: "other" } }] },
      "GET /sharev2/v2/types": { share_types: [] },
    },
    finds: [
      "external-network/gov failed: external network: 0 of 1 missing, 1 other than the catalogue says (internet.router:external = false ≠ true)",
      "subnet-pool/gov failed: subnet pool: 1 of 1 missing, 0 other than the catalogue says (gov-systems)",
      "flavors/gov failed: flavors: 1 of 67 missing, 1 other than the catalogue says (general-1c-2g, general-1c-1g.vcpus = 2 ≠ 1)",
      "images/gov failed: images: 0 of 7 missing, 1 other than the catalogue says (rocky-9.status = queued ≠ active)",
      "volume-types/gov failed: volume types: 1 of 2 missing, 1 other than the catalogue says (ssd, sas.backend = other ≠ ceph-sas)",
      "share-type/gov failed: share type: 1 of 1 missing, 0 other than the catalogue says (cephfs-nfs)",
    ],
  },
  {
    title: "a quota that is nearly used up, what is reserved counted",
    only: ["quota"],
    cloud: { "GET /block-storage/os-quota-sets/id-of-vending": { quota_set: { volumes: { limit: 10, in_use: 8, reserved: 1.5 } } } },
    finds: ["quota/gov warning: vending has nearly used up: volumes 9.5/10"],
  },
  {
    title: "a quota that is used up",
    only: ["quota"],
    cloud: { "GET /network/v2.0/quotas/id-of-vending/details.json": { quota: { router: { limit: 1, used: 1, reserved: 0 } } } },
    finds: ["quota/gov failed: vending has used up: router 1/1"],
  },
  {
    title: "a service that fails fails its check alone",
    only: ["role", "quota"],
    cloud: { "GET /block-storage/os-quota-sets/id-of-vending": status(503) },
    finds: [
      "role/gov ok: operator has these roles in vending: admin",
      "quota/gov failed: Cannot read CLOUD/block-storage/os-quota-sets/id-of-vending: HTTP 503: no, wanted 200",
    ],
  },
  {
    title: "a token of Kubernetes that is not set",
    only: ["kubernetes"],
    environment: { KUBE_TOKEN: "" },
    finds: ["kubernetes/gov failed: KUBE_TOKEN is not set"],
  },
  {
    title: "one that is refused",
    only: ["kubernetes"],
    cloud: { "GET /version": status(401) },
    finds: ["kubernetes/gov failed: CLOUD answers HTTP 401"],
  },
  {
    title: "one that may read nothing, though the version is open to everybody",
    only: ["kubernetes"],
    cloud: { "GET /api/v1/namespaces": status(403) },
    finds: ["kubernetes/gov failed: CLOUD does not let KUBE_TOKEN read namespaces: HTTP 403"],
  },
];

describe("A pool's cloud", () => {
  test.each(rows)("is found out: $title", async (row) => {
    expect((await findings(row)).map(print)).toEqual(row.finds);
  });
});

describe("Kubernetes", () => {
  test("that cannot be reached has the field of its own address as its remedy", async () => {
    const port = await freePort();
    const { securityCluster, ...rest } = pool();
    const [found] = await runChecks(
      { tree, environment: { ...environment, KUBE_TOKEN: "t" }, repository: "unused", limits: { backOff: [] } },
      [{ ...rest, securityCluster: { ...securityCluster, host: `http://127.0.0.1:${port}` } }],
      ["kubernetes"],
    );
    expect(found).toEqual({
      id: "kubernetes/gov",
      result: "failed",
      message: {
        zh: `连不上 http://127.0.0.1:${port}/version：ECONNREFUSED`,
        en: `Cannot reach http://127.0.0.1:${port}/version: ECONNREFUSED`,
      },
      remedy: {
        zh: "检查 catalog/pools.yaml 的 securityCluster.host、网络、代理（HTTPS_PROXY、NO_PROXY）和证书（securityCluster.caCertificate、SSL_CERT_FILE）",
        en: "check securityCluster.host in catalog/pools.yaml, the network, the proxy (HTTPS_PROXY, NO_PROXY) and the certificate (securityCluster.caCertificate, SSL_CERT_FILE)",
      },
    });
  });
});

describe("The clock", () => {
  test.each([
    { ahead: 30_400, finds: "clock/gov ok: 30 seconds from the cloud's clock" },
    { ahead: -120_000, finds: "clock/gov warning: 120 seconds from the cloud's clock" },
    { ahead: 301_000, finds: "clock/gov failed: 301 seconds from the cloud's clock" },
    { ahead: undefined, finds: "clock/gov not-checked: the cloud did not tell its time" },
  ])("$ahead ms ahead: $finds", async ({ ahead, finds }) => {
    const client = { session: { clockAhead: ahead } } as CloudClient;
    expect((await checkClock(pool(), client, {} as Surroundings)).map(print)).toEqual([finds]);
  });
});

describe("Capacity", () => {
  const capacity = async (row: Omit<Row, "title" | "finds" | "only">) =>
    (await findings({ ...row, only: ["capacity"] })).filter(({ result }) => result !== "ok" && result !== "not-checked").map(print);

  test("holds a plan that fits to the last core, and refuses one more", async () => {
    const plan = (cpu: number): Needed => ({ ...nothing, families: { ...nothing.families, general: { cpu, memoryGb: 1 } } });
    expect(await capacity({ needed: plan(68) })).toEqual([]);
    expect(await capacity({ needed: plan(69) })).toEqual([
      "capacity/gov/general failed: left 68 cores, the plan adds 69; left 127 GB of memory, the plan adds 1",
    ]);
  });

  test("is refused where the cloud has none of what the plan adds", async () => {
    const needed: Needed = { ...nothing, gpuBoxes: { "1": 2, "2": 1, "3": 1 }, volumesGb: { sas: 1501, ssd: 99 } };
    expect(await capacity({ needed })).toEqual([
      "capacity/gov/gpu-box-2 failed: left 0 GPU boxes of type 2, the plan adds 1",
      "capacity/gov/gpu-box-3 failed: left 0 GPU boxes of type 3, the plan adds 1",
      "capacity/gov/sas-volumes failed: left 1500 GB, the plan adds 1501",
    ]);
  });

  test("is never the one of another family's hosts", async () => {
    const aggregates = { "GET /compute/v2.1/os-aggregates": { aggregates: [{ uuid: "uuid-general", metadata: { family: "general" } }] } };
    const needed: Needed = { ...nothing, families: { ...nothing.families, arm: { cpu: 1, memoryGb: 1 } } };
    expect(await capacity({ cloud: aggregates, needed })).toEqual([
      "capacity/gov/c86 warning: no host aggregate has family=c86",
      "capacity/gov/arm failed: no host aggregate has family=arm",
    ]);
  });

  test("of a back end that the catalogue does not name is not counted", async () => {
    const cloud = {
      "GET /block-storage/scheduler-stats/get_pools": { pools: [{ capabilities: { volume_backend_name: "other", free_capacity_gb: 9 } }] },
    };
    expect(await capacity({ cloud, needed: { ...nothing, volumesGb: { sas: 1, ssd: 0 } } })).toEqual([
      "capacity/gov/sas-volumes failed: no back end serves sas-volumes",
      "capacity/gov/ssd-volumes warning: no back end serves ssd-volumes",
    ]);
  });
});
