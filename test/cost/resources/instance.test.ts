import { expect, test } from "vitest";
import { resource } from "../../declared.ts";
import { costed, reasonOf } from "../costed.ts";

const BOOT = { source_type: "image", destination_type: "volume", volume_type: "ssd", volume_size: 60, boot_index: 0 };
const server = { flavor_id: "general-4c-8g", block_device: [BOOT] };

/** A flavor that the stack makes for itself. */
const flavor = (more: Readonly<Record<string, unknown>> = {}) =>
  resource(
    "openstack_compute_flavor_v2",
    { name: "own", flavor_id: "own", vcpus: 6, ram: 10_240, disk: 0, extra_specs: { "govcloud:family": "c86" }, ...more },
    "own",
  );
const box = (specs: Readonly<Record<string, string>>) => flavor({ disk: 600, extra_specs: specs });

test.each([
  { what: "a general server by cores, memory and boot disk", values: server, costs: "1: 4, 2: 8, 15: 60" },
  { what: "a C86 server on the domestic lines", values: { ...server, flavor_id: "c86-2c-4g" }, costs: "3: 2, 4: 4, 15: 60" },
  { what: "an ARM server on the domestic lines", values: { ...server, flavor_id: "arm-16c-64g" }, costs: "3: 16, 4: 64, 15: 60" },
  { what: "a boot disk of SAS", values: { ...server, block_device: [{ ...BOOT, volume_type: "sas" }] }, costs: "1: 4, 2: 8, 14: 60" },
  {
    what: "every volume that it makes",
    values: { ...server, block_device: [BOOT, { ...BOOT, source_type: "blank", volume_size: 7 }] },
    costs: "1: 4, 2: 8, 15: 60, 15: 7",
  },
  {
    what: "not a volume that is there already",
    values: { ...server, block_device: [BOOT, { source_type: "volume", destination_type: "volume", uuid: "v" }] },
    costs: "1: 4, 2: 8, 15: 60",
  },
  {
    what: "a server that boots from a volume that is there already",
    values: { ...server, block_device: [{ source_type: "volume", destination_type: "volume", uuid: "v" }] },
    costs: "1: 4, 2: 8",
  },
  { what: "a block written without a list", values: { ...server, block_device: BOOT }, costs: "1: 4, 2: 8, 15: 60" },
  { what: "a GPU box without cards", values: { flavor_id: "gpu2-bare" }, costs: "6: 1" },
  { what: "a GPU box with its cards", values: { flavor_id: "gpu3-card6x8" }, costs: "7: 1, 13: 8" },
])("Priced is $what", ({ values, costs }) => {
  expect(costed("openstack_compute_instance_v2", values)).toBe(costs);
});

test.each([
  {
    what: "a flavor known after the apply",
    values: { ...server, flavor_id: "${openstack_compute_flavor_v2.other.id}" },
    attribute: "flavor_id",
  },
  { what: "no flavor", values: { block_device: [BOOT] }, attribute: "flavor_id" },
  { what: "a flavor that nobody knows", values: { ...server, flavor_id: "general-5c-7g" }, attribute: "flavor_id" },
  {
    what: "a boot disk of unknown size",
    values: { ...server, block_device: [{ ...BOOT, volume_size: "${var.size}" }] },
    attribute: "block_device.volume_size",
  },
  {
    what: "a boot disk without a size",
    values: { ...server, block_device: [{ ...BOOT, volume_size: null }] },
    attribute: "block_device.volume_size",
  },
  {
    what: "a boot disk of unknown type",
    values: { ...server, block_device: [{ ...BOOT, volume_type: "${var.type}" }] },
    attribute: "block_device.volume_type",
  },
  {
    what: "a boot disk without a type, which is the cloud's default",
    values: { ...server, block_device: [{ ...BOOT, volume_type: null }] },
    attribute: "block_device.volume_type",
  },
  {
    what: "a boot disk of a type that is in no line",
    values: { ...server, block_device: [{ ...BOOT, volume_type: "nvme" }] },
    attribute: "block_device.volume_type",
  },
  {
    what: "a disk of which the cloud decides where it lies",
    values: { ...server, block_device: [{ ...BOOT, destination_type: null }] },
    attribute: "block_device.destination_type",
  },
  {
    what: "a disk of which an apply decides where it lies",
    values: { ...server, block_device: [{ ...BOOT, destination_type: "${var.x}" }] },
    attribute: "block_device.destination_type",
  },
  { what: "blocks known after the apply", values: { ...server, block_device: "${var.blocks}" }, attribute: "block_device" },
  {
    what: "no boot volume, on a flavor without a disk",
    values: { flavor_id: "general-4c-8g", image_id: "image" },
    attribute: "block_device",
  },
  {
    what: "a local boot disk on a flavor without one",
    values: { ...server, block_device: [{ ...BOOT, destination_type: "local" }] },
    attribute: "block_device",
  },
])("Not priced, and never zero, is a server with $what", ({ values, attribute }) => {
  expect(costed("openstack_compute_instance_v2", values)).toBe(`unpriced: ${attribute}`);
});

test.each([
  { what: "family, cores and memory", own: flavor(), costs: "3: 6, 4: 10, 15: 60" },
  { what: "a box", own: box({ "govcloud:box": "3" }), costs: "7: 1, 15: 60" },
  {
    what: "a box with its cards",
    own: box({ "govcloud:box": "2", "govcloud:card-type": "4", "govcloud:card-count": "3" }),
    costs: "6: 1, 11: 3, 15: 60",
  },
  { what: "nothing", own: flavor({ extra_specs: {} }), costs: "unpriced: flavor_id" },
  { what: "no extra specs", own: flavor({ extra_specs: null }), costs: "unpriced: flavor_id" },
  {
    what: "a family that the annex does not know",
    own: flavor({ extra_specs: { "govcloud:family": "power" } }),
    costs: "unpriced: flavor_id",
  },
  { what: "a disk of its own, which no line prices", own: flavor({ disk: 40 }), costs: "unpriced: flavor_id" },
  { what: "half a GB of memory", own: flavor({ ram: 512 }), costs: "unpriced: flavor_id" },
  { what: "unknown memory", own: flavor({ ram: "${var.ram}" }), costs: "unpriced: flavor_id" },
  { what: "an id known after the apply", own: flavor({ flavor_id: null }), costs: "unpriced: flavor_id" },
  { what: "a box that the annex does not know", own: box({ "govcloud:box": "4" }), costs: "unpriced: flavor_id" },
  {
    what: "a card that the annex does not know",
    own: box({ "govcloud:box": "3", "govcloud:card-type": "7", "govcloud:card-count": "1" }),
    costs: "unpriced: flavor_id",
  },
  {
    what: "half a card",
    own: box({ "govcloud:box": "3", "govcloud:card-type": "5", "govcloud:card-count": "0.5" }),
    costs: "unpriced: flavor_id",
  },
  { what: "cards without a number of them", own: box({ "govcloud:box": "3", "govcloud:card-type": "5" }), costs: "unpriced: flavor_id" },
  {
    what: "a number of cards without their type",
    own: box({ "govcloud:box": "3", "govcloud:card-count": "5" }),
    costs: "unpriced: flavor_id",
  },
])("A flavor of the stack's own that states $what costs its server $costs", ({ own, costs }) => {
  expect(costed("openstack_compute_instance_v2", { ...server, flavor_id: "own" }, [own])).toBe(costs);
});

test("A stack cannot give an offered flavor another meaning", () => {
  const cheap = flavor({ flavor_id: "general-4c-8g", vcpus: 1, ram: 1024 });
  expect(costed("openstack_compute_instance_v2", server, [cheap])).toBe("1: 4, 2: 8, 15: 60");
});

test("The reason is told in both languages", () => {
  expect(reasonOf("openstack_compute_instance_v2", { ...server, flavor_id: "general-5c-7g" })).toEqual({
    zh: "目录里没有规格 general-5c-7g，也不在本计划里",
    en: "flavor general-5c-7g is neither in the catalogue nor in this plan",
  });
});
