import { describe, expect, test } from "vitest";
import type { Declaration } from "../../../catalog/declaration.ts";
import { adviceDamage, type ComputeAdvice } from "../../../catalog/sizing/advice.ts";
import { adviseMonth } from "../../../catalog/sizing/advise-month.ts";
import { CATALOGUE, declaration, gpuServer, required, server } from "../../declared.ts";
import { usageMonth } from "./usage.ts";

const social = (overrides: Partial<Declaration> = {}) => declaration({ servers: [server({ cpu: 8, memoryGb: 16 })], ...overrides });
const advise = (systems: readonly Declaration[], servers: Parameters<typeof usageMonth>[0], month?: string) =>
  adviseMonth(CATALOGUE, systems, usageMonth(servers, month));

/** `8→24 ×3`, or `8 = why`. */
function size({ now, target, band, left }: ComputeAdvice): string {
  return left === null ? `${now}→${target} ×${band?.factor}` : `${now} = ${left.kind}`;
}

function only(systems: readonly Declaration[], servers: Parameters<typeof usageMonth>[0], month?: string) {
  return required(advise(systems, servers, month).groups[0], "advice");
}

const notes = (advice: ReturnType<typeof only>) => advice.notes.map(({ en }) => en);

test.each([
  { what: "both in the band to keep", cpu: "30", memory: "40", sizes: ["8 = keep", "16 = keep"] },
  { what: "busy", cpu: "70", memory: "70", sizes: ["8→24 ×3", "16→32 ×2"] },
  { what: "fairly busy", cpu: "50", memory: "69.9999", sizes: ["8→16 ×2", "16 = keep"] },
  { what: "rather idle", cpu: "15.0001", memory: "20.0001", sizes: ["8→4 ×1/2", "16→8 ×1/2"] },
  { what: "idle", cpu: "15", memory: "20", sizes: ["8→2 ×1/4", "16→4 ×1/4"] },
  { what: "memory alone", cpu: null, memory: "20", sizes: ["8 = not-measured", "16→4 ×1/4"] },
  { what: "CPU alone", cpu: "15", memory: null, sizes: ["8→2 ×1/4", "16 = not-measured"] },
])("a server that is $what", ({ cpu, memory, sizes }) => {
  const advice = only([social()], { "hrss/social/app-1": { cpu, memory } });
  expect([size(advice.cpu), size(advice.memory)]).toEqual(sizes);
});

describe("what is left alone says why, in both languages", () => {
  const idle = { "hrss/social/app-1": { cpu: "5", memory: "5", disk: "10" } };

  test.each([
    { what: "through the whole month", until: "2026-06-30", en: "Exempt (应急指挥) until 2026-06-30 (Annex 2 7.2 note 2)" },
    { what: "to its last day", until: "2026-01-31", en: "Exempt (应急指挥) until 2026-01-31 (Annex 2 7.2 note 2)" },
    {
      what: "for part of it",
      until: "2026-01-01",
      en: "Exempt (应急指挥) until 2026-01-01 (Annex 2 7.2 note 2): it held for part of the month, whose average is no ground",
    },
  ])("an exemption that holds $what", ({ until, en }) => {
    const advice = only([social({ sizing: { exempt: "应急指挥", until } })], idle);
    expect([advice.cpu, advice.memory, advice.disk].map(({ now, target, left }) => [now, target, left?.kind, left?.reason.en])).toEqual([
      [8, 8, "exempt", en],
      [16, 16, "exempt", en],
      [60, 60, "exempt", en],
    ]);
    expect(advice.cpu.band?.factor).toBe("1/4");
    expect(adviceDamage(advice)).toEqual([]);
  });

  test("an exemption that ended the day before the month exempts nothing", () => {
    const advice = only([social({ sizing: { exempt: "应急指挥", until: "2025-12-31" } })], idle);
    expect(size(advice.cpu)).toBe("8→2 ×1/4");
  });

  test("a server at the limit that its band points to", () => {
    const servers = [server({ cpu: 64, memoryGb: 1 })];
    const advice = only([social({ servers })], { "hrss/social/app-1": { cpu: "90", memory: "1" } });
    expect([advice.cpu.left?.reason, advice.memory.left?.reason]).toEqual([
      {
        zh: "已到资源池 gov 的最高配置 64 核，不适用（附件2 7.2 注1）",
        en: "At the largest configuration of pool gov, 64 cores: the rule does not apply (Annex 2 7.2 note 1)",
      },
      {
        zh: "已到资源池 gov 的最低配置 1 GB，不适用（附件2 7.2 注1）",
        en: "At the smallest configuration of pool gov, 1 GB: the rule does not apply (Annex 2 7.2 note 1)",
      },
    ]);
  });

  test("a server of one core", () => {
    const advice = only([social({ servers: [server({ cpu: 1, memoryGb: 1 })] })], { "hrss/social/app-1": { cpu: "5", memory: "50" } });
    expect(advice.cpu.left?.reason.en).toBe(
      "At the smallest configuration of pool gov, 1 core: the rule does not apply (Annex 2 7.2 note 1)",
    );
  });

  test("every pool has its own limit, and a target is cut to it", () => {
    const servers = [server({ cpu: 16, memoryGb: 16 })];
    const busy = { "hrss/social/app-1": { cpu: "90", memory: "50" } };
    expect(size(only([social({ servers })], busy).cpu)).toBe("16→48 ×3");
    const advice = only([social({ servers, pool: "ps" })], busy);
    expect(size(advice.cpu)).toBe("16→32 ×3");
    expect(notes(advice)).toEqual(["CPU stops at 32, a limit of pool ps (Annex 2 7.2 note 1)"]);
  });

  test("an exiting system grows no more, but shrinks", () => {
    const advice = only([social({ stage: "exiting" })], { "hrss/social/app-1": { cpu: "90", memory: "5", disk: "59" } });
    expect([size(advice.cpu), size(advice.memory), advice.disk.left?.kind]).toEqual(["8 = exiting", "16→4 ×1/4", "exiting"]);
  });

  test("a system on trial has advice, which says so", () => {
    const advice = only([social({ stage: "trial" })], { "hrss/social/app-1": { cpu: "5", memory: "50" } });
    expect(size(advice.cpu)).toBe("8→2 ×1/4");
    expect(notes(advice)).toEqual(["The system is on trial: its use need not be that of production"]);
  });
});

describe("servers of one group share one size", () => {
  const three = [social({ servers: [server({ count: 3, cpu: 8, memoryGb: 16 })] })];

  test("by the average of all, with the spread", () => {
    const advice = only(three, {
      "hrss/social/app-1": { cpu: "69", memory: "30" },
      "hrss/social/app-2": { cpu: "70", memory: "41" },
      "hrss/social/app-3": { cpu: "71", memory: "50" },
    });
    expect([size(advice.cpu), size(advice.memory)]).toEqual(["8→24 ×3", "16 = keep"]);
    expect([advice.cpu.spread?.least.toFixed(), advice.cpu.spread?.most.toFixed()]).toEqual(["69", "71"]);
    expect(notes(advice)).toEqual([]);
  });

  test("which does not fit all where their own bands lie two apart", () => {
    const advice = only(three, {
      "hrss/social/app-1": { cpu: "90", memory: "70" },
      "hrss/social/app-2": { cpu: "5", memory: "60" },
      "hrss/social/app-3": { cpu: "5", memory: "50" },
    });
    expect([advice.cpu.isWide, advice.memory.isWide]).toEqual([true, false]);
    expect(size(advice.cpu)).toBe("8 = keep");
    expect(notes(advice)).toEqual(["CPU use of the servers lies two or more bands apart: one size does not fit all 3"]);
  });

  test.each([
    { least: "50", most: "70", isWide: false }, // × 2 and × 3
    { least: "49.9", most: "70", isWide: true }, // keep and × 3
    { least: "30", most: "69.9", isWide: false }, // keep and × 2
    { least: "29.9", most: "50", isWide: true }, // half and × 2
    { least: "15", most: "29.9", isWide: false }, // a quarter and half
    { least: "15", most: "30", isWide: true }, // a quarter and keep
  ])("from $least % to $most % of CPU: wide is $isWide", ({ least, most, isWide }) => {
    expect(only(three, { "hrss/social/app-1": { cpu: least }, "hrss/social/app-2": { cpu: most } }).cpu.isWide).toBe(isWide);
  });

  test("by those with enough data, where they are half or more", () => {
    const { groups, leftOut } = advise(three, {
      "hrss/social/app-1": { cpu: "80", memory: "50" },
      "hrss/social/app-2": { cpu: "60", memory: "50", coverage: "0.8" },
      "hrss/social/app-3": { cpu: "1", memory: "1", coverage: "0.7999999" },
    });
    const advice = required(groups[0], "advice");
    expect(size(advice.cpu)).toBe("8→24 ×3");
    expect(notes(advice)).toEqual([
      "CPU is the average of the 2 of 3 servers with enough data",
      "Memory is the average of the 2 of 3 servers with enough data",
    ]);
    expect(leftOut).toEqual([
      {
        system: "hrss/social",
        server: "app",
        index: 3,
        reason: {
          zh: "只测得当月 79.9999% 的时间，不足 80%，不提建议",
          en: "Only 79.9999 % of the month was measured, less than 80 %: no advice",
        },
      },
    ]);
  });

  test("and by nobody where they are fewer", () => {
    const { groups, leftOut } = advise(three, { "hrss/social/app-1": { cpu: "80", memory: "50", disk: "50" } });
    expect(groups).toEqual([]);
    expect(leftOut.map(({ index, reason }) => [index, reason.en])).toEqual([
      [null, "Of 3 servers only 1 was measured for 80 % of the month or more, fewer than half: no advice"],
    ]);
  });

  test("and the fullest server sizes the disk", () => {
    const advice = only(three, {
      "hrss/social/app-1": { disk: "17" },
      "hrss/social/app-2": { disk: "34" },
      "hrss/social/app-3": { disk: "40" },
    });
    expect(advice.disk).toMatchObject({ now: 60, target: 47, left: null, measured: 3 });
    expect([advice.disk.usedGb?.toFixed(), advice.disk.leastUsedGb?.toFixed()]).toEqual(["40", "17"]);
  });
});

describe("disks", () => {
  const SYSTEM_DISK =
    "A system disk cannot grow in place: another size rebuilds the server and loses what is on it, so this is advice only. Add a data disk, or have it backed up and accept the rebuild (accepts: root-disk-lost)";
  const CHOICE = "Disk is the sum of each server; which volume changes is the bureau's choice";
  const SMALLER = "A disk cannot shrink in place: a smaller one is new, with the data moved, so this is advice only";
  const data = (key: string, sizeGb: number) => ({ key, type: "sas" as const, sizeGb });

  test.each([
    { what: "fits", disks: [], used: "51.5", target: 60, left: "fits", damage: [], told: [] },
    {
      what: "a system disk alone, too large",
      disks: [],
      used: "40",
      target: 47,
      damage: ["migration", "root-disk-lost"],
      told: [
        SMALLER,
        "The system disk is its only disk: a smaller one rebuilds the server, and what is on it is lost unless it is backed up (root-disk-lost)",
      ],
    },
    { what: "a system disk alone, too small", disks: [], used: "59", target: 69, damage: ["root-disk-lost"], told: [SYSTEM_DISK] },
    {
      what: "one data disk, which grows in place",
      disks: [data("data", 140)],
      used: "180",
      target: 211,
      damage: [],
      told: ["Disk is the sum of each server; a system disk cannot grow in place, so the growth is the data disk's (data)"],
    },
    {
      what: "one data disk, too large",
      disks: [data("data", 140)],
      used: "100",
      target: 117,
      damage: ["migration"],
      told: [SMALLER, CHOICE],
    },
    {
      what: "two data disks, too small",
      disks: [data("a", 70), data("b", 70)],
      used: "180",
      target: 211,
      damage: [],
      told: [`${CHOICE}: a data disk, for a system disk cannot grow in place (root-disk-lost), so this is advice only`],
    },
    {
      what: "more than there is",
      disks: [],
      used: "60.00001",
      target: 60,
      left: "beyond-size",
      damage: [],
      told: [
        "60.0001 GB were measured as used of 60 GB declared: check which disks are measured (a network file system, a volume that is not declared)",
      ],
    },
    { what: "all there is", disks: [], used: "60", target: 70, damage: ["root-disk-lost"], told: [SYSTEM_DISK] },
  ])("$what: $used GB used make $target GB", ({ disks, used, target, left, damage, told }) => {
    const advice = only([social({ servers: [server({ dataDisks: disks })] })], { "hrss/social/app-1": { cpu: "40", disk: used } });
    expect([advice.disk.target, advice.disk.left?.kind]).toEqual([target, left]);
    expect(adviceDamage(advice)).toEqual(damage);
    expect(notes(advice)).toEqual(told);
  });

  test("count together", () => {
    const servers = [server({ dataDisks: [{ key: "data", type: "sas", sizeGb: 500 }] })];
    expect(only([social({ servers })], { "hrss/social/app-1": { disk: "85" } }).disk).toMatchObject({ now: 560, target: 99 });
  });
});

test("nothing is passed over: what has no advice is listed with its reason", () => {
  const systems = [
    social({ gpuServers: [gpuServer()] }),
    social({ id: "hrss/silent" }),
    social({ id: "hrss/mute" }),
    social({ id: "hrss/gone", stage: "retired" }),
  ];
  const { groups, leftOut } = advise(systems, {
    "hrss/social/app-1": { cpu: "40", memory: "50", disk: "52" },
    "hrss/social/app-2": { cpu: "40" },
    "hrss/social/train-1": { cpu: "40" },
    "hrss/social/web-1": { cpu: "40" },
    "hrss/mute/app-1": {},
    "hrss/gone/app-1": { cpu: "40" },
    "hrss/nobody/app-1": { cpu: "40" },
  });
  expect(groups.map((advice) => advice.declaration.id)).toEqual(["hrss/social"]);
  expect(leftOut.map(({ system, server: key, index, reason }) => `${system} ${key} ${index}: ${reason.en}`)).toEqual([
    "hrss/silent app null: No figures of the month",
    "hrss/mute app null: No usable figure",
    "hrss/social app 2: Only 1 server declared",
    "hrss/social train 1: A GPU server is a whole machine of fixed size and is not resized",
    "hrss/social web 1: The server is not declared",
    "hrss/gone app 1: The system is retired",
    "hrss/nobody app 1: The system is not declared",
  ]);
});

test("What the reader of the figures says of a server is told once", () => {
  const reason = { zh: "两个序列", en: "two series" };
  const usage = usageMonth({ "hrss/many/app-1": { cpu: "40" } });
  const leftOut = [
    { system: "hrss/social", server: "app", index: 1, reason, source: { query: "cpu" } },
    { system: "hrss/many", server: "app", index: 2, reason, source: { query: "cpu" } },
  ];
  const systems = [social(), social({ id: "hrss/many", servers: [server({ count: 2 })] })];
  expect(adviseMonth(CATALOGUE, systems, { ...usage, leftOut }).leftOut).toEqual(leftOut.map(({ source: _, ...each }) => each));
});
