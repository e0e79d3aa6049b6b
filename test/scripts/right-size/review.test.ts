import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, expect, test } from "vitest";
import type { ReviewResult } from "../../../scripts/right-size/review-result.ts";
import { govcloud, ROOT } from "../run.ts";
import type { Repository } from "./repository.ts";
import { sampleRepository } from "./sample-repository.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/right-size-review.schema.json`, "utf8")) as object,
);
const JOB = "stacks/tenants/hrss/job-service.yaml";
const HEADER = "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage";

let repository: Repository;
afterEach(() => repository.remove());

/** A month's file of use of hrss/job-service; each group with its CPU and memory, percent. */
function useOf(month: string, last: number, use: Readonly<Record<string, readonly [number, number]>>): string {
  const counts: Readonly<Record<string, number>> = { web: 2, app: 2, db: 1 };
  const rows = Object.entries(use).flatMap(([server, [cpu, memory]]) =>
    Array.from(
      { length: counts[server] ?? 1 },
      (_, at) => `hrss/job-service,${server},${at + 1},${month}-01,${month}-${last},${cpu},${memory},,1`,
    ),
  );
  const file = join(repository.folder, `${month}.csv`);
  writeFileSync(file, `${[HEADER, ...rows].join("\n")}\n`);
  return file;
}

/** web: 4 cores to 1 and 8 GB to 4; app: 4 cores to 8; db: 8 cores to 4. The cores of web and app were changed as advised, its memory otherwise. */
function january(followedOn: string): readonly string[] {
  const month = useOf("2026-01", 31, { web: [12, 35], app: [55, 50], db: [20, 50] });
  const next = useOf("2026-02", 28, { web: [52, 45], app: [35, 50], db: [20, 50] });
  repository.put(
    JOB,
    repository
      .read(JOB)
      .replace("cpu: 4\n    memoryGb: 8\n", "cpu: 1\n    memoryGb: 6\n")
      .replace("cpu: 4\n    memoryGb: 16\n", "cpu: 8\n    memoryGb: 16\n"),
  );
  repository.commit(followedOn);
  return [month, next];
}

const review = (usage: readonly string[], ...args: readonly string[]) =>
  govcloud(["right-size", "--review", "2026-01", "--usage", ...usage, "--tree", repository.folder, "--at", "2026-04-02", ...args]);

test("Advice that was followed is held against the next month, and money is counted in whole months", () => {
  repository = sampleRepository("2025-12-01");
  const usage = january("2026-02-04");
  const { code, stdout, stderr } = review(usage, "--format", "json");
  expect([code, stderr]).toEqual([0, ""]);
  const result = JSON.parse(stdout) as ReviewResult;
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  expect(
    result.servers.map((each) => [
      [each.server, each.resource, each.from, each.target, each.after, each.outcome],
      [each.percent, each.predicted, each.actual, each.factor, each.standing, each.monthly],
    ]),
  ).toEqual([
    // A core is 21.60 a month here, and so is a GB: 2 servers × 4 cores more.
    [
      ["app", "cpu", 4, 8, 8, "followed"],
      ["55", "27.5", "35", "1", "in-band", "172.80"],
    ],
    [
      ["db", "cpu", 8, 4, 8, "unanswered"],
      ["20", "20", "20", "1/2", null, "0.00"],
    ],
    [
      ["web", "cpu", 4, 1, 1, "followed"],
      ["12", "48", "52", "2", "swing", "-129.60"],
    ],
    [
      ["web", "memory", 8, 4, 6, "otherwise"],
      ["35", "46.6667", "45", "1", "in-band", "-86.40"],
    ],
  ]);
  expect(result.counts).toEqual({ followed: 2, unanswered: 1, otherwise: 1, swing: 1, further: 0 });
  // February and March: the change was there at the end of both.
  expect(result.money).toEqual({
    monthly: { saved: "216.00", spent: "172.80", net: "-43.20" },
    soFar: { saved: "432.00", spent: "345.60", net: "-86.40", until: "2026-03" },
  });
});

test("What was sent down and would go up again is reported, not advised, in the advice of the next month too", () => {
  repository = sampleRepository("2025-12-01");
  const [, next = ""] = january("2026-02-04");
  const { stdout } = govcloud([
    ...["right-size", "--month", "2026-02", "--usage", next, "--tree", repository.folder, "--at", "2026-03-02", "--format", "json"],
  ]);
  const { servers } = JSON.parse(stdout) as { servers: { server: string; cpu: { target: number; left: string; leftKind: string } }[] };
  const web = servers.find(({ server }) => server === "web");
  expect([web?.cpu.target, web?.cpu.leftKind, web?.cpu.left]).toEqual([
    1,
    "swing",
    "Changed from 4 to 1 in the month, and its use now asks for 2: not sent up and down in turn, somebody has to look",
  ]);
});

test("A history that begins after the months counts its first state as what was advised on, and today's as what was done", () => {
  repository = sampleRepository("2026-04-01");
  const usage = january("2026-04-02");
  const result = JSON.parse(review(usage, "--format", "json").stdout) as ReviewResult;
  expect(result.servers.map(({ server, resource, outcome }) => `${server} ${resource} ${outcome}`)).toEqual([
    "app cpu followed",
    "db cpu unanswered",
    "web cpu followed",
    "web memory otherwise",
  ]);
});

test("People read it in both languages, as text and as Markdown", () => {
  repository = sampleRepository("2025-12-01");
  const usage = january("2026-02-04");
  const said = (["zh", "en"] as const).flatMap((lang) =>
    ["text", "markdown"].map((format) => review(usage, "--lang", lang, "--format", format).stdout),
  );
  expect(said.join("\n════\n")).toMatchInlineSnapshot(`
    "2026-01 的建议，2026-02 看成效
    照办 2 项，没有改 1 项，另改 1 项；改后又出档 1 项，其中 1 项要调回去

    服务器                   资源  建议   结果      2026-01      预计  2026-02  每月（元）  看法
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    hrss/job-service app ×2  CPU   4 → 8  已照办        55%     27.5%      35%     +172.80  ✔ 合适
    hrss/job-service db      CPU   8 → 4  没有改        20%         —      20%           —  —
    hrss/job-service web ×2  CPU   4 → 1  已照办        12%       48%      52%     −129.60  ✘ 又要调回去：请人看一看
    hrss/job-service web ×2  内存  8 → 4  另改 (6)      35%  46.6667%      45%      −86.40  ✔ 合适

    每月（目录价）：省 216.00 元，多花 172.80 元，净 −43.20 元
    到 2026-03 为止的整月合计：省 432.00 元，多花 345.60 元，净 −86.40 元

    ════
    ## 2026-01 的建议，2026-02 看成效

    照办 2 项，没有改 1 项，另改 1 项；改后又出档 1 项，其中 1 项要调回去

    | 服务器 | 资源 | 建议 | 结果 | 2026-01 | 预计 | 2026-02 | 每月（元） | 看法 |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    | hrss/job-service app ×2 | CPU | 4 → 8 | 已照办 | 55% | 27.5% | 35% | &#43;172.80 | ✔ 合适 |
    | hrss/job-service db | CPU | 8 → 4 | 没有改 | 20% | — | 20% | — | — |
    | hrss/job-service web ×2 | CPU | 4 → 1 | 已照办 | 12% | 48% | 52% | −129.60 | ✘ 又要调回去：请人看一看 |
    | hrss/job-service web ×2 | 内存 | 8 → 4 | 另改 &#40;6&#41; | 35% | 46.6667% | 45% | −86.40 | ✔ 合适 |

    - 每月（目录价）：省 216.00 元，多花 172.80 元，净 −43.20 元
    - 到 2026-03 为止的整月合计：省 432.00 元，多花 345.60 元，净 −86.40 元

    ════
    Advice of 2026-01, by the use of 2026-02
    followed 2, unanswered 1, changed otherwise 1; out of band again 1, of which 1 back the way they came

    Servers                  Resource  Advice  Done           2026-01  Predicted  2026-02  A month (CNY)  Standing
    ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    hrss/job-service app ×2  CPU       4 → 8   followed           55%      27.5%      35%        +172.80  ✔ in band
    hrss/job-service db      CPU       8 → 4   unanswered         20%          —      20%              —  —
    hrss/job-service web ×2  CPU       4 → 1   followed           12%        48%      52%        −129.60  ✘ back the way it came: look at it
    hrss/job-service web ×2  memory    8 → 4   otherwise (6)      35%   46.6667%      45%         −86.40  ✔ in band

    A month (list price): saved 216.00, spent 172.80, net −43.20 CNY
    Whole months up to 2026-03: saved 432.00, spent 345.60, net −86.40 CNY

    ════
    ## Advice of 2026-01, by the use of 2026-02

    followed 2, unanswered 1, changed otherwise 1; out of band again 1, of which 1 back the way they came

    | Servers | Resource | Advice | Done | 2026-01 | Predicted | 2026-02 | A month &#40;CNY&#41; | Standing |
    | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    | hrss/job-service app ×2 | CPU | 4 → 8 | followed | 55% | 27.5% | 35% | &#43;172.80 | ✔ in band |
    | hrss/job-service db | CPU | 8 → 4 | unanswered | 20% | — | 20% | — | — |
    | hrss/job-service web ×2 | CPU | 4 → 1 | followed | 12% | 48% | 52% | −129.60 | ✘ back the way it came&#58; look at it |
    | hrss/job-service web ×2 | memory | 8 → 4 | otherwise &#40;6&#41; | 35% | 46.6667% | 45% | −86.40 | ✔ in band |

    - A month (list price): saved 216.00, spent 172.80, net −43.20 CNY
    - Whole months up to 2026-03: saved 432.00, spent 345.60, net −86.40 CNY
    "
  `);
});

test.each([
  { what: "one file for two months", usage: 1, args: [], says: "--review wants the use of two months" },
  { what: "a next month that has not ended", usage: 2, args: ["--at", "2026-02-20"], says: "Cannot judge usage of 2026-02" },
  { what: "a month of advice beside it", usage: 2, args: ["--month", "2026-01"], says: "cannot be used with option" },
])("Refuses $what", ({ usage, args, says }) => {
  repository = sampleRepository("2025-12-01");
  const { code, stdout, stderr } = review(january("2026-02-04").slice(0, usage), ...args);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain(says);
});

test("Refuses a format that it has not, in that format", () => {
  repository = sampleRepository("2025-12-01");
  const says = "Cannot run right-size: --review is written as text, markdown or json";
  const { code, stdout, stderr } = review(january("2026-02-04"), "--format", "csv");
  expect([code, stderr]).toEqual([3, `${says}\n`]);
  expect(stdout).toContain(`,,,invalid-request,"${says}",`);
});
