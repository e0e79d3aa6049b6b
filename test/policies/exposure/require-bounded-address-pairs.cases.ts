import type { SystemSubject } from "../../../policies/policy.ts";
import { api } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { PolicyCase } from "../cases.ts";
import { appWith, built } from "./built.ts";

const PORT = "openstack_networking_port_v2.servers_app-1";
const of = (...pairs: readonly string[]) =>
  built(appWith({}, { port: { allowed_address_pairs: pairs.map((ip_address) => ({ ip_address })) } }));

export const cases: readonly PolicyCase<SystemSubject>[] = [
  { example: { zh: "没有额外地址", en: "There are no address pairs" }, subject: built(appWith({})), verdict: "pass" },
  { example: { zh: "本子网内的一个虚拟地址", en: "One virtual address of its own subnet" }, subject: of("10.20.3.100"), verdict: "pass" },
  { example: { zh: "写成 /32 的单个地址", en: "A single address written with /32" }, subject: of("10.20.3.100/32"), verdict: "pass" },
  {
    example: { zh: "0.0.0.0/0，即任何地址", en: "0.0.0.0/0, which is any address" },
    subject: of("0.0.0.0/0"),
    verdict: "violation",
    finds: [
      `violation ${PORT}#allowed_address_pairs.ip_address: Cannot let a port use any address ("0.0.0.0/0"): wanted one of its own subnet`,
    ],
  },
  {
    example: { zh: "::/0，即任何 IPv6 地址", en: "::/0, which is any IPv6 address" },
    subject: of("::/0"),
    verdict: "violation",
    finds: [`violation ${PORT}#allowed_address_pairs.ip_address: Cannot let a port use any address ("::/0"): wanted one of its own subnet`],
  },
  {
    example: { zh: "两半地址，合起来是任何地址", en: "Two halves of all addresses" },
    subject: of("0.0.0.0/1", "128.0.0.0/1"),
    verdict: "violation",
  },
  {
    example: { zh: "整个子网", en: "The whole subnet" },
    subject: of("10.20.3.0/24"),
    verdict: "violation",
    finds: [
      `violation ${PORT}#allowed_address_pairs.ip_address: Cannot let a port use a whole range ("10.20.3.0/24"): wanted a single address`,
    ],
  },
  {
    example: { zh: "别的子网的地址", en: "An address of another subnet" },
    subject: of("10.20.4.100"),
    verdict: "violation",
    finds: [`violation ${PORT}#allowed_address_pairs.ip_address: Cannot let a port use "10.20.4.100": wanted an address of its own subnet`],
  },
  {
    example: { zh: "网关的地址", en: "The gateway's address" },
    subject: of("10.20.3.1"),
    verdict: "violation",
    finds: [
      `violation ${PORT}#allowed_address_pairs.ip_address: Cannot let a port use the gateway's address ("10.20.3.1"): wanted another one of its subnet`,
    ],
  },
  {
    example: { zh: "要到执行后才知道的地址", en: "An address that is known only after the apply" },
    subject: of("${var.address}"),
    verdict: "undetermined",
    finds: [`undetermined ${PORT}#allowed_address_pairs: Cannot tell the address pairs before apply: wanted single addresses, written out`],
  },
  {
    example: { zh: "子网的网段由平台分配，看不到", en: "The subnet's range is allotted by the pool and not known here" },
    subject: built(
      appWith({}, { port: { allowed_address_pairs: [{ ip_address: "10.32.0.100" }] }, more: { networking_subnet_v2: { network: {} } } }),
    ),
    verdict: "undetermined",
    finds: [
      `undetermined ${PORT}#allowed_address_pairs.ip_address: Cannot tell whether "10.32.0.100" is in the port's own subnet, whose range is not known here`,
    ],
  },
  {
    example: { zh: "录制的计划：没有额外地址的端口", en: "The recorded plan of a port without address pairs" },
    subject: built(api()),
    verdict: "pass",
  },
  { example: { zh: "没有端口", en: "There are no ports" }, subject: built({}), verdict: "not-applicable" },
];
