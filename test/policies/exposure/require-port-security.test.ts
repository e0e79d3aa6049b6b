import { expect, test } from "vitest";
import { requirePortSecurity } from "../../../policies/exposure/require-port-security.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, printed } from "../subjects.ts";
import { appWith, built, listen, listening } from "./built.ts";
import { cases } from "./require-port-security.cases.ts";

testCases(requirePortSecurity, cases);

test("The finding leads back to the group of servers, in both languages", () => {
  const system = listening([listen(443, { kind: "internet" })]);
  const finding = onlyFinding(requirePortSecurity.check(built(appWith({}, { port: { port_security_enabled: false } }), system)));
  expect(finding.at).toEqual({ file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app"] });
  expect(finding.message.zh).toBe("port_security_enabled 为 false：安全组全部失效，应为 true");
});

test("no_security_groups that is false, or an interface at a port of the stack, is no finding", () => {
  const more = {
    compute_interface_attach_v2: {
      more: {
        instance_id: "${openstack_compute_instance_v2.servers_app-1.id}",
        port_id: "${openstack_networking_port_v2.servers_app-1.id}",
      },
    },
  };
  const verdicts = printed(requirePortSecurity.check(built(appWith({}, { port: { no_security_groups: false }, more }))));
  expect(new Set(verdicts)).toEqual(new Set(["pass"]));
});
