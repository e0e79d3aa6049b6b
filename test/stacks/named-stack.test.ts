import { App, PgBackend, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { expect, test } from "vitest";
import { NamedStack } from "../../stacks/named-stack.ts";
import { declared, gpuServers, listen, servers } from "./declared.ts";
import { resources, synthesised } from "./synthesised.ts";

class Sample extends NamedStack {}
const sample = () => new Sample(new App({ outdir: "." }), "sample");

test.each([
  { what: "instance", address: "openstack_compute_instance_v2.servers_app-1" },
  { what: "port", address: "openstack_networking_port_v2.servers_app-1" },
  { what: "public address", address: "openstack_networking_floatingip_v2.servers_app-1" },
  { what: "data volume", address: "openstack_blockstorage_volume_v3.servers_app-1_data" },
  { what: "attachment", address: "openstack_compute_volume_attach_v2.servers_app-1_data" },
  { what: "server group", address: "openstack_compute_servergroup_v2.server-groups_app" },
  { what: "security group", address: "openstack_networking_secgroup_v2.security-groups_app" },
  { what: "rule of what may come in", address: "openstack_networking_secgroup_rule_v2.security-groups_app_in-tcp-443-0-0-0-0-0" },
  { what: "membership group", address: "openstack_networking_secgroup_v2.membership" },
  { what: "rule of what may go out", address: "openstack_networking_secgroup_rule_v2.membership_out-tcp-443-10-64-1-0-28" },
  { what: "GPU box", address: "openstack_compute_instance_v2.gpu-servers_train-1" },
  { what: "network", address: "openstack_networking_network_v2.network" },
  { what: "subnet", address: "openstack_networking_subnet_v2.network" },
  { what: "project", address: "openstack_identity_project_v3.project" },
  { what: "firewall rule", address: "openstack_fw_rule_v2.firewall_ingress_tcp-443-0-0-0-0-0" },
  { what: "component", address: "kubernetes_deployment_v1.bundle_waf" },
  { what: "record", address: "terraform_data.records_mlps-bundle" },
])("The address of a $what is $address", ({ address }) => {
  const app = servers("app", { listens: [listen(443, "internet")], dataDisks: [{ key: "data", type: "sas", sizeGb: 10 }] });
  expect(Object.keys(resources({ servers: [app], gpuServers: [gpuServers("train")] }))).toContain(address);
});

test("Names that a bureau may choose freely never meet a name of our own", () => {
  const disks = ["association", "floating-ip", "instance", "port", "volume"].map((key) => ({ key, type: "sas" as const, sizeGb: 1 }));
  const awkward = ["app", "app-1", "group", "membership", "rule", "system"].map((key) =>
    servers(key, { count: 2, dataDisks: disks, listens: [listen(443, "internet")] }),
  );
  expect(Object.keys(resources({ servers: awkward, gpuServers: [gpuServers("servers")] }))).toContain(
    "openstack_blockstorage_volume_v3.servers_app-1-2_port",
  );
});

test("Adding a server, a disk or a listen touches no other resource", () => {
  const app = servers("app", { dataDisks: [{ key: "data", type: "sas", sizeGb: 10 }] });
  const before = resources({ servers: [app] });
  const more = {
    ...app,
    count: 2,
    dataDisks: [...app.dataDisks, { key: "logs", type: "ssd" as const, sizeGb: 5 }],
    listens: [listen(22, "10.20.9.0/24")],
  };
  const { "openstack_fw_policy_v2.firewall_ingress": policy, ...after } = resources({
    servers: [more, servers("job")],
    gpuServers: [gpuServers("train")],
  });
  const { "openstack_fw_policy_v2.firewall_ingress": oldPolicy, ...unchanged } = before;
  expect(after).toMatchObject(unchanged);
  expect(oldPolicy.rules).toEqual([]);
  expect(policy.rules).toEqual(["${openstack_fw_rule_v2.firewall_ingress_tcp-22-10-20-9-0-24.id}"]);
});

test("The same declaration gives the same bytes, whatever was built before", () => {
  const overrides = {
    servers: [servers("app", { listens: [listen(443, "internet"), listen(53, "self", "udp")] })],
    mlps: 2 as const,
    cryptography: true,
  };
  const once = JSON.stringify(synthesised(overrides));
  synthesised({ id: "hrss/other", system: "other" });
  expect(JSON.stringify(synthesised(overrides))).toBe(once);
});

test("The order of listens in a declaration means nothing", () => {
  const [a, b] = [listen(443, "internet"), listen(22, "10.20.9.0/24")];
  const inOrder = (...listens: (typeof a)[]) => JSON.stringify(synthesised({ servers: [servers("app", { listens })] }));
  expect(inOrder(a, b)).toBe(inOrder(b, a));
});

test("A configuration holds neither construct metadata nor a backend nor a path of this machine", () => {
  const json = synthesised({ servers: [servers("app")] });
  expect(Object.keys(json)).toEqual(["provider", "resource", "terraform"]);
  expect(JSON.stringify(json)).not.toContain('"//"');
  expect(JSON.stringify(json)).not.toContain(process.cwd());
  expect(json.terraform).toEqual({
    required_providers: {
      kubernetes: { source: "registry.terraform.io/hashicorp/kubernetes", version: "2.38.0" },
      openstack: { source: "registry.terraform.io/terraform-provider-openstack/openstack", version: "3.4.0" },
    },
  });
});

test("A configuration has no data source and no import, which would need the cloud while planning", () => {
  const json = synthesised({ servers: [servers("app")], objectGb: 1, fileGb: 1 });
  expect(json).not.toHaveProperty("data");
  expect(json).not.toHaveProperty("import");
});

test("A declared backend stays", () => {
  const stack = sample();
  new PgBackend(stack, { connStr: "postgres://state.example/states" });
  expect(stack.terraformJson().terraform).toEqual({ backend: { pg: { conn_str: "postgres://state.example/states" } } });
});

test("Characters that an address cannot hold are written out", () => {
  const stack = sample();
  new TerraformOutput(stack, "monthly_price", { value: 1 });
  const scope = new Construct(new Construct(stack, "images"), "openeuler-22.03");
  new TerraformOutput(scope, "id", { value: 2 });
  expect(Object.keys(stack.terraformJson().output ?? {})).toEqual(["images_openeuler-22_x2e_03", "monthly_price"]);
});

test("Two resources with one address are refused, in memory and when files are written", () => {
  const stack = sample();
  const scope = new Construct(stack, "a");
  new TerraformOutput(scope, "one", { value: 1 });
  new TerraformOutput(scope, "two", { value: 1 });
  expect(() => stack.terraformJson()).toThrow("Cannot synthesise sample: two resources have the address output.a");
  expect(() => stack.runAllValidations()).toThrow("Cannot use the address output.a twice");
});

test("A stack is named after its system, and no two systems share a name", () => {
  expect(synthesised(declared()).provider).toMatchObject({ openstack: [{ tenant_name: "hrss--pensions" }, { alias: "vending" }] });
});
