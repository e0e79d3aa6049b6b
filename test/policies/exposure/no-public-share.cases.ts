import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { built } from "./built.ts";

const ACCESS = "openstack_sharedfilesystem_share_access_v2.storage";
const SUBNET = "${openstack_networking_subnet_v2.network.cidr}";
const of = (
  to: string,
  subnet: Readonly<Record<string, unknown>> = { cidr: "10.20.3.0/24" },
  access: Readonly<Record<string, unknown>> = {},
) =>
  built({
    networking_subnet_v2: { network: subnet },
    sharedfilesystem_share_v2: { storage: { name: "hrss--social", is_public: false } },
    sharedfilesystem_share_access_v2: { storage: { access_type: "ip", access_to: to, ...access } },
  });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "只给本系统的子网", en: "It is for the system's own subnet" }, subject: of("10.20.3.0/24"), verdict: "pass" },
  {
    example: { zh: "只给本系统的子网，网段由平台分配", en: "It is for the system's own subnet, whose range the pool allots" },
    subject: of(SUBNET, { prefix_length: 25 }),
    verdict: "pass",
  },
  { example: { zh: "只给一台机器", en: "It is for one machine" }, subject: of("10.20.9.7"), verdict: "pass" },
  {
    example: { zh: "给任何地址", en: "It is for any address" },
    subject: of("0.0.0.0/0"),
    verdict: "violation",
    finds: [`violation ${ACCESS}#access_to: Cannot let any address mount a share ("0.0.0.0/0"): wanted the system's own subnet`],
  },
  { example: { zh: "给所有 IPv6 地址", en: "It is for every IPv6 address" }, subject: of("::/0"), verdict: "violation" },
  {
    example: { zh: "给整个 10.0.0.0/8", en: "It is for the whole of 10.0.0.0/8" },
    subject: of("10.0.0.0/8"),
    verdict: "violation",
    finds: [`violation ${ACCESS}#access_to: Cannot let so large a network mount a share ("10.0.0.0/8"): wanted the system's own subnet`],
  },
  {
    example: { zh: "给一段公网地址", en: "It is for public addresses" },
    subject: of("203.0.113.0/28"),
    verdict: "violation",
    finds: [`violation ${ACCESS}#access_to: Cannot let public addresses mount a share ("203.0.113.0/28"): wanted the system's own subnet`],
  },
  {
    example: { zh: "系统自己的子网就有 /19 那么大", en: "The system's own subnet is as large as a /19" },
    subject: of("10.20.32.0/19", { cidr: "10.20.32.0/19" }),
    verdict: "pass",
  },
  {
    example: { zh: "给任何用户", en: "It is for any user" },
    subject: of("*", {}, { access_type: "user" }),
    verdict: "violation",
    finds: [`violation ${ACCESS}#access_to: Cannot let any user ("*") mount a share: wanted one by name`],
  },
  {
    example: { zh: "给谁要到执行后才知道", en: "Whom it is for is known only after the apply" },
    subject: of("${var.readers}"),
    verdict: "undetermined",
    finds: [`undetermined ${ACCESS}#access_to: Cannot tell who may mount before apply: wanted the system's own subnet`],
  },
  {
    example: { zh: "文件存储标为公开", en: "The share is marked public" },
    subject: built({ sharedfilesystem_share_v2: { storage: { is_public: true } } }),
    verdict: "violation",
    finds: [
      "violation openstack_sharedfilesystem_share_v2.storage#is_public: Cannot show a share to every project (is_public is true): wanted false",
    ],
  },
  {
    example: { zh: "托管机柜里的机器在写明的网段里", en: "Colocated machines are in the range that is declared" },
    subject: built(
      { sharedfilesystem_share_access_v2: { storage: { access_type: "ip", access_to: "10.20.0.0/18" } } },
      declaration({ subnet: "10.20.0.0/18" }),
    ),
    verdict: "pass",
  },
  { example: { zh: "没有文件存储", en: "There are no shares" }, subject: built({}), verdict: "not-applicable" },
];
