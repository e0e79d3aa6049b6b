import type { ServerGroup } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, gpuServer, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const open = { protocol: "tcp", port: 443, from: { kind: "internet" } } as const;
const level3 = (...servers: readonly ServerGroup[]) => systemSubject(declaration({ mlps: 3, servers }));

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "两台服务器对互联网开放 443", en: "two servers behind port 443 of the internet" },
    subject: level3(server({ key: "web", count: 2, listens: [open] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "一台服务器对互联网开放 443", en: "one server behind port 443 of the internet" },
    subject: level3(server({ key: "web", listens: [open] }), server({ key: "db" })),
    verdict: "violation",
    finds: ["violation servers.web#count: Cannot serve tcp 443 to the internet with 1 server: wanted at least 2"],
  },
  {
    example: { zh: "来源写成 0.0.0.0/0，也就是互联网", en: "a source of 0.0.0.0/0, which is the internet" },
    subject: level3(server({ listens: [{ protocol: "udp", port: 8808, from: { kind: "cidr", cidr: "0.0.0.0/0" } }] })),
    verdict: "violation",
    finds: ["violation servers.app#count: Cannot serve udp 8808 to the internet with 1 server: wanted at least 2"],
  },
  {
    example: { zh: "来源拆成全部地址的两半", en: "a source cut into the two halves of all addresses" },
    subject: level3(server({ listens: ["0.0.0.0/1", "128.0.0.0/1"].map((cidr) => ({ ...open, from: { kind: "cidr", cidr } as const })) })),
    verdict: "violation",
    finds: ["violation servers.app#count: Cannot serve tcp 443 to the internet with 1 server: wanted at least 2"],
  },
  {
    example: { zh: "来源是两个公网 /24，合起来就是互联网", en: "two public /24, which together are the internet" },
    subject: level3(
      server({ listens: ["203.0.113.0/24", "198.51.100.0/24"].map((cidr) => ({ ...open, from: { kind: "cidr", cidr } as const })) }),
    ),
    verdict: "violation",
  },
  {
    example: { zh: "来源是两个公网 /24，各开一个端口", en: "two public /24, each for a port of its own" },
    subject: level3(
      server({
        listens: [
          { ...open, from: { kind: "cidr", cidr: "203.0.113.0/24" } },
          { ...open, port: 8443, from: { kind: "cidr", cidr: "198.51.100.0/24" } },
        ],
      }),
    ),
    verdict: "pass",
  },
  {
    example: { zh: "一台 GPU 服务器对互联网开放", en: "one GPU box behind a port of the internet" },
    subject: systemSubject(declaration({ mlps: 3, gpuServers: [gpuServer({ listens: [{ ...open, port: 8500 }] })] })),
    verdict: "violation",
    finds: ["violation gpuServers.train#count: Cannot serve tcp 8500 to the internet with 1 server: wanted at least 2"],
  },
  {
    example: { zh: "一台服务器，只对本单位和专线开放", en: "one server that only the bureau and a leased line reach" },
    subject: level3(
      server({
        listens: [
          { protocol: "tcp", port: 443, from: { kind: "tenant", cidr: "10.20.0.0/16" } },
          { protocol: "tcp", port: 9443, from: { kind: "cidr", cidr: "192.0.2.64/28" } },
          { protocol: "tcp", port: 5432, from: { kind: "self" } },
        ],
      }),
    ),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "试用中的三级系统", en: "a level-3 system on trial" },
    subject: systemSubject(declaration({ mlps: 3, stage: "trial", servers: [server({ listens: [open] })] })),
    verdict: "not-applicable",
  },
  {
    example: { zh: "二级系统", en: "a level-2 system" },
    subject: systemSubject(declaration({ servers: [server({ listens: [open] })] })),
    verdict: "not-applicable",
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
