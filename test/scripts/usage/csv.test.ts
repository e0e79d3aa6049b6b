import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, test } from "vitest";
import type { UsageMonth } from "../../../catalog/sizing/usage.ts";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { readUsage } from "../../../scripts/usage/read-usage.ts";
import { DECLARED, failureOf, NOVEMBER } from "./declared.ts";

const folder = mkdtempSync(join(tmpdir(), "govcloud-usage-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage";
const OCTOBER = "2026-10-01,2026-10-31";
const row = (rest = "") => `hrss/social,app,1,${OCTOBER},42.5,70,51,${rest || "1"}`;

async function read(content: string | Uint8Array, at = NOVEMBER): Promise<UsageMonth> {
  const file = join(folder, "usage.csv");
  writeFileSync(file, content);
  return await readUsage(file, { month: "2026-10", at, declarations: DECLARED, queries: undefined });
}

/** Figures of each server as they would print. */
function printed({ servers }: UsageMonth): string[] {
  return servers.map(
    ({ system, server, index, cpuPercent, memoryPercent, diskUsedGb, coverage, source }) =>
      `${system} ${server} ${index}: ${cpuPercent} ${memoryPercent} ${diskUsedGb} ${coverage.toDecimalPlaces(4)} ${"line" in source ? source.line : ""}`,
  );
}

const wrong = async (content: string | Uint8Array) =>
  (await failureOf(() => read(content))).map((line) => line.replaceAll(join(folder, "usage.csv"), "usage.csv"));

describe("CSV is read", () => {
  test("with figures as they are written, a line each, and empty ones as not measured", async () => {
    const month = await read(
      `${HEADER}\n${row()}\nhrss/social,app,2,${OCTOBER},69.99999,,,97\n\nhrss/social,db,1,${OCTOBER},0,100,0,0.805\n`,
    );
    expect(printed(month)).toEqual([
      "hrss/social app 1: 42.5 70 51 1 2",
      "hrss/social app 2: 69.99999 null null 0.97 3",
      "hrss/social db 1: 0 100 0 0.805 5",
    ]);
    expect([month.month, month.leftOut]).toEqual(["2026-10", []]);
  });

  test.each([
    { what: "the line ends of Windows and a byte order mark", content: `\ufeff${HEADER}\r\n${row()}\r\n` },
    { what: "quoted cells", content: `${HEADER.replaceAll(/\w+/g, '"$&"')}\n"hrss/social","app","1",${OCTOBER},"42.5",70,51,1\n` },
    { what: "no line end at the end", content: `${HEADER}\n${row()}` },
  ])("with $what", async ({ content }) => {
    expect(printed(await read(content))).toEqual(["hrss/social app 1: 42.5 70 51 1 2"]);
  });

  // October has 31 days of 24 hours in Asia/Shanghai.
  test.each([
    { from: "2026-10-01", to: "2026-11-01", coverage: "1", share: "1" },
    { from: "2026-10-01T00:00+08:00", to: "2026-11-01T00:00:00+08:00", coverage: "1", share: "1" },
    { from: "2026-09-30T16:00Z", to: "2026-10-31T16:00:00Z", coverage: "100", share: "1" },
    { from: "2026-10-01 00:00:00+0800", to: "2026-10-31", coverage: "1.0", share: "1" },
    { from: "2026-10-12", to: "2026-10-31", coverage: "1", share: "0.6452" },
    { from: "2026-10-12", to: "2026-10-31", coverage: "50", share: "0.3226" },
    { from: "2026-10-05", to: "2026-10-05", coverage: "1", share: "0.0323" },
    { from: "2026-10-01", to: "2026-10-31", coverage: "1.5", share: "0.015" },
    { from: "2026-10-01", to: "2026-10-31", coverage: "0", share: "0" },
  ])("with the share of the month from $from to $to at $coverage: $share", async ({ from, to, coverage, share }) => {
    const { servers } = await read(`${HEADER}\nhrss/social,app,1,${from},${to},1,2,3,${coverage}\n`);
    expect(servers[0]?.coverage.toDecimalPlaces(4).toString()).toBe(share);
  });

  test.each([
    { name: "health/unknown,app,1", reason: "system health/unknown is not declared", zh: "没有申报的系统 health/unknown" },
    { name: "hrss/social,web,1", reason: "hrss/social declares no server web", zh: "hrss/social 没有申报服务器 web" },
    {
      name: "hrss/social,app,4",
      reason: "hrss/social declares 3 of app: there is no number 4",
      zh: "hrss/social 的 app 只申报了 3 台，没有第 4 台",
    },
    { name: "health/old,app,1", reason: "system health/old is retired", zh: "系统 health/old 已下线" },
    { name: "health/clinic,train,1", reason: "train are GPU servers, whose size is fixed", zh: "train 是 GPU 服务器，规格固定" },
    { name: "__proto__,app,1", reason: "system __proto__ is not declared", zh: "没有申报的系统 __proto__" },
  ])("and $name left out, with its line", async ({ name, reason, zh }) => {
    const { servers, leftOut } = await read(`${HEADER}\n${row()}\n${name},${OCTOBER},1,2,3,1\n`);
    const [system, server, index] = name.split(",");
    expect(servers.length).toBe(1);
    expect(leftOut).toEqual([
      { system, server, index: Number(index), reason: { zh, en: reason }, source: { file: join(folder, "usage.csv"), line: 3 } },
    ]);
  });
});

describe("CSV is refused", () => {
  const percent = "wanted a number from 0 to 100 such as 42.5, without its unit, or nothing where it was not measured";
  test.each([
    {
      what: "a percentage over 100",
      cells: "100.01,2,3,1",
      found: `2:41 usage.csv «100.01» out-of-range: Cannot accept cpuPercent: found "100.01", ${percent}`,
    },
    {
      what: "a negative percentage",
      cells: "1,-2,3,1",
      found: `2:43 usage.csv «-2» bad-format: Cannot accept memoryPercent: found "-2", ${percent}`,
    },
    { what: "NaN", cells: "NaN,2,3,1", found: `2:41 usage.csv «NaN» bad-format: Cannot accept cpuPercent: found "NaN", ${percent}` },
    { what: "a unit", cells: "1,2%,3,1", found: `2:43 usage.csv «2%» bad-format: Cannot accept memoryPercent: found "2%", ${percent}` },
    {
      what: "an exponent",
      cells: "1e1,2,3,1",
      found: `2:41 usage.csv «1e1» bad-format: Cannot accept cpuPercent: found "1e1", ${percent}`,
    },
    {
      what: "a formula",
      cells: "=1+1,2,3,1",
      found: `2:41 usage.csv «=1+1» bad-format: Cannot accept cpuPercent: found "=1+1", ${percent}`,
    },
    {
      what: "more disk than there is",
      cells: "1,2,1000001,1",
      found:
        '2:45 usage.csv «1000001» out-of-range: Cannot accept diskUsedGb: found "1000001", wanted a number from 0 to 1000000 such as 42.5, without its unit, or nothing where it was not measured',
    },
    {
      what: "no coverage",
      cells: "1,2,3,",
      found:
        "2:47 usage.csv «» bad-format: Cannot accept coverage: found nothing, wanted the share of the time that was measured: 0 to 1, or a percentage up to 100",
    },
    {
      what: "a coverage over 100 %",
      cells: "1,2,3,101",
      found:
        '2:47 usage.csv «101» out-of-range: Cannot accept coverage: found "101", wanted the share of the time that was measured: 0 to 1, or a percentage up to 100',
    },
    { what: "a missing cell", cells: "1,2,3", found: "2:46 usage.csv «» syntax: Cannot read the row: it has 8 cells, wanted 9" },
    { what: "a cell too many", cells: "1,2,3,1,1", found: "2:49 usage.csv «1» syntax: Cannot read the row: it has 10 cells, wanted 9" },
  ])("with $what", async ({ cells, found }) => {
    expect(await wrong(`${HEADER}\nhrss/social,app,1,${OCTOBER},${cells}\n`)).toEqual([found]);
  });

  const inOctober = "wanted a time within 2026-10 in Asia/Shanghai";
  test.each([
    {
      what: "another month",
      from: "2026-09-01",
      to: "2026-09-30",
      found: `2:19 usage.csv «2026-09-01» out-of-range: Cannot accept from: found "2026-09-01", ${inOctober}`,
    },
    {
      what: "the next month",
      from: "2026-11-01",
      to: "2026-11-30",
      found: `2:19 usage.csv «2026-11-01» out-of-range: Cannot accept from: found "2026-11-01", ${inOctober}`,
    },
    {
      what: "two months",
      from: "2026-10-01",
      to: "2026-11-02",
      found: `2:30 usage.csv «2026-11-02» out-of-range: Cannot accept to: found "2026-11-02", ${inOctober}`,
    },
    {
      what: "a moment just before the month",
      from: "2026-09-30T23:59:59+08:00",
      to: "2026-10-31",
      found: `2:19 usage.csv «2026-09-30T23:59:59+08:00» out-of-range: Cannot accept from: found "2026-09-30T23:59:59+08:00", ${inOctober}`,
    },
    {
      what: "a moment just after the month, by another clock",
      from: "2026-10-01",
      to: "2026-10-31T16:00:01Z",
      found: `2:30 usage.csv «2026-10-31T16:00:01Z» out-of-range: Cannot accept to: found "2026-10-31T16:00:01Z", ${inOctober}`,
    },
    {
      what: "an end before the beginning",
      from: "2026-10-09",
      to: "2026-10-08",
      found: '2:30 usage.csv «2026-10-08» contradiction: Cannot accept to: found "2026-10-08", wanted a time after from',
    },
    {
      what: "a day that does not exist",
      from: "2026-10-32",
      to: "2026-10-31",
      found:
        '2:19 usage.csv «2026-10-32» bad-format: Cannot accept from: found "2026-10-32", wanted a day (2026-10-01) or a moment with its offset (2026-10-01T00:00+08:00)',
    },
    {
      what: "a moment without its offset",
      from: "2026-10-01T00:00",
      to: "2026-10-31",
      found:
        '2:19 usage.csv «2026-10-01T00:00» bad-format: Cannot accept from: found "2026-10-01T00:00", wanted a day (2026-10-01) or a moment with its offset (2026-10-01T00:00+08:00)',
    },
  ])("with a period of $what", async ({ from, to, found }) => {
    expect(await wrong(`${HEADER}\nhrss/social,app,1,${from},${to},1,2,3,1\n`)).toEqual([found]);
  });

  const wanted = `wanted ${HEADER}`;
  test.each([
    {
      what: "a misspelt column",
      header: HEADER.replace("cpuPercent", "cpuPercents"),
      found: [
        `1:29 usage.csv «cpuPercents» missing-key: Cannot accept the header: it lacks cpuPercent and it has column 6 "cpuPercents"; ${wanted} → cpuPercent`,
      ],
    },
    {
      what: "a column too few",
      header: HEADER.replace(",coverage", ""),
      found: [`1:64 usage.csv «» missing-key: Cannot accept the header: it lacks coverage; ${wanted}`],
    },
    {
      what: "names of its own",
      header: "name,cpu,mem",
      found: [
        `1:1 usage.csv «name» missing-key: Cannot accept the header: it lacks ${HEADER.replaceAll(",", ", ")} and it has column 1 "name", 2 "cpu", 3 "mem"; ${wanted}`,
      ],
    },
    {
      what: "a column too many",
      header: `${HEADER},note`,
      found: [`1:74 usage.csv «note» unknown-key: Cannot accept the header: it has column 10 "note"; ${wanted}`],
    },
    {
      what: "a column twice",
      header: `${HEADER},index`,
      found: [`1:74 usage.csv «index» unknown-key: Cannot accept the header: it has column 10 "index"; ${wanted}`],
    },
    {
      what: "columns in another order",
      header: HEADER.replace("from,to", "to,from"),
      found: ["1:21 usage.csv «to» bad-format: Cannot accept to as column 4: wanted from"],
    },
    {
      what: "semicolons",
      header: HEADER.replaceAll(",", ";"),
      found: [`1:1 usage.csv «${HEADER.replaceAll(",", ";")}» bad-format: Cannot read the header: its columns are not separated by commas`],
    },
  ])("with $what in the header", async ({ header, found }) => {
    expect(await wrong(`${header}\n${row()}\n`)).toEqual(found);
  });

  test.each([
    { what: "nothing in it", content: "", found: "1:1 usage.csv «» syntax: Cannot read the file: it is empty" },
    {
      what: "a header alone",
      content: `${HEADER}\n`,
      found: "1:1 usage.csv «system» syntax: Cannot read the file: it has a header and no row",
    },
    {
      what: "a quote that does not end",
      content: `${HEADER}\n"hrss/social,app,1`,
      found:
        '2:1 usage.csv «"hrss/social,app,1» syntax: Cannot parse CSV: Quote Not Closed: the parsing is finished with an opening quote at line 2',
    },
    {
      what: "a character that cannot be seen",
      content: `${HEADER}\nhrss/soc\u200bial,app,1,${OCTOBER},1,2,3,1\n`,
      found: "2:9 usage.csv «\u200b» bad-format: Cannot accept the invisible control character U+200B in text",
    },
    {
      what: "another encoding than UTF-8",
      content: new Uint8Array([0xb5, 0xa5, 0xce, 0xbb]),
      found: "1:1 usage.csv «» unreadable-file: Cannot read the file: it is not UTF-8; save it as CSV UTF-8",
    },
    {
      what: "a server without a number",
      content: `${HEADER}\nhrss/social,app,0,${OCTOBER},1,2,3,1\n`,
      found: '2:17 usage.csv «0» bad-format: Cannot accept index: found "0", wanted a whole number from 1',
    },
    {
      what: "no system",
      content: `${HEADER}\n,app,1,${OCTOBER},1,2,3,1\n`,
      found: "2:1 usage.csv «,» bad-format: Cannot accept system: found nothing, wanted a system such as hrss/social-insurance",
    },
    {
      what: "two rows for one server",
      content: `${HEADER}\n${row()}\nhrss/social,db,1,${OCTOBER},1,2,3,1\n${row("0.5")}\n`,
      found: "4:1 usage.csv «hrss/social» contradiction: Cannot accept a second row for hrss/social app 1: line 2 has the first",
    },
  ])("with $what", async ({ content, found }) => {
    expect(await wrong(content)).toEqual([found]);
  });

  test("with every error of every row, in Chinese too", async () => {
    const content = `${HEADER}\nhrss/social,app,1,${OCTOBER},101,2,3,1\n"hrss/social",app,2,${OCTOBER},1,两成,3,2%\n`;
    const error: unknown = await read(content).catch((caught: unknown) => caught);
    expect(
      error instanceof InvalidInput ? error.diagnostics.map(({ range, message }) => `${range.line}:${range.column} ${message.zh}`) : [],
    ).toEqual([
      "2:41 cpuPercent 写的是“101”，应为 0 到 100 的数（如 42.5，不写单位），没有测量就留空",
      "3:45 memoryPercent 写的是“两成”，应为 0 到 100 的数（如 42.5，不写单位），没有测量就留空",
      "3:50 coverage 写的是“2%”，应为测到的时间占比：0 到 1，或 1 到 100 的百分数",
    ]);
  });

  test("with no more than a hundred errors, and more rows than a city has", async () => {
    expect((await wrong(`${HEADER}\n${`hrss/social,app,1,${OCTOBER},x,y,z,1\n`.repeat(200)}`)).length).toBeLessThan(105);
    expect(await wrong(`${HEADER}\n${`a/b,app,1,${OCTOBER},1,2,3,1\n`.repeat(100_001)}`)).toEqual([
      "100002:1 usage.csv «a/b» file-too-large: Cannot read more than 100000 rows",
    ]);
  });
});

describe("A file is refused", () => {
  test.each([
    { what: "that is not there", spec: "nowhere.csv" },
    { what: "that is a folder", spec: "folder" },
  ])("$what", async ({ spec }) => {
    mkdirSync(join(folder, "folder"), { recursive: true });
    const path = join(folder, spec);
    expect(await failureOf(() => readUsage(path, { month: "2026-10", at: NOVEMBER, declarations: DECLARED, queries: undefined }))).toEqual([
      `invalid: Cannot read --usage ${path}: wanted a CSV file or an http address`,
    ]);
  });

  test("that is larger than any city's, without reading it", async () => {
    const path = join(folder, "large.csv");
    writeFileSync(path, "");
    truncateSync(path, 20 * 2 ** 30);
    expect(await failureOf(() => readUsage(path, { month: "2026-10", at: NOVEMBER, declarations: DECLARED, queries: undefined }))).toEqual([
      `1:1 ${path} «» file-too-large: Cannot read the file: it is larger than the limit of 16777216 bytes`,
    ]);
  });
});

describe("A month is refused", () => {
  test.each([
    { month: "2026-13", at: "2027-03-01", found: 'invalid: Cannot read the month "2026-13": wanted one such as 2026-10' },
    { month: "2026-1", at: "2027-03-01", found: 'invalid: Cannot read the month "2026-1": wanted one such as 2026-10' },
    {
      month: "2026-10",
      at: "2026-10-31",
      found: "invalid: Cannot judge usage of 2026-10: on 2026-10-31 in Asia/Shanghai it has not ended; wanted 2026-11-01 or later",
    },
    {
      month: "2026-12",
      at: "2026-11-01",
      found: "invalid: Cannot judge usage of 2026-12: on 2026-11-01 in Asia/Shanghai it has not ended; wanted 2027-01-01 or later",
    },
  ])("$month on $at", async ({ month, at, found }) => {
    const request = { month, at: Temporal.PlainDate.from(at), declarations: DECLARED, queries: undefined };
    expect(await failureOf(() => readUsage("usage.csv", request))).toEqual([found]);
  });
});
