import type { ContractSubject } from "../../../policies/policy.ts";
import { withReplaced } from "../../tree.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { request } from "./edited.ts";

const POOLS = "catalog/pools.yaml";
const edit = (file: string, passage: string, replacement: string) =>
  request(withReplaced(`catalog/${file}.yaml`, passage, replacement, "first"));
const judged = "requests are judged by the data as they were, and the centre decides on them";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "平台数据没有动", en: "data that nobody touched" }, subject: request({}), verdict: "pass" },
  {
    example: { zh: "把资源池的余量提高一百倍", en: "a pool's capacity is raised a hundredfold" },
    subject: edit("pools", "general: { cpu: 2000,", "general: { cpu: 200000,"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/capacity/general#cpu: Cannot change the pool's capacity (clause 5.1.4) from 2000 to 200000: ${judged}`,
    ],
  },
  {
    example: { zh: "提高服务器的最高配置", en: "the largest server is made larger" },
    subject: edit("pools", "largest: { cpu: 64,", "largest: { cpu: 640,"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/server/largest#cpu: Cannot change the smallest and largest configuration of a server (Annex 2 §7 note 1) from 64 to 640: ${judged}`,
    ],
  },
  {
    example: { zh: "把大功率机柜写成标准机柜，少付一半", en: "a high-power rack becomes a standard one, for half the price" },
    subject: edit("pools", "H01: { heightU: 42, class: high-power, powerW: 7000 }", "H01: { heightU: 42, class: standard, powerW: 7000 }"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/racks/H01#class: Cannot change a rack's power, height and class (Annex 1 lines 18 to 20) from high-power to standard: ${judged}`,
    ],
  },
  {
    example: { zh: "把登录地址换成别处，口令就送到了别处", en: "another sign-in address, to which the password would go" },
    subject: edit("pools", "https://keystone.gov.example:5000/v3", "https://keystone.else.example:5000/v3"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/openstack#authUrl: Cannot change which cloud is connected to, and what of it is used from https://keystone.gov.example:5000/v3 to https://keystone.else.example:5000/v3: ${judged}`,
    ],
  },
  {
    example: { zh: "换掉在每个项目里有权限的人", en: "another holder of the role in every project" },
    subject: edit("pools", "c27e94b15d6f4a038e1b7c90f2d5a684", "c27e94b15d6f4a038e1b7c90f2d5a685"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/openstack/operator#userId: Cannot change who holds a role in every system's project from c27e94b15d6f4a038e1b7c90f2d5a684 to c27e94b15d6f4a038e1b7c90f2d5a685: ${judged}`,
    ],
  },
  {
    example: { zh: "三级系统可以访问任何地址", en: "level-3 systems may reach any address" },
    subject: edit("pools", "to: 10.64.1.0/28", "to: 0.0.0.0/0"),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/egress/3#to: Cannot change what level-3 systems may reach from 10.64.1.0/28 to 0.0.0.0/0: ${judged}`,
    ],
  },
  {
    example: { zh: "增加一条三级系统可以访问的地址，也是改动", en: "one more address that level-3 systems may reach is an edit too" },
    subject: edit(
      "pools",
      "    egress:\n",
      "    egress:\n      - { purpose: { zh: 备用, en: Spare }, protocol: tcp, port: 443, to: 192.0.2.0/24 }\n",
    ),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/egress#0: Cannot change what level-3 systems may reach from none to {"purpose":{"zh":"备用","en":"Spare"},"protocol":"tcp","port":443,"to":"192.0.2.0/24"}: ${judged}`,
    ],
  },
  {
    example: { zh: "删掉一个机柜", en: "a rack is taken out" },
    subject: edit("pools", "      B04: { heightU: 42, class: standard, powerW: 4000 }\n", ""),
    verdict: "violation",
    finds: [
      `violation ${POOLS}/pools/gov/racks#B04: Cannot change a rack's power, height and class (Annex 1 lines 18 to 20) from {"heightU":42,"class":"standard","powerW":4000} to none: ${judged}`,
    ],
  },
  {
    example: { zh: "新增一个机柜", en: "a new rack" },
    subject: edit("pools", "      B04: {", "      B05: { heightU: 42, class: standard, powerW: 4000 }\n      B04: {"),
    verdict: "violation",
  },
  {
    example: { zh: "延长镜像的支持截止日", en: "an image is supported for longer" },
    subject: edit("images", "supportedUntil: 2032-10-31", "supportedUntil: 2099-10-31"),
    verdict: "violation",
    finds: [
      `violation catalog/images.yaml/images/kylin-v10-sp3#supportedUntil: Cannot change how long an image is supported from 2032-10-31 to 2099-10-31: ${judged}`,
    ],
  },
  {
    example: { zh: "把一种规格改成另一种，用它的系统都会变", en: "a size becomes another, and every system that uses it with it" },
    subject: edit("flavors", "      - { cpu: 1, memoryGb: 1 }\n", "      - { cpu: 1, memoryGb: 3 }\n"),
    verdict: "violation",
    finds: [
      `violation catalog/flavors.yaml/families/general/sizes/0#memoryGb: Cannot change the server sizes on offer (Annex 1 lines 1 to 4) from 1 to 3: ${judged}`,
    ],
  },
  {
    example: { zh: "新增一种规格", en: "a new size" },
    subject: edit("flavors", "      - { cpu: 1, memoryGb: 1 }\n", "      - { cpu: 1, memoryGb: 3 }\n      - { cpu: 1, memoryGb: 1 }\n"),
    verdict: "pass",
  },
  {
    example: { zh: "规格换了先后，没有改动", en: "sizes in another order are the same sizes" },
    subject: edit(
      "flavors",
      "      - { cpu: 1, memoryGb: 1 }\n      - { cpu: 1, memoryGb: 2 }\n",
      "      - { cpu: 1, memoryGb: 2 }\n      - { cpu: 1, memoryGb: 1 }\n",
    ),
    verdict: "pass",
  },
  {
    example: { zh: "安全组件换了镜像", en: "a security component runs another image" },
    subject: edit("components", "components/log-audit:2.8.0@", "components/log-audit:2.8.1@"),
    verdict: "violation",
  },
  {
    example: { zh: "换了量利用率的查询", en: "usage is measured by another query" },
    subject: edit("usage-queries", "cpuPercent: govcloud:cpu_percent", "cpuPercent: vector(100)"),
    verdict: "violation",
    finds: [
      `violation catalog/usage-queries.yaml/sets/recorded#cpuPercent: Cannot change how usage is measured (Annex 2 §7) from govcloud:cpu_percent to vector(100): ${judged}`,
    ],
  },
  {
    example: { zh: "新增一组没有启用的查询", en: "one more set of queries that is not in use" },
    subject: edit("usage-queries", "  recorded:\n", "  other:\n    join: { project: p, name: n }\n    cpuPercent: x\n  recorded:\n"),
    verdict: "pass",
  },
  { example: { zh: "没有比较的基准", en: "nothing to compare with" }, subject: contractSubject(), verdict: "not-applicable" },
];
