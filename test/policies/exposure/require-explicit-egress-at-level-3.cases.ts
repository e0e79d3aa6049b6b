import type { SystemSubject } from "../../../policies/policy.ts";
import { defaultRules } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { Resources } from "../../catalog/terraform-plan/shop.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { appWith, built, MEMBERS, tcp } from "./built.ts";

const RULE = "openstack_networking_secgroup_rule_v2.security-groups_app_out";
const atLevel3 = (resources: Resources) => built(resources, declaration({ mlps: 3 }));
const of = (rule: Readonly<Record<string, unknown>>) => atLevel3(appWith({ out: { ...rule, direction: "egress" } }));

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "三级系统只能访问软件源", en: "A level 3 system reaches the package mirror alone" },
    subject: of(tcp(443, "10.64.1.0/28")),
    verdict: "pass",
  },
  {
    example: { zh: "三级系统的服务器之间互访", en: "The servers of a level 3 system reach each other" },
    subject: of({ protocol: "tcp", remote_group_id: MEMBERS }),
    verdict: "pass",
  },
  {
    example: { zh: "三级系统能访问任何地址的 443", en: "A level 3 system reaches port 443 of any address" },
    subject: of(tcp(443, "0.0.0.0/0")),
    verdict: "violation",
    finds: [`violation ${RULE}#remote_ip_prefix: Cannot let traffic out to any address: wanted the networks that are needed`],
  },
  {
    example: { zh: "三级系统的出方向没有写目的地", en: "Egress of a level 3 system names no destination" },
    subject: of(tcp(443, undefined)),
    verdict: "violation",
  },
  {
    example: { zh: "三级系统的出方向没有写协议", en: "Egress of a level 3 system names no protocol" },
    subject: of({ remote_ip_prefix: "10.64.1.0/28" }),
    verdict: "violation",
    finds: [`violation ${RULE}#protocol: Cannot let out every protocol: wanted one, such as "tcp"`],
  },
  {
    example: { zh: "三级系统向两半地址各开一条", en: "A level 3 system reaches the two halves of all addresses, by two rules" },
    subject: atLevel3(
      appWith({ a: { ...tcp(443, "0.0.0.0/1"), direction: "egress" }, b: { ...tcp(443, "128.0.0.0/1"), direction: "egress" } }),
    ),
    verdict: "violation",
  },
  {
    example: {
      zh: "三级系统向 16 个公网网段开放，合起来有一个 /8 那么大",
      en: "A level 3 system reaches 16 public networks that are as large as a /8 together",
    },
    subject: atLevel3(
      appWith(
        Object.fromEntries(
          Array.from({ length: 16 }, (_, index) => [`r${index}`, { ...tcp(443, `8.${index * 16}.0.0/12`), direction: "egress" }]),
        ),
      ),
    ),
    verdict: "violation",
  },
  {
    example: { zh: "三级系统的目的地要到执行后才知道", en: "The destination of a level 3 system is known only after the apply" },
    subject: of(tcp(443, "${var.mirror}")),
    verdict: "undetermined",
    finds: [`undetermined ${RULE}#remote_ip_prefix: Cannot tell the destination: wanted a network, written out`],
  },
  {
    example: {
      zh: "录制的计划：三级系统的安全组保留了 Neutron 自带的规则",
      en: "The recorded plan of a group that keeps Neutron's default rules, at level 3",
    },
    subject: atLevel3(defaultRules()),
    verdict: "violation",
    finds: [
      "violation openstack_networking_secgroup_v2.g#delete_default_rules: Cannot keep Neutron's default rules, which let everything out: wanted delete_default_rules = true",
      'violation openstack_networking_secgroup_rule_v2.out#protocol: Cannot let out every protocol: wanted one, such as "tcp"',
      "violation openstack_networking_secgroup_rule_v2.out#remote_ip_prefix: Cannot let traffic out to any address: wanted the networks that are needed",
    ],
  },
  {
    example: { zh: "二级系统能访问任何地址的 443", en: "A level 2 system reaches port 443 of any address" },
    subject: built(appWith({ out: { ...tcp(443, "0.0.0.0/0"), direction: "egress" } })),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "The platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
