import { describe, expect, test } from "vitest";
import type { Listen } from "../../../catalog/declaration.ts";
import { noUndeclaredListening } from "../../../policies/exposure/no-undeclared-listening.ts";
import { declaration, gpuServer } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding, PLATFORM, printed } from "../subjects.ts";
import { appWith, built, listen, listening, PUBLIC, tcp } from "./built.ts";
import { cases } from "./no-undeclared-listening.cases.ts";

testCases(noUndeclaredListening, cases);

const INTERNET = { kind: "internet" } as const;

test("The finding names what is declared, in both languages, and leads back to the group's listens", () => {
  const system = listening([listen(443, INTERNET)]);
  const finding = onlyFinding(
    noUndeclaredListening.check(built(appWith({ "in-tcp-8080-0-0-0-0-0": tcp(8080, "0.0.0.0/0") }, { more: PUBLIC }), system)),
  );
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "listens"] });
  expect(finding.message.zh).toBe("hrss--social-app-1 的 tcp 8080 可从互联网访问，申请里却没有写：listens 里只有 互联网→tcp 443");
});

test("GPU boxes declare what they listen to as servers do", () => {
  const resources = appWith({ web: tcp(443, "0.0.0.0/0") });
  const [port] = Object.values(resources["networking_port_v2"] ?? {});
  const box = {
    ...resources,
    compute_instance_v2: {
      "gpu-servers_app-1": { name: "hrss--social-app-1", network: [{ port: "${openstack_networking_port_v2.box.id}" }] },
    },
    networking_port_v2: { box: port ?? {} },
  };
  const system = declaration({ gpuServers: [gpuServer({ key: "app", listens: [listen(443, INTERNET)] })] });
  expect(printed(noUndeclaredListening.check(built(box, system)))).toEqual(["pass"]);
  expect(findings(noUndeclaredListening.check(built(box)))).toHaveLength(1);
});

test("The same opening by two rules is told once", () => {
  expect(findings(noUndeclaredListening.check(built(appWith({ a: tcp(8080, "10.0.0.0/8"), b: tcp(8080, "10.0.0.0/8") }))))).toHaveLength(1);
});

test("0.0.0.0/0 that is declared in so many words covers any address", () => {
  const system = listening([listen(443, { kind: "cidr", cidr: "0.0.0.0/0" })]);
  expect(printed(noUndeclaredListening.check(built(appWith({ web: tcp(443, "0.0.0.0/0") }), system)))).toEqual(["pass"]);
});

test("A server of the platform, which nobody declares, may listen to nothing", () => {
  const { resources } = built(appWith({ web: tcp(443, "0.0.0.0/0") }));
  expect(findings(noUndeclaredListening.check({ ...PLATFORM, resources }))).toHaveLength(1);
  expect(printed(noUndeclaredListening.check({ ...PLATFORM, resources: [] }))).toEqual(["not-applicable"]);
});

test.each([
  { spec: { type: "LoadBalancer" }, found: "violation" },
  { spec: { type: "ClusterIP", external_ips: ["203.0.113.9"] }, found: "violation" },
  { spec: { type: "${var.type}" }, found: "undetermined" },
  { spec: {}, found: "pass" },
])("A service $spec: $found", ({ spec, found }) => {
  const service = { kubernetes_service_v1: { waf: { metadata: { name: "waf" }, spec } } };
  expect(printed(noUndeclaredListening.check(built(service)))[0]?.split(" ")[0]).toBe(found);
});

const only = (rule: Readonly<Record<string, unknown>>, ...listens: readonly Listen[]) =>
  printed(noUndeclaredListening.check(built(appWith({ r: rule }), listening(listens))))[0]?.split(" ")[0];

test.each([
  {
    what: "both ports of a range, each declared",
    rule: tcp(8080, "10.0.0.0/8", { port_range_max: 8081 }),
    ports: [8080, 8081],
    found: "pass",
  },
  {
    what: "a range of which the middle is not declared",
    rule: tcp(8080, "10.0.0.0/8", { port_range_max: 8082 }),
    ports: [8080, 8082],
    found: "violation",
  },
  { what: "every port of tcp", rule: { protocol: "tcp", remote_ip_prefix: "10.0.0.0/8" }, ports: [8080], found: "violation" },
])("$what: $found", ({ rule, ports, found }) => {
  expect(only(rule, ...ports.map((port) => listen(port, { kind: "cidr", cidr: "10.0.0.0/8" })))).toBe(found);
});

test.each([
  { what: "every IPv4 address", rule: tcp(443, "0.0.0.0/0"), from: ["0.0.0.0/0"], found: "pass" },
  { what: "every IPv4 address, declared in halves", rule: tcp(443, "0.0.0.0/0"), from: ["0.0.0.0/1", "128.0.0.0/1"], found: "pass" },
  { what: "every IPv4 address, of which half is declared", rule: tcp(443, "0.0.0.0/0"), from: ["0.0.0.0/1"], found: "violation" },
  { what: "every IPv6 address", rule: tcp(443, "::/0", { ethertype: "IPv6" }), from: ["0.0.0.0/0"], found: "violation" },
  { what: "every IPv6 address by no prefix", rule: tcp(443, undefined, { ethertype: "IPv6" }), from: ["0.0.0.0/0"], found: "violation" },
  { what: "an IPv6 network", rule: tcp(443, "2001:db8::/64", { ethertype: "IPv6" }), from: ["10.0.0.0/8"], found: "violation" },
])("$what, declared from $from: $found", ({ rule, from, found }) => {
  expect(only(rule, ...from.map((cidr) => listen(443, { kind: "cidr", cidr })))).toBe(found);
});

test("IPv6 is told as such", () => {
  const finding = onlyFinding(noUndeclaredListening.check(built(appWith({ six: tcp(443, "::/0", { ethertype: "IPv6" }) }), listening([]))));
  expect(finding.message.zh).toBe("hrss--social-app-1 的 tcp 443 可从任何 IPv6 地址访问，申请里却没有写：这组服务器没有写 listens");
});

describe("In a cluster", () => {
  const pod = (spec: Readonly<Record<string, unknown>>) => ({ kubernetes_deployment_v1: { waf: { spec: { template: { spec } } } } });
  const policy = (ingress: unknown) => ({
    kubernetes_network_policy_v1: { waf: { spec: { pod_selector: {}, policy_types: ["Ingress"], ingress } } },
  });
  const block = (cidr: string) => [{ from: [{ ip_block: { cidr } }] }];
  const at = (place: string, by: string) => `violation ${place}: Cannot open a port outside the cluster by ${by}: wanted ClusterIP`;
  test.each([
    { what: "an ingress", of: { kubernetes_ingress_v1: { waf: { spec: {} } } }, found: [at("kubernetes_ingress_v1.waf#spec", "Ingress")] },
    {
      what: "a LoadBalancer",
      of: { kubernetes_service: { waf: { spec: [{ type: "LoadBalancer" }] } } },
      found: [at("kubernetes_service.waf#spec.type", "LoadBalancer")],
    },
    {
      what: "a pod of its node's network",
      of: pod({ host_network: true, container: [{}] }),
      found: [at("kubernetes_deployment_v1.waf#spec.template.spec.host_network", "host_network")],
    },
    {
      what: "a port of the node",
      of: pod({ container: [{ port: [{ container_port: 80 }, { container_port: 22, host_port: 22 }] }] }),
      found: [at("kubernetes_deployment_v1.waf#spec.template.spec.container.port.host_port", "host_port 22")],
    },
    {
      what: "a network policy without a source",
      of: policy([{ ports: [{ port: "443" }] }]),
      found: [at("kubernetes_network_policy_v1.waf#spec.ingress", "ingress without from")],
    },
    {
      what: "a network policy for everybody",
      of: policy(block("0.0.0.0/0")),
      found: [at("kubernetes_network_policy_v1.waf#spec.ingress", "0.0.0.0/0")],
    },
    {
      what: "a manifest, which may be anything",
      of: { kubernetes_manifest: { x: { manifest: {} } } },
      found: [
        "undetermined kubernetes_manifest.x#manifest: Cannot tell whether an arbitrary manifest opens a port outside the cluster: wanted it written out, and ClusterIP",
      ],
    },
    {
      what: "a pod known later",
      of: pod({ host_network: "${var.on}" }),
      found: [
        "undetermined kubernetes_deployment_v1.waf#spec.template.spec: Cannot tell whether the pod opens a port outside the cluster: wanted it written out, and ClusterIP",
      ],
    },
    { what: "a network policy for the pool", of: policy(block("10.0.0.0/10")), found: ["pass"] },
    {
      what: "a pod behind its service",
      of: pod({ container: [{ image: "${var.image}", port: [{ container_port: 80 }] }] }),
      found: ["pass"],
    },
  ])("$what", ({ of, found }) => {
    expect(printed(noUndeclaredListening.check(built(of)))).toEqual(found);
  });
});

test("What makes machines of its own is not known", () => {
  expect(printed(noUndeclaredListening.check(built({ orchestration_stack_v1: { x: { name: "x" } } })))).toEqual([
    "undetermined openstack_orchestration_stack_v1.x#id: Cannot tell what becomes reachable: openstack_orchestration_stack_v1 makes servers or links of its own; wanted servers and rules written out",
  ]);
});

test("Port security that was off and is left out is off still", () => {
  const [before, after] = [false, null].map((port_security_enabled) => built(appWith({}, { port: { port_security_enabled } })));
  if (before === undefined || after === undefined) throw new Error("wanted both sides");
  const subject = { ...after, base: { declaration: before.declaration, resources: before.resources, monthly: before.monthly } };
  expect(onlyFinding(noUndeclaredListening.check(subject)).message.en).toMatch(
    /^Cannot let any address reach every port of every protocol/,
  );
});

test("What a group declares is read once, not for every opening: 50 sources of one port, each declared", () => {
  const sources = Array.from({ length: 50 }, (_, at) => `10.${at}.0.0/24`);
  const rules = Object.fromEntries(sources.map((cidr, at) => [`in-${at}`, tcp(5432, cidr)]));
  const system = listening(sources.map((cidr) => listen(5432, { kind: "cidr", cidr })));
  let reads = 0;
  const counted = system.servers.map((group) => ({
    ...group,
    listens: group.listens.map(({ protocol, ...rest }) => ({
      ...rest,
      get protocol() {
        reads += 1;
        return protocol;
      },
    })),
  }));
  const verdicts = printed(noUndeclaredListening.check(built(appWith(rules), { ...system, servers: counted })));
  expect(verdicts).toEqual(sources.map(() => "pass"));
  expect(reads).toBe(sources.length);
});
