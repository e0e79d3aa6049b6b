import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { renderRightSizeCsv } from "../../../scripts/render/right-size-csv.ts";
import { renderRightSizeHtml } from "../../../scripts/render/right-size-html.ts";
import { renderRightSizeMarkdown } from "../../../scripts/render/right-size-markdown.ts";
import { renderRightSize } from "../../../scripts/render/right-size-text.ts";
import { plain } from "../../../scripts/render/style.ts";
import { usageMonth } from "../../catalog/sizing/usage.ts";
import { realTree } from "../../tree.ts";
import { rightSized } from "./right-size-result.ts";

/** Two bureaus with every case: to grow, to shrink, to keep, exempt, exiting, too little data, at different loads. */
const USED = {
  "hrss/job-service/web-1": { cpu: "10", memory: "35", disk: "51.5" },
  "hrss/job-service/web-2": { cpu: "15", memory: "35", disk: "44" },
  "hrss/job-service/app-1": { cpu: "75", memory: "72" },
  "hrss/job-service/app-2": { cpu: "75", memory: "72" },
  "hrss/job-service/db-1": { cpu: "40", memory: "40", disk: "400" },
  "health/emergency-dispatch/call-1": { cpu: "8", memory: "12", disk: "30" },
  "health/emergency-dispatch/call-2": { cpu: "9", memory: "12", disk: "30" },
  "health/emergency-dispatch/db-1": { cpu: "8", memory: "12", disk: "30", coverage: "0.5" },
  "housing/property-archive/web-1": { cpu: "80", memory: "45", disk: "52" },
  "housing/property-archive/db-1": { cpu: "10", memory: "10", disk: "1000" },
  "transport/bus-dispatch/app-1": { cpu: "91", memory: "50", disk: "52" },
  "transport/bus-dispatch/app-2": { cpu: "12", memory: "50", disk: "52" },
  "transport/bus-dispatch/app-3": { cpu: "11", memory: "50", disk: "52", coverage: "0.79" },
};
const ONLY = ["hrss/job-service", "health/emergency-dispatch", "housing/property-archive", "transport/bus-dispatch"];
const RULES = readCheckedTree(realTree()).catalogue.resourceUsage;
const result = (lang: "zh" | "en" = "en") => rightSized(usageMonth(USED), { only: ONLY, lang });

test("prices, sizes and grounds are those worked out by hand", () => {
  const jobs = result().servers.filter(({ system }) => system === "hrss/job-service");
  expect(
    jobs.map(({ server, cpu, memory, disk, monthly }) => [
      server,
      [cpu.percent, cpu.factor, cpu.now, cpu.target, cpu.left],
      [memory.percent, memory.factor, memory.now, memory.target, memory.left],
      [disk.usedGb, disk.now, disk.target, disk.left],
      [monthly.before, monthly.after, monthly.delta],
    ]),
  ).toEqual([
    // Two of 4 cores and 16 GB: to 12 and 32. 2 × (4 + 16) × 21.60 + 2 × 60 × 0.27 before.
    [
      "app",
      ["75", "3", 4, 12, null],
      ["72", "2", 16, 32, null],
      [null, 60, 60, "Not measured: no advice"],
      ["896.40", "1933.20", "1036.80"],
    ],
    // 400 ÷ 0.85 is 470.58: 560 GB of SSD to 470.
    [
      "db",
      ["40", "1", 8, 8, "Band ≥ 30, < 50 %: keep"],
      ["40", "1", 32, 32, "Band ≥ 40, < 70 %: keep"],
      ["400", 560, 470, null],
      ["1116.00", "1075.50", "-40.50"],
    ],
    // 51.5 ÷ 0.85 is 60.58: 60 GB stay.
    [
      "web",
      ["12.5", "1/4", 4, 1, null],
      ["35", "1/2", 8, 4, null],
      ["51.5", 60, 60, "The largest size with use above 85 %"],
      ["550.80", "248.40", "-302.40"],
    ],
  ]);
  const totals = result().totals;
  expect(totals.systems.find(({ system }) => system === "hrss/job-service")?.monthly).toEqual({
    before: "2563.20",
    after: "3257.10",
    delta: "693.90",
  });
});

test("totals add up by system, bureau and all", () => {
  const { servers, totals } = result();
  const fen = (amounts: { readonly delta: string }) => Math.round(Number(amounts.delta) * 100);
  const sum = (all: readonly { readonly monthly: { readonly delta: string } }[]) =>
    all.reduce((total, { monthly }) => total + fen(monthly), 0);
  expect([sum(servers), sum(totals.systems), sum(totals.bureaus)]).toEqual([fen(totals.all), fen(totals.all), fen(totals.all)]);
});

test("the city's averages are of all systems whatever is listed, and say what they rest on", () => {
  const whole = rightSized(usageMonth(USED)).city;
  const { city } = result();
  expect(city).toEqual(whole);
  // Cores: web 8 × 12.5, app 8 × 75, db 8 × 40, call 16 × 8.5, archive 4 × 80 + 4 × 10, dispatch 8 × 91 + 8 × 12: 2340 ÷ 64.
  expect(city.cpuPercent).toBe("36.5625");
  expect(city.withoutExempt.cpuPercent).toBe("45.9167");
  expect([city.measured.cores, city.below]).toEqual([64, []]);
});

test("an average below 30 % says what that costs", () => {
  const { city } = rightSized(usageMonth({ "hrss/job-service/db-1": { cpu: "29.999999", memory: "30" } }));
  expect([city.cpuPercent, city.memoryPercent, city.below]).toEqual(["29.9999", "30", ["cpu"]]);
  expect(city.consequence).toBe(
    "An overall average of CPU or memory under 30 % costs 20 % of the annual fee (Annex 2 7.3): of the estimate of 8,700,000.00 CNY, 1,740,000.00 CNY",
  );
});

describe("the advice is due within five working days of the next month", () => {
  const none = {};
  test.each([
    { month: "2025-09", at: "2025-10-14", on: "2025-10-14", isPast: false }, // after the National Day holiday; Saturday the 11th is worked
    { month: "2026-01", at: "2026-02-07", on: "2026-02-06", isPast: true },
    { month: "2026-12", at: "2027-01-04", on: null, isPast: null },
  ])("$month: $on", ({ month, at, on, isPast }) => {
    const { deadline, notes } = rightSized(usageMonth(none, month), { at });
    expect([deadline.workingDays, deadline.on, deadline.isPast]).toEqual([5, on, isPast]);
    expect(notes.some((note) => note.includes("The working days of 2027 are not published yet"))).toBe(on === null);
  });
});

describe.each(["zh", "en"] as const)("reads as in its golden, in %s", (lang) => {
  test("as text", async () => {
    await expect(renderRightSize(result(lang), { lang, paint: plain })).toMatchFileSnapshot(`../../goldens/right-size.${lang}.txt`);
  });
  test("as Markdown", async () => {
    await expect(renderRightSizeMarkdown(result(lang), lang)).toMatchFileSnapshot(`../../goldens/right-size.${lang}.md`);
  });
  test("as CSV", async () => {
    await expect(renderRightSizeCsv(result(lang), lang)).toMatchFileSnapshot(`../../goldens/right-size.${lang}.csv`);
  });
});

test("CSV says of every group and resource what JSON says, and nothing in it is a formula", () => {
  const given = result();
  const evil = { ...given, leftOut: [{ system: "=cmd|'/c calc'!A1", server: "@SUM(A1)", index: null, reason: "+1\n-1" }] };
  const rows = parse(renderRightSizeCsv(evil, "en"), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(given.servers.length * 3 + 1 + given.notes.length);
  expect(
    rows
      .filter(({ system, server }) => system === "hrss/job-service" && server === "web")
      .map(({ resource, now, target, delta }) => [resource, now, target, delta]),
  ).toEqual([
    ["cpu", "4", "1", "-129.60"],
    ["memory", "8", "4", "-172.80"],
    ["disk", "60", "60", "0.00"],
  ]);
  expect(rows.slice(-given.notes.length).map(({ system, notes }) => [system, notes])).toEqual(given.notes.map((note) => ["", note]));
  expect(rows.at(-1 - given.notes.length)).toMatchObject({ system: "'=cmd|'/c calc'!A1", server: "'@SUM(A1)", left: "'+1\n-1" });
  const cells = rows.flatMap((row) => Object.values(row));
  expect(cells.filter((cell) => /^[=+@\t\r-]/.test(cell) && !/^-\d+\.\d\d$/.test(cell))).toEqual([]);
});

test("nothing obeys a hostile exemption: terminal, Markdown", () => {
  const given = result();
  const reason = "x\u001b[2J|<img src=x>![a](http://a)\n# b";
  const evil = { ...given, leftOut: [{ system: "a/b", server: "c", index: 1, reason }] };
  const text = renderRightSize(evil, { lang: "en", paint: plain });
  expect(text.includes("\u001b") || text.includes("\n# b")).toBe(false);
  expect(/<img|!\[|\n# b|\u001b/.test(renderRightSizeMarkdown(evil, "en"))).toBe(false);
});

/** Every server of the samples, at one load. */
function everyServer(use: { readonly cpu: string; readonly memory: string }) {
  const { declarations } = readCheckedTree(realTree());
  const names = declarations.systems.flatMap(({ id, servers }) =>
    servers.flatMap(({ key, count }) => Array.from({ length: count }, (_, at) => `${id}/${key}-${at + 1}`)),
  );
  return usageMonth(Object.fromEntries(names.map((name) => [name, use])));
}

describe("an average is judged only where 80 % of the city were measured, whichever way it lies", () => {
  test.each([
    { what: "all measured, above", usage: everyServer({ cpu: "40", memory: "40" }), verdict: ["met", "met"], sign: "✔" },
    { what: "all measured, CPU below", usage: everyServer({ cpu: "20", memory: "40" }), verdict: ["below", "met"], sign: "✘" },
    {
      what: "one server measured, above",
      usage: usageMonth({ "hrss/job-service/db-1": { cpu: "40", memory: "40" } }),
      verdict: ["unknown", "unknown"],
      sign: "?",
    },
    {
      what: "one server measured, below",
      usage: usageMonth({ "hrss/job-service/db-1": { cpu: "20", memory: "20" } }),
      verdict: ["unknown", "unknown"],
      sign: "?",
    },
    { what: "nothing measured", usage: usageMonth({}), verdict: ["unknown", "unknown"], sign: "?" },
  ])("$what: $sign", ({ usage, verdict, sign }) => {
    const given = rightSized(usage);
    expect([given.city.verdict.cpu, given.city.verdict.memory]).toEqual(verdict);
    expect(renderRightSize(given, { lang: "en", paint: plain })).toContain(`\n${sign} City-wide averages`);
    expect(renderRightSizeMarkdown(given, "en")).toContain(`- ${sign} City`);
    const page = renderRightSizeHtml(given, { lang: "en", rules: RULES });
    expect(page).toContain(`measured: ${given.city.measured.cores} of 1490 cores`);
    expect(page).toContain(`measured: ${given.city.measured.memoryGb} of 5890 GB`);
    expect(page.includes('<span class="bad">')).toBe(sign === "✘");
    expect(page.includes("? too little measured")).toBe(sign === "?");
  });
});

describe("a day after the term is told with the words of the plan, in every format", () => {
  test.each([
    { at: "2026-06-19", note: undefined },
    { at: "2026-06-20", note: "2026-06-20 lies after the term: the fee of the run-on is to be agreed (2.2); the old prices are shown" },
    { at: "2026-12-01", note: "2026-12-01 lies after the term and its run-on: no price is agreed for it; the old prices are shown" },
  ])("$at", ({ at, note }) => {
    const given = rightSized(usageMonth(USED), { at, only: ONLY });
    expect(given.notes.find((each) => each.includes("the term"))).toBe(note);
    const formats = [
      renderRightSize(given, { lang: "en", paint: plain }),
      // Its punctuation is written as numbers.
      renderRightSizeMarkdown(given, "en").replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
      renderRightSizeHtml(given, { lang: "en", rules: RULES }),
      renderRightSizeCsv(given, "en"),
    ];
    expect(formats.map((format) => format.includes(note ?? "lies after the term"))).toEqual(formats.map(() => note !== undefined));
  });
});

test("each row has its band and a legend its clause: also where a size is kept, also of disks", () => {
  const given = rightSized(usageMonth(USED), { only: ["hrss/job-service"] });
  const text = renderRightSize(given, { lang: "en", paint: plain }).split("\n");
  const cells = (name: string) => text.find((line) => line.startsWith(name))?.split(/ {2,}/);
  expect(cells("hrss/job-service db")).toEqual([
    "hrss/job-service db",
    "40%",
    "≥30,<50",
    "8 keep",
    "40%",
    "≥40,<70",
    "32 keep",
    "400 (71.4286%)",
    "560 → 470",
    "−40.50",
  ]);
  const legend = [
    "CPU ≥70 %: add twice the cores there are, Annex 2 7.2",
    "CPU ≥30,<50 %: keep, Annex 2 7.2",
    "CPU ≤15 %: reduce the cores to a quarter, Annex 2 7.2",
    "memory ≥70 %: add as much memory as there is, Annex 2 7.2",
    "memory ≥40,<70 %: keep, Annex 2 7.2",
    "memory >20,<40 %: reduce the memory to half, Annex 2 7.2",
    "disk >85 %: The largest size with use above 85 %, Annex 2 7.2",
  ];
  expect(text.filter((line) => /^(CPU|memory|disk) [<>≤≥]/.test(line))).toEqual(legend);
  const markdown = renderRightSizeMarkdown(given, "en");
  expect(markdown).toContain("| 40% | ≥30,&lt;50 | 8 keep | 40% | ≥40,&lt;70 | 32 keep | 400");
  expect(markdown).toContain("- CPU ≥30,&lt;50 %");
  const disks = (parse(renderRightSizeCsv(given, "en"), { columns: true }) as Record<string, string>[])
    .filter(({ resource }) => resource === "disk")
    .map(({ server, percent, band, target }) => [server, percent, band, target]);
  const ground = "以保持磁盘空间使用率＞85%为基准进行配置";
  expect(disks).toEqual([
    ["app", "", "", "60"],
    ["db", "71.4286", ground, "470"],
    ["web", "85.8333", ground, "60"],
  ]);
});

test("every row has its clause, also where nothing was measured", () => {
  const rows = parse(renderRightSizeCsv(result(), "en"), { columns: true }) as Record<string, string>[];
  const clauses = rows
    .filter(({ resource }) => resource !== "")
    .map(({ server, resource, left, clause }) => [server, resource, left, clause]);
  expect(clauses.filter(([, , , clause]) => clause === "")).toEqual([]);
  expect(
    clauses.filter(([, , left]) => left?.startsWith("Exempt")).map(([server, resource, , clause]) => [server, resource, clause]),
  ).toEqual(["call", "db"].flatMap((server) => ["cpu", "memory", "disk"].map((resource) => [server, resource, "Annex 2 7.2 note 2"])));
});
