import { afterEach, expect, test } from "vitest";
import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import { type ChangingSystem, checkPools, planToCheck } from "../../../scripts/doctor/plan-pools.ts";
import { planned } from "../../../scripts/drift/opened-by.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { realTree } from "../../tree.ts";
import { type FakeCloud, PASSWORD, type Reply } from "../cloud/fake-cloud.ts";
import { healthyCloud, KUBE_TOKEN } from "./healthy-cloud.ts";

const clouds: FakeCloud[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.close();
});

const tree = readCheckedTree(realTree());
const QUOTAS = "openstack_compute_quotaset_v2";

function change(action: ResourceChange["action"], type: string, before?: object, after?: object): ResourceChange {
  const side = (values: object | undefined) => (values === undefined ? undefined : planned(type, { ...values }));
  return { address: `${type}.x`, type, action, before: side(before), after: side(after), cause: [], damage: [] };
}

function system(id: string, changes: readonly ResourceChange[]): ChangingSystem {
  return { id, stack: id.replace("/", "--"), view: { before: [], resources: [], changes } };
}

/** Servers of 4 cores and 8 GB with a boot disk of 40 GB SAS. */
const servers = (count: number) =>
  Array.from({ length: count }, () =>
    change("create", "openstack_compute_instance_v2", undefined, {
      flavor_id: "general-4c-8g",
      block_device: [{ source_type: "image", destination_type: "volume", volume_size: 40, volume_type: "sas" }],
    }),
  );
const standing = change("no-op", QUOTAS, { project_id: "p1", cores: 10 }, { project_id: "p1", cores: 10 });
const record = change("create", "terraform_data", undefined, { input: "x" });
const namespace = change("create", "kubernetes_namespace_v1", undefined, {});

/** Quotas of the project `p1`, as Nova, Cinder and Neutron tell them. */
function quotasOf(cores: number, used: number): Readonly<Record<string, Reply>> {
  return {
    "GET /compute/v2.1/os-quota-sets/p1/detail": { quota_set: { cores: { limit: cores, in_use: used }, ram: { limit: -1, in_use: 0 } } },
    "GET /block-storage/os-quota-sets/p1": { quota_set: { gigabytes: { limit: 1000, in_use: 0 } } },
    "GET /network/v2.0/quotas/p1/details.json": { quota: {} },
  };
}

const rows: readonly {
  readonly title: string;
  readonly systems: readonly ChangingSystem[];
  readonly cloud?: Readonly<Record<string, Reply>>;
  readonly environment?: NodeJS.ProcessEnv;
  /** Beginnings of findings; those of the capacity that is there are left out. */
  readonly finds: readonly string[];
}[] = [
  { title: "built-in resources alone ask nobody", systems: [system("hrss/job-service", [record])], environment: {}, finds: [] },
  {
    title: "what stays as it is asks nobody",
    systems: [system("hrss/job-service", [standing])],
    environment: {},
    finds: [],
  },
  {
    title: "a server asks the cloud for its login and room, nothing of the cluster",
    systems: [system("hrss/job-service", servers(1))],
    finds: [
      "login/gov ok [hrss/job-service]: operator is in project vending",
      "quota/gov ok [hrss/job-service]: what the plan adds fits into the quotas of 0 standing projects",
    ],
  },
  {
    title: "a namespace asks the cluster alone",
    systems: [system("hrss/job-service", [namespace])],
    finds: ["kubernetes/gov ok [hrss/job-service]: Kubernetes v1.34.4 (CLOUD)"],
  },
  {
    title: "the platform asks for the login alone",
    systems: [system("platform", [change("create", "openstack_compute_flavor_v2", undefined, {})])],
    finds: ["login/gov ok [platform]: operator is in project vending"],
  },
  {
    title: "a wrong password names every system that uses the cloud",
    systems: [system("hrss/job-service", servers(1)), system("platform", [record]), system("hrss/social-insurance", servers(1))],
    environment: { OS_USERNAME: "operator", OS_PASSWORD: "wrong-password" },
    finds: [
      "login/gov failed [hrss/job-service, hrss/social-insurance]: Cannot sign in at CLOUD/v3: OS_USERNAME and OS_PASSWORD are refused",
      "quota/gov not-checked [hrss/job-service, hrss/social-insurance]: nothing can be said without the login",
      "capacity/gov not-checked [hrss/job-service, hrss/social-insurance]: nothing can be said without the login",
    ],
  },
  {
    title: "what does not fit into the pool, added up over systems; what another gives back comes too late",
    systems: [
      system("hrss/job-service", servers(9)),
      system("hrss/social-insurance", servers(9)),
      system(
        "education/smart-education",
        servers(9).map(({ after, ...each }) => ({ ...each, action: "delete", before: after, after: undefined })),
      ),
    ],
    finds: [
      "login/gov ok [hrss/job-service, hrss/social-insurance, education/smart-education]: operator is in project vending",
      "quota/gov ok [hrss/job-service, hrss/social-insurance, education/smart-education]: what the plan adds fits into the quotas of 0 standing projects",
      "capacity/gov/general failed [hrss/job-service, hrss/social-insurance, education/smart-education]: left 68 cores, the plan adds 72; left 127 GB of memory, the plan adds 144",
    ],
  },
  {
    title: "what does not fit into a standing project's quota",
    systems: [system("hrss/job-service", [standing, ...servers(2)]), system("hrss/social-insurance", servers(1))],
    cloud: quotasOf(10, 4),
    finds: [
      "login/gov ok [hrss/job-service, hrss/social-insurance]: operator is in project vending",
      "quota/gov failed [hrss/job-service]: beyond the project's quotas (used + planned / limit): hrss/job-service: cores 4+8/10",
    ],
  },
  {
    title: "what fits once the plan has raised the quota",
    systems: [
      system("hrss/job-service", [
        change("update", QUOTAS, { project_id: "p1", cores: 10 }, { project_id: "p1", cores: 20 }),
        ...servers(2),
      ]),
    ],
    cloud: quotasOf(10, 4),
    finds: [
      "login/gov ok [hrss/job-service]: operator is in project vending",
      "quota/gov ok [hrss/job-service]: what the plan adds fits into the quotas of 1 standing projects",
    ],
  },
];

test.each(rows)("$title", async ({ systems, cloud: changes = {}, environment, finds }) => {
  const cloud = await healthyCloud(changes);
  clouds.push(cloud);
  const surroundings = {
    tree: { ...tree, catalogue: { ...tree.catalogue, pools: new Map([["gov", cloud.pool]]) } },
    environment: environment ?? { OS_USERNAME: "operator", OS_PASSWORD: PASSWORD, KUBE_TOKEN },
    repository: "unused",
    limits: { request: 1_000, backOff: [1] },
  };
  const found = await checkPools(systems, { ...surroundings, plan: planToCheck(systems, surroundings) });
  expect(
    found
      .filter(({ id, result }) => !id.startsWith("capacity/gov/") || result === "failed")
      .map(
        ({ id, result, systems: concerned = [], message }) =>
          `${id} ${result} [${concerned.join(", ")}]: ${message.en.replaceAll(cloud.url, "CLOUD")}`,
      ),
  ).toEqual(finds);
});
