import { expect, test } from "vitest";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";

function read(values: Readonly<Record<string, unknown>>) {
  const [resource] = readSynthesised({ resource: { terraform_data: { a: values } } });
  if (resource === undefined) throw new Error("wanted a resource");
  return resource;
}

test("A stack without resources has none", () => {
  expect(readSynthesised({})).toEqual([]);
  expect(readSynthesised({ resource: {}, output: { a: { value: 1 } }, provider: { openstack: [{}] } })).toEqual([]);
});

test("Resources come sorted by address, each with its type and name", () => {
  const stack = { resource: { terraform_data: { b: {}, a: {} }, openstack_networking_network_v2: { "app-net_x": {} } } };
  expect(readSynthesised(stack).map(({ address, type, name }) => [address, type, name])).toEqual([
    ["openstack_networking_network_v2.app-net_x", "openstack_networking_network_v2", "app-net_x"],
    ["terraform_data.a", "terraform_data", "a"],
    ["terraform_data.b", "terraform_data", "b"],
  ]);
});

test("Values are as written; what instructs Terraform is none of them, nor is null", () => {
  const { values, unknown } = read({
    size: 10,
    on: false,
    name: "x",
    list: ["a", "b"],
    block: [{ a: 1, gone: null }],
    gone: null,
    provider: "openstack.vending",
    depends_on: ["terraform_data.b"],
    lifecycle: { prevent_destroy: true },
    provisioner: [],
    connection: {},
    "//": { metadata: { path: "x" } },
  });
  expect(values).toEqual({ size: 10, on: false, name: "x", list: ["a", "b"], block: [{ a: 1 }] });
  expect([...unknown]).toEqual([]);
});

test("A reference is unknown until the apply, and names what it refers to", () => {
  const { values, unknown, references } = read({
    flavor_id: "${openstack_compute_flavor_v2.own.flavor_id}",
    network: [{ port: "${openstack_networking_port_v2.app-1.id}", fixed: "x" }],
    groups: ["known", "${openstack_networking_secgroup_v2.a.id}", "${openstack_networking_secgroup_v2.b.id}"],
    both: "${terraform_data.b.id}/${terraform_data.c.output.x}",
    element: "${openstack_networking_port_v2.app-1.all_fixed_ips[0]}",
  });
  expect(values).toEqual({ network: [{ fixed: "x" }], groups: ["known"] });
  expect([...unknown].sort()).toEqual(["both", "element", "flavor_id", "groups", "network.port"]);
  expect(Object.fromEntries(references)).toEqual({
    flavor_id: [{ address: "openstack_compute_flavor_v2.own", attribute: "flavor_id" }],
    "network.port": [{ address: "openstack_networking_port_v2.app-1", attribute: "id" }],
    groups: [
      { address: "openstack_networking_secgroup_v2.a", attribute: "id" },
      { address: "openstack_networking_secgroup_v2.b", attribute: "id" },
    ],
    both: [
      { address: "terraform_data.b", attribute: "id" },
      { address: "terraform_data.c", attribute: "output" },
    ],
    element: [{ address: "openstack_networking_port_v2.app-1", attribute: "all_fixed_ips" }],
  });
});

test.each(["${var.size}", "${local.x}", '${join(",", [1])}', "${1 + 1}", "a%{ if true }b%{ endif }", "before ${each.key} after"])(
  "The expression %s is unknown and refers to nothing",
  (expression) => {
    const { values, unknown, references } = read({ x: expression });
    expect([values, [...unknown], [...references]]).toEqual([{}, ["x"], []]);
  },
);

test.each([
  { written: "$${terraform_data.b.id}", text: "${terraform_data.b.id}" },
  { written: "a %%{ if } b", text: "a %{ if } b" },
  { written: "100 $ and 50 %", text: "100 $ and 50 %" },
  { written: "$${a} and $${b}", text: "${a} and ${b}" },
])("The escaped text $written is the known text $text", ({ written, text }) => {
  const { values, unknown, references } = read({ x: written });
  expect([values, [...unknown], [...references]]).toEqual([{ x: text }, [], []]);
});

test("An escaped text beside a reference is unknown, and refers to the reference alone", () => {
  const { unknown, references } = read({ x: "$${terraform_data.b.id} ${terraform_data.c.id}" });
  expect([[...unknown], [...references]]).toEqual([["x"], [["x", [{ address: "terraform_data.c", attribute: "id" }]]]]);
});

test("Ignored changes are read from a lifecycle written as a block or as a list of one", () => {
  expect(read({ lifecycle: { ignore_changes: ["power_state", "user_data"] } }).ignoreChanges).toEqual(["power_state", "user_data"]);
  expect(read({ lifecycle: [{ ignore_changes: ["power_state"] }] }).ignoreChanges).toEqual(["power_state"]);
  expect(read({ lifecycle: { create_before_destroy: true } }).ignoreChanges).toEqual([]);
  expect(read({}).ignoreChanges).toEqual([]);
});

test("What names no resource keeps its place among the references of a list, and of an expression", () => {
  const NOTHING = { address: "", attribute: "" };
  const a = { address: "openstack_networking_secgroup_v2.a", attribute: "id" };
  const { values, unknown, references } = read({
    groups: ["known", "${openstack_networking_secgroup_v2.a.id}", "${var.group}"],
    unclear: ['${openstack_networking_secgroup_v2.a.id == "" ? "x" : "y"}'],
    alone: '${openstack_networking_secgroup_v2.a.id == "" ? "x" : "y"}',
    blocks: [{ port: "${openstack_networking_secgroup_v2.a.id}" }, { port: "${var.port}" }],
  });
  expect(values).toEqual({ groups: ["known"], unclear: [], blocks: [{}, {}] });
  expect([...unknown].sort()).toEqual(["alone", "blocks.port", "groups", "unclear"]);
  expect(Object.fromEntries(references)).toEqual({
    groups: [a, NOTHING],
    unclear: [a, NOTHING],
    alone: [a, NOTHING],
    "blocks.port": [a, NOTHING],
  });
});

test("Blocks made from a list are not read as one", () => {
  expect(() => read({ dynamic: { network: {} } })).toThrow(
    "Cannot read terraform_data.a: dynamic makes several blocks of one, wanted each written out",
  );
});

test.each(["count", "for_each"])("A resource with %s is several and is not read as one", (argument) => {
  expect(() => read({ [argument]: 3 })).toThrow(
    `Cannot read terraform_data.a: ${argument} makes it several resources, wanted each written out`,
  );
});
