import { expect, test } from "vitest";
import { requireServerWithinLimits } from "../../../policies/size/require-server-within-limits.ts";
import { declaration, pool, server } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding, PLATFORM, printed, systemSubject } from "../subjects.ts";
import { cases } from "./require-server-within-limits.cases.ts";

testCases(requireServerWithinLimits, cases);

const limited = { ...pool("gov"), server: { smallest: { cpu: 2, memoryGb: 4 }, largest: { cpu: 64, memoryGb: 512 } } };
const subject = (cpu: number, memoryGb: number) => systemSubject(declaration({ servers: [server({ cpu, memoryGb })] }), { pool: limited });

test.each([
  { verdict: "pass", cpu: 2, memoryGb: 4, found: [] },
  { verdict: "pass", cpu: 64, memoryGb: 512, found: [] },
  {
    verdict: "violation",
    cpu: 1,
    memoryGb: 4,
    found: ["violation servers.app#cpu: Cannot provide 1 cores in one server: pool gov has 2 to 64"],
  },
  {
    verdict: "violation",
    cpu: 65,
    memoryGb: 4,
    found: ["violation servers.app#cpu: Cannot provide 65 cores in one server: pool gov has 2 to 64"],
  },
  {
    verdict: "violation",
    cpu: 2,
    memoryGb: 3,
    found: ["violation servers.app#memoryGb: Cannot provide 3 GB in one server: pool gov has 4 to 512"],
  },
  {
    verdict: "violation",
    cpu: 2,
    memoryGb: 513,
    found: ["violation servers.app#memoryGb: Cannot provide 513 GB in one server: pool gov has 4 to 512"],
  },
  {
    verdict: "violation",
    cpu: 128,
    memoryGb: 1024,
    found: [
      "violation servers.app#cpu: Cannot provide 128 cores in one server: pool gov has 2 to 64",
      "violation servers.app#memoryGb: Cannot provide 1024 GB in one server: pool gov has 4 to 512",
    ],
  },
])("$verdict: a server of $cpu cores and $memoryGb GB", ({ cpu, memoryGb, found }) => {
  expect(findings(requireServerWithinLimits.check(subject(cpu, memoryGb)))).toEqual(found);
});

test("pass: the size of one server counts, not that of all", () => {
  expect(
    findings(
      requireServerWithinLimits.check(
        systemSubject(declaration({ servers: [server({ count: 100, cpu: 64, memoryGb: 512 })] }), { pool: limited }),
      ),
    ),
  ).toEqual([]);
});

test("Every pool has its own limits", () => {
  const servers = [server({ cpu: 64, memoryGb: 512 })];
  expect(findings(requireServerWithinLimits.check(systemSubject(declaration({ servers }))))).toEqual([]);
  expect(findings(requireServerWithinLimits.check(systemSubject(declaration({ pool: "ps", servers }))))).toEqual([
    "violation servers.app#cpu: Cannot provide 64 cores in one server: pool ps has 1 to 32",
    "violation servers.app#memoryGb: Cannot provide 512 GB in one server: pool ps has 1 to 256",
  ]);
});

test("not-applicable: the platform", () => {
  expect(printed(requireServerWithinLimits.check(PLATFORM))).toEqual(["not-applicable"]);
});

test("The finding points at the size, in both languages", () => {
  expect(onlyFinding(requireServerWithinLimits.check(subject(65, 4)))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "servers.app",
    attribute: "cpu",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "app", "cpu"] },
    message: {
      zh: "服务器组 app 每台 65 核，应在 2 到 64 核之间（资源池 gov 的范围）",
      en: "Cannot provide 65 cores in one server: pool gov has 2 to 64",
    },
  });
  expect(onlyFinding(requireServerWithinLimits.check(subject(2, 3))).message.zh).toBe(
    "服务器组 app 每台 3 GB，应在 4 到 512 GB之间（资源池 gov 的范围）",
  );
});
