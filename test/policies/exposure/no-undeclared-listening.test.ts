import { expect, test } from "vitest";
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
  expect(finding.message.zh).toBe("hrss--social-app-1 的 tcp 8080 可从互联网访问，但没有申报：申报的只有 互联网→tcp 443");
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
