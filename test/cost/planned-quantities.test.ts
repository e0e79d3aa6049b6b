import { expect, test } from "vitest";
import { costingFacts } from "../../cost/costing.ts";
import { costResource, plannedQuantities } from "../../cost/planned-quantities.ts";
import { CATALOGUE, pool, resource } from "../declared.ts";
import { costed, reasonOf } from "./costed.ts";

const VOLUME = "openstack_blockstorage_volume_v3";
const SHARE = "openstack_sharedfilesystem_share_v2";
const SERVER = "openstack_compute_instance_v2";
const FLAVOR = "openstack_compute_flavor_v2";

function flavor(values: Readonly<Record<string, unknown>>) {
  return resource(FLAVOR, { flavor_id: "own", vcpus: 4, ram: 8192, disk: 0, extra_specs: { "govcloud:family": "general" }, ...values });
}
const booted = (size: number) => ({
  flavor_id: "own",
  block_device: [{ source_type: "image", destination_type: "volume", volume_size: size, volume_type: "ssd" }],
});

test.each([
  { what: "a volume of less than nothing", cost: costed(VOLUME, { size: -500, volume_type: "sas" }) },
  { what: "a volume without end", cost: costed(VOLUME, { size: Number.POSITIVE_INFINITY, volume_type: "sas" }) },
  { what: "a volume of no number", cost: costed(VOLUME, { size: Number.NaN, volume_type: "ssd" }) },
  { what: "a volume of half a GB", cost: costed(VOLUME, { size: 0.5, volume_type: "sas" }) },
  { what: "a share of more GB than can be counted", cost: costed(SHARE, { size: 1e18 }) },
  { what: "a share of less than nothing", cost: costed(SHARE, { size: -1 }) },
  { what: "a boot disk of less than nothing", cost: costed(SERVER, booted(-40), [flavor({})]) },
  { what: "a flavor with cores below zero", cost: costed(SERVER, booted(40), [flavor({ vcpus: -64 })]) },
  { what: "a flavor with memory below zero", cost: costed(SERVER, booted(40), [flavor({ ram: -8192 })]) },
])("Unpriced, never below zero nor in parts of a fen: $what", ({ cost }) => {
  expect(cost).toBe("unpriced: quantity");
});

test("What uses nothing costs nothing, and the same server with sound numbers is priced", () => {
  expect(costed(VOLUME, { size: 0, volume_type: "sas" })).toBe("14: 0");
  expect(costed(SERVER, booted(40), [flavor({})])).toBe("1: 4, 2: 8, 15: 40");
});

test("It is told in both languages and lowers no sum", () => {
  const forged = { size: -500, volume_type: "sas" };
  expect(reasonOf(VOLUME, forged)).toEqual({
    zh: "附件1第 14 行的用量 -500 不是可用的数，须为不小于 0 的整数",
    en: "its quantity of line 14 of Annex 1 is -500; wanted a whole number, not below 0",
  });
  const resources = [resource(VOLUME, { size: 600, volume_type: "sas" }), resource(VOLUME, forged)];
  const { quantities, unpriced } = plannedQuantities(resources, costingFacts(CATALOGUE, resources, pool()));
  expect([...quantities].map(([item, quantity]) => `${item}: ${quantity}`)).toEqual(["14: 600"]);
  expect(unpriced.map(({ attribute }) => attribute)).toEqual(["quantity"]);
});

const FACTS = costingFacts(CATALOGUE, [], pool());
const OPENSTACK = "terraform-provider-openstack/openstack";

test.each([
  { type: VOLUME, provider: `registry.terraform.io/${OPENSTACK}`, costs: "priced" },
  { type: VOLUME, provider: `registry.opentofu.org/${OPENSTACK}`, costs: "priced" },
  { type: VOLUME, provider: `mirror.example.org/${OPENSTACK}`, costs: "priced" },
  { type: VOLUME, provider: undefined, costs: "priced" },
  { type: VOLUME, provider: "registry.terraform.io/example/openstack", costs: "provider_name" },
  { type: VOLUME, provider: `registry.terraform.io/example/${OPENSTACK}`, costs: "provider_name" },
  { type: VOLUME, provider: "registry.terraform.io/hashicorp/kubernetes", costs: "provider_name" },
  { type: VOLUME, provider: `/${OPENSTACK}`, costs: "provider_name" },
  { type: VOLUME, provider: "", costs: "provider_name" },
  { type: "openstack_networking_network_v2", provider: `registry.opentofu.org/${OPENSTACK}`, costs: "free" },
  { type: "openstack_networking_network_v2", provider: "registry.opentofu.org/example/openstack", costs: "provider_name" },
  { type: "kubernetes_namespace_v1", provider: "registry.opentofu.org/hashicorp/kubernetes", costs: "free" },
  { type: "kubernetes_namespace_v1", provider: "registry.opentofu.org/example/kubernetes", costs: "provider_name" },
  { type: "terraform_data", provider: "terraform.io/builtin/terraform", costs: "priced" },
  { type: "terraform_data", provider: "registry.terraform.io/example/terraform", costs: "provider_name" },
  { type: "nobody_knows", provider: "registry.terraform.io/example/nobody", costs: "type" },
])("$type of the provider $provider: $costs", ({ type, provider, costs }) => {
  const values = { size: 10, volume_type: "sas", input: { record: "migration" } };
  const costing = costResource({ ...resource(type, values), ...(provider === undefined ? {} : { provider }) }, FACTS);
  expect(costing.kind === "unpriced" ? costing.attribute : costing.kind).toBe(costs);
});
