import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";
import { afterEach, expect, test } from "vitest";
import { readMonth } from "../../../catalog/sizing/calendar-month.ts";
import { branchMessage } from "../../../scripts/right-size/branch-message.ts";
import { buildRightSize } from "../../../scripts/right-size/build-right-size.ts";
import { type PreparedEdits, prepareEdits } from "../../../scripts/right-size/prepare-edits.ts";
import { readMonthSizes } from "../../../scripts/right-size/settle-advice.ts";
import { writeEdits } from "../../../scripts/right-size/write-edits.ts";
import { usageMonth } from "../../catalog/sizing/usage.ts";
import { withReplaced } from "../../tree.ts";
import type { Repository } from "./repository.ts";
import { sampleRepository } from "./sample-repository.ts";

const AT = Temporal.PlainDate.from("2026-02-02");
const JOB = "stacks/tenants/hrss/job-service.yaml";
const SOCIAL = "stacks/tenants/hrss/social-insurance.yaml";
/** web: a quarter of 4 cores, half of 8 GB; app: keep; db: keep, its 560 GB grow to 588. */
const USED = {
  "hrss/job-service/web-1": { cpu: "10", memory: "35" },
  "hrss/job-service/web-2": { cpu: "14", memory: "35" },
  "hrss/job-service/app-1": { cpu: "40", memory: "50" },
  "hrss/job-service/app-2": { cpu: "40", memory: "50" },
  "hrss/job-service/db-1": { cpu: "40", memory: "40", disk: "500" },
};

const BUSES = ["app-1", "app-2", "app-3", "db-1", "db-2", "gateway-1", "gateway-2"];

let repository: Repository;
afterEach(() => repository.remove());

async function prepare(used: Parameters<typeof usageMonth>[0] = USED): Promise<PreparedEdits> {
  const sizes = readMonthSizes(repository.folder, readMonth("2026-01"));
  return await prepareEdits(repository.folder, AT, async (head) => buildRightSize(head, usageMonth(used), { at: AT, sizes }));
}

test("Advice becomes edits of sizes alone; the one data disk grows, and a second run finds everything written", async () => {
  repository = sampleRepository("2026-01-05");
  chmodSync(join(repository.folder, JOB), 0o600);
  const before = repository.read(JOB);
  const { edits, refused } = await prepare();
  expect(refused).toEqual([]);
  expect(edits.map(({ declaration, edits: own }) => [declaration.id, own])).toEqual([
    [
      "hrss/job-service",
      [
        { path: ["servers", "db", "dataDisks", "data", "sizeGb"], from: 500, to: 528 },
        { path: ["servers", "web", "cpu"], from: 4, to: 1 },
        { path: ["servers", "web", "memoryGb"], from: 8, to: 4 },
      ],
    ],
  ]);
  expect(writeEdits(repository.folder, edits)).toEqual([JOB]);
  const written = repository.read(JOB);
  expect(written).toBe(
    before
      .replace(
        "    count: 2\n    family: general\n    cpu: 4\n    memoryGb: 8\n",
        "    count: 2\n    family: general\n    cpu: 1\n    memoryGb: 4\n",
      )
      .replace("sizeGb: 500 }", "sizeGb: 528 }"),
  );
  expect(statSync(join(repository.folder, JOB)).mode & 0o777).toBe(0o600);
  expect(repository.git("status", "--porcelain")).toBe(`M ${JOB}`);

  expect(writeEdits(repository.folder, (await prepare()).edits)).toEqual([]);
  repository.commit("2026-02-02");
  expect((await prepare()).edits).toEqual([]);
  expect(repository.read(JOB)).toBe(written);
});

test("What was followed is left alone, and so is what was changed otherwise or would go back the way it came", async () => {
  repository = sampleRepository("2025-12-01");
  const change = (day: string, cpu: number, memory: number) => {
    repository.put(
      JOB,
      repository.read(JOB).replace(/(count: 2\n {4}family: general\n {4}cpu: )\d+\n( {4}memoryGb: )\d+/, `$1${cpu}\n$2${memory}`),
    );
    repository.commit(day);
  };
  // In the month both grew; its use asks for less. After the month the cores changed by hand.
  change("2026-01-08", 8, 16);
  change("2026-02-01", 6, 16);
  const { found } = await prepare();
  const web = found.advice.groups.find(({ group, declaration }) => declaration.id === "hrss/job-service" && group.key === "web");
  expect([web?.cpu, web?.memory].map((each) => [each?.now, each?.target, each?.left?.kind, each?.left?.reason.en])).toEqual([
    [6, 6, "changed", "Changed from 8 to 6 since the month: its own use is not known yet"],
    [16, 16, "swing", "Changed from 8 to 16 in the month, and its use now asks for 8: not sent up and down in turn, somebody has to look"],
  ]);
});

test("A tree with changes of its own is refused, and nothing is written", async () => {
  repository = sampleRepository("2026-01-05");
  repository.put(SOCIAL, `${repository.read(SOCIAL)}# x\n`);
  repository.put("stacks/tenants/hrss/new.yaml", "name: x\n");
  const before = readFileSync(join(repository.folder, JOB));
  await expect(prepare()).rejects.toThrow(
    `Cannot write the advice: there are uncommitted changes, and nothing was written. Commit or undo them (git status) first: ${SOCIAL}, stacks/tenants/hrss/new.yaml`,
  );
  expect(readFileSync(join(repository.folder, JOB))).toEqual(before);
});

test("A tree without history is refused", async () => {
  repository = sampleRepository("2026-01-05");
  repository.git("update-ref", "-d", "refs/heads/main");
  await expect(prepare()).rejects.toThrow("it is in no Git repository with a commit");
});

test("Line ends of a work tree on Windows stay, and count as no change", async () => {
  repository = sampleRepository("2026-01-05");
  const windows = repository.read(JOB).replaceAll("\n", "\r\n");
  repository.put(JOB, windows);
  expect(writeEdits(repository.folder, (await prepare()).edits)).toEqual([JOB]);
  expect(repository.read(JOB)).toBe(
    windows.replace("cpu: 4\r\n    memoryGb: 8\r\n", "cpu: 1\r\n    memoryGb: 4\r\n").replace("sizeGb: 500 }", "sizeGb: 528 }"),
  );
  expect(writeEdits(repository.folder, (await prepare()).edits)).toEqual([]);
});

test("A system that the check refuses is left out with its findings, and the others are prepared", async () => {
  repository = sampleRepository(
    "2026-01-05",
    withReplaced("stacks/tenants/transport/tenant.yaml", "monthlyBudget: 40000", "monthlyBudget: 28000"),
  );
  const { edits, refused } = await prepare({
    ...USED,
    ...Object.fromEntries(BUSES.map((server) => [`transport/bus-dispatch/${server}`, { cpu: "90", memory: "90" }])),
  });
  expect(edits.map(({ declaration }) => declaration.id)).toEqual(["hrss/job-service"]);
  expect(refused.map(({ declaration, findings }) => [declaration.id, findings.map(({ policy }) => policy)])).toEqual([
    ["transport/bus-dispatch", ["price/require-within-tenant-budget"]],
  ]);
});

test("The message tells a bureau what, why and what it saves", async () => {
  repository = sampleRepository("2026-01-05", withReplaced(JOB, "name: 公共就业服务平台", "name: '公共就业 | <b>@all</b> `x`'"));
  const { edits, found } = await prepare();
  const [edit] = edits;
  expect(
    edit === undefined ? undefined : branchMessage(edit, { month: "2026-01", rules: found.rules, leftOut: [] }),
  ).toMatchInlineSnapshot(`
    "调整资源：公共就业 ｜ ＜b＞＠all＜/b＞ ｀x｀（2026-01）/ Right-size hrss/job-service, 2026-01

    “公共就业 ｜ ＜b＞＠all＜/b＞ ｀x｀”（hrss/job-service）在 2026-01 的资源使用率，按合同附件2 第7条应作如下调整。同意的话，批准并合并本申请即可；不同意请写明理由。

    | 服务器 | 资源 | 当月平均 | 合同的档位 | 每台由 → 到 |
    |---|---|---|---|---|
    | db × 1 | 数据盘 data（GB） | 全部磁盘 560 GB，用到 500 GB | 以保持磁盘空间使用率＞85%为基准进行配置 | 500 → 528 |
    | web × 2 | CPU（核） | 12%（各台 10% 到 14%） | ≤15%: CPU数量降至原来四分之一 | 4 → 1 |
    | web × 2 | 内存（GB） | 35% | 20%～40%: 内存数量降至原来一半 | 8 → 4 |

    本系统每月（目录价）：4,957.20 元 → 4,667.40 元，−289.80 元。
    改核数或内存要重启这些服务器，数据和地址不变；请先约好时间。
    - db: 磁盘按每台合计；系统盘不能就地扩容，增加的算在数据盘 data 上

    ---

    By its use in 2026-01, Annex 2 §7 of the contract asks for these sizes of "公共就业 ｜ ＜b＞＠all＜/b＞ ｀x｀" (hrss/job-service). If you agree, approve and merge this request, and nothing else is needed; if not, say why.

    | Servers | Resource | Average of the month | Band of the contract | Each from → to |
    |---|---|---|---|---|
    | db × 1 | Data disk data (GB) | 500 GB of 560 GB on all disks | use above 85 % | 500 → 528 |
    | web × 2 | CPU (cores) | 12% (servers 10% to 14%) | ≤ 15 %: reduce the cores to a quarter | 4 → 1 |
    | web × 2 | Memory (GB) | 35% | > 20, < 40 %: reduce the memory to half | 8 → 4 |

    The system a month (list price): 4,957.20 → 4,667.40 CNY, −289.80 CNY.
    Another number of cores or GB restarts these servers; data and addresses stay. Agree on a time first.
    - db: Disk is the sum of each server; a system disk cannot grow in place, so the growth is the data disk's (data)
    "
  `);
});
