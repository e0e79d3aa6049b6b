import { expect, test } from "vitest";
import { gpuServers, servers } from "./declared.ts";
import { named, resources } from "./synthesised.ts";

test("An offered size makes no flavor of its own", () => {
  const all = resources({
    servers: [servers("app", { family: "arm", cpu: 4, memoryGb: 8 })],
    gpuServers: [gpuServers("train"), gpuServers("bare", { box: 1, cards: undefined })],
  });
  expect(named(all, "openstack_compute_flavor_v2")).toEqual([]);
  expect(all["openstack_compute_instance_v2.servers_app-1"].flavor_id).toBe("arm-4c-8g");
  expect(all["openstack_compute_instance_v2.gpu-servers_bare-1"].flavor_id).toBe("gpu1-bare");
});

test("A size that is not offered gets one private flavor, made before the servers and deleted after they have left it", () => {
  const odd = { cpu: 3, memoryGb: 5 };
  const all = resources({ servers: [servers("app", { ...odd, count: 2 }), servers("job", odd)] });
  expect(named(all, "openstack_compute_flavor_v2")).toEqual(["flavors_general-3c-5g"]);
  expect(all["openstack_compute_flavor_v2.flavors_general-3c-5g"]).toEqual({
    provider: "openstack.vending",
    flavor_id: "hrss--pensions.general-3c-5g",
    name: "hrss--pensions.general-3c-5g",
    is_public: false,
    vcpus: 3,
    ram: 5120,
    disk: 0,
    swap: 0,
    ephemeral: 0,
    rx_tx_factor: 1,
    extra_specs: { "aggregate_instance_extra_specs:family": "general", "govcloud:family": "general" },
    lifecycle: { create_before_destroy: true },
  });
  expect(all["openstack_compute_flavor_access_v2.flavors_general-3c-5g"]).toEqual({
    provider: "openstack.vending",
    flavor_id: "${openstack_compute_flavor_v2.flavors_general-3c-5g.id}",
    tenant_id: "${openstack_identity_project_v3.project.id}",
    lifecycle: { create_before_destroy: true },
  });
  const instance = all["openstack_compute_instance_v2.servers_job-1"];
  expect(instance.flavor_id).toBe("hrss--pensions.general-3c-5g");
  expect(instance.depends_on).toEqual(
    expect.arrayContaining([
      "openstack_compute_flavor_v2.flavors_general-3c-5g",
      "openstack_compute_flavor_access_v2.flavors_general-3c-5g",
    ]),
  );
});

test.each([
  {
    box: 2 as const,
    cards: { type: 6 as const, count: 3 },
    id: "gpu2-card6x3",
    specs: { "govcloud:box": "2", "govcloud:card-type": "6", "govcloud:card-count": "3" },
  },
  { box: 2 as const, cards: undefined, id: "gpu2-bare", specs: { "govcloud:box": "2" } },
])("A GPU box that is not offered with its cards gets the private flavor $id", ({ box, cards, id, specs }) => {
  expect(resources({ gpuServers: [gpuServers("train", { box, cards })] })[`openstack_compute_flavor_v2.flavors_${id}`]).toMatchObject({
    flavor_id: `hrss--pensions.${id}`,
    vcpus: 20,
    ram: 204_800,
    disk: 120,
    extra_specs: { "resources:CUSTOM_GPU_BOX_2": "1", ...specs },
  });
});
