import type { Band, Factor, ResourceUsageRules } from "../../catalog/sizing/bands.ts";
import { counted, type Lang } from "../../catalog/text.ts";
import type { AmountsResult } from "../plan/result.ts";
import type { BureauTotal, ComputeResult, DiskResult, OverallVerdict, RightSizeResult, ServerResult } from "../right-size/result.ts";
import { htmlSafe, terminalSafe } from "./escape.ts";
import { type HtmlCell, htmlPage, htmlTable } from "./html-page.ts";
import { grouped, signed } from "./table.ts";
import { type BandTone, type ChartFigure, type ChartRow, usageChart } from "./usage-chart.ts";

/** A chart of more lines than this is not looked at; the table has all. */
const MOST_ROWS = 40;

interface Context {
  readonly lang: Lang;
  readonly rules: ResourceUsageRules;
  readonly say: (zh: string, en: string) => string;
}

/** Renders a month's advice as one page: what it saves, the city's averages, and for each bureau its use against the bands and what to change. */
export function renderRightSizeHtml(result: RightSizeResult, { lang, rules }: Omit<Context, "say">): string {
  const context: Context = { lang, rules, say: (zh, en) => (lang === "zh" ? zh : en) };
  const { say } = context;
  const title = say(`${result.month} 资源使用率与调整建议`, `Resource use and advice, ${result.month}`);
  const byTenant = Map.groupBy(result.servers, ({ tenant }) => tenant);
  const body = [
    `<h1>${htmlSafe(title)}</h1>`,
    `<p class="faint">${htmlSafe(say(`合同附件2 第7条；按 ${result.at} 的单价（目录价）计算`, `Annex 2 §7 of the contract; at the list prices of ${result.at}`))}</p>`,
    cards(result, context),
    ...result.notes.map((note) => `<p class="faint">${htmlSafe(note)}</p>`),
    ...result.totals.bureaus.map((bureau) => bureauSection(bureau, byTenant.get(bureau.tenant) ?? [], context)),
    leftOutSection(result, context),
  ].join("\n");
  return htmlPage({ title, body, lang });
}

function cards({ totals, city, deadline, servers }: RightSizeResult, { say }: Context): string {
  const { before, after, delta } = totals.all;
  const changed = servers.filter(isChanged).length;
  const average = (name: string, percent: string | null, verdict: OverallVerdict, measured: string) => {
    const words = percent === null ? say("没有数据", "not measured") : say(`${percent}%`, `${percent} %`);
    const wanted = say(`要求不低于 ${city.required}%`, `wanted: ${city.required} % or more`);
    const judged = {
      met: wanted,
      below: say(`低于 ${city.required}%`, `below ${city.required} %`),
      unknown: say(`? 测得太少，不能判断；${wanted}`, `? too little measured to judge; ${wanted}`),
    }[verdict];
    return card(
      name,
      verdict === "below" ? `<span class="bad">${htmlSafe(words)}</span>` : htmlSafe(words),
      `${judged}${say("；", "; ")}${measured}`,
    );
  };
  const { cores, ofCores, memoryGb, ofMemoryGb } = city.measured;
  const measuredCores = say(`测得 ${cores}/${ofCores} 核`, `measured: ${cores} of ${counted(ofCores, "core")}`);
  const measuredGb = say(`测得 ${memoryGb}/${ofMemoryGb} GB`, `measured: ${memoryGb} of ${ofMemoryGb} GB`);
  const due = deadline.on ?? say("尚不能确定", "not known yet");
  return `<div class="cards">${[
    card(
      say("全部照办，每月（目录价）", "All followed, a month (list price)"),
      deltaWords(delta),
      say(`${grouped(before)} 元 → ${grouped(after)} 元`, `${grouped(before)} → ${grouped(after)} CNY`),
    ),
    card(
      say("要调整的服务器组", "Server groups to change"),
      htmlSafe(say(`${changed} 组`, counted(changed, "group"))),
      say(`共 ${servers.length} 组有建议`, `of ${servers.length} looked at`),
    ),
    average(say("全市 CPU 平均使用率", "CPU, average of the city"), city.cpuPercent, city.verdict.cpu, measuredCores),
    average(say("全市内存平均使用率", "Memory, average of the city"), city.memoryPercent, city.verdict.memory, measuredGb),
    card(
      say("提交截止", "Advice due"),
      htmlSafe(due),
      say(`次月前 ${deadline.workingDays} 个工作日`, `first ${deadline.workingDays} working days of the next month`),
    ),
  ].join("")}</div>
<p class="faint">${htmlSafe(city.consequence)}</p>`;
}

/** The big words are HTML, the others text. */
function card(name: string, big: string, small: string): string {
  return `<div class="card"><span class="faint">${htmlSafe(name)}</span><b>${big}</b><span class="faint">${htmlSafe(small)}</span></div>`;
}

function bureauSection({ tenant, name, monthly }: BureauTotal, servers: readonly ServerResult[], context: Context): string {
  const { say } = context;
  const [changed, kept] = [servers.filter(isChanged), servers.filter((server) => !isChanged(server))];
  const sum = (zh: string, en: string) =>
    `<p>${htmlSafe(say(zh, en))}${htmlSafe(say(`：${grouped(monthly.before)} 元 → ${grouped(monthly.after)} 元，`, `: ${grouped(monthly.before)} → ${grouped(monthly.after)} CNY, `))}${deltaWords(monthly.delta)}</p>`;
  return [
    `<section id="${htmlSafe(tenant)}"><h2>${htmlSafe(name)}</h2>`,
    sum("这些服务器每月（目录价）", "These servers a month (list price)"),
    chartFigure(name, [...changed, ...kept], context),
    changed.length === 0 ? `<p>${htmlSafe(say("没有要调整的服务器。", "Nothing to change."))}</p>` : serverTable(changed, context),
    kept.length === 0
      ? ""
      : `<details><summary>${htmlSafe(say(`不调整的 ${kept.length} 组和原因`, `Left as they are: ${counted(kept.length, "group")}, with the reasons`))}</summary>${serverTable(kept, context)}</details>`,
    "</section>",
  ].join("\n");
}

function chartFigure(name: string, servers: readonly ServerResult[], { say, rules, lang }: Context): string {
  const shown = servers.slice(0, MOST_ROWS);
  const resources = [
    { title: "CPU", bands: rules.cpu.map((band) => chartBand(band, lang)) },
    { title: say("内存", "Memory"), bands: rules.memory.map((band) => chartBand(band, lang)) },
  ];
  const rows = shown.map(
    ({ system, server, cpu, memory }): ChartRow => ({
      label: terminalSafe(`${system.slice(system.indexOf("/") + 1)} ${server}`),
      figures: [chartFigureOf(cpu), chartFigureOf(memory)],
    }),
  );
  const words = say(
    "每行一组服务器：点是当月平均，横线是各台的最低到最高；底色是合同的档位（½ 降至一半，×2 增加一倍）",
    "A line is a server group: the dot its average of the month, the bar from the least to the most used server; the ground shows the contract's bands (½: half, ×2: double)",
  );
  const rest = servers.length - shown.length;
  const cut = rest === 0 ? "" : say(`；另有 ${rest} 组只列在表里`, `; ${rest} more are in the table alone`);
  const svg = usageChart(resources, rows, say("数据不足", "not measured"));
  const label = say(`${name}：使用率与档位`, `${name}: use against the bands`);
  return `<figure role="img" aria-label="${htmlSafe(label)}">${svg}<figcaption>${htmlSafe(words + cut)}</figcaption></figure>`;
}

const TONES: Readonly<Record<Factor, { readonly tone: BandTone; readonly sign: string }>> = {
  "1/4": { tone: "quarter", sign: "¼" },
  "1/2": { tone: "half", sign: "½" },
  "1": { tone: "keep", sign: "" },
  "2": { tone: "double", sign: "×2" },
  "3": { tone: "triple", sign: "×3" },
};

function chartBand({ from, to, factor }: Band, lang: Lang) {
  const { tone, sign } = TONES[factor];
  return {
    from: from?.percent.toNumber() ?? 0,
    to: to?.percent.toNumber() ?? 100,
    label: sign || (lang === "zh" ? "保持" : "keep"),
    tone,
  };
}

function chartFigureOf({ percent, spread }: ComputeResult): ChartFigure {
  if (percent === null) return null;
  const average = Number(percent);
  return { average, least: Number(spread?.least ?? average), most: Number(spread?.most ?? average), words: percent };
}

function serverTable(servers: readonly ServerResult[], context: Context): string {
  const { say } = context;
  return htmlTable(
    [
      { title: say("系统", "System") },
      { title: say("服务器（台数）", "Servers (count)") },
      { title: say("CPU（核/台）", "CPU (cores each)") },
      { title: say("内存（GB/台）", "Memory (GB each)") },
      { title: say("磁盘（GB/台）", "Disk (GB each)") },
      { title: say("每月（元）", "A month (CNY)"), number: true },
      { title: say("影响", "What it does") },
    ],
    servers.map((server): HtmlCell[] => [
      { html: `${htmlSafe(server.name)}<br><span class="faint">${htmlSafe(server.system)}</span>` },
      { html: htmlSafe(`${server.server} × ${server.count}`) },
      { html: computeHtml(server.cpu, context) },
      { html: computeHtml(server.memory, context) },
      { html: diskHtml(server.disk, context) },
      { html: amountsHtml(server.monthly), number: true },
      { html: effectHtml(server, context) },
    ]),
  );
}

function computeHtml(resource: ComputeResult, { say }: Context): string {
  const { percent, band } = resource;
  const average =
    percent === null || band === null
      ? htmlSafe(say("数据不足", "not measured"))
      : say(
          `平均 ${htmlSafe(percent)}%（${unbroken(`档 ${band.range}`)}）`,
          `average ${htmlSafe(percent)} % (${unbroken(`band ${band.range}`)})`,
        );
  return `${sizeHtml(resource)}<br><span class="faint">${average}</span>${reasonHtml(resource)}`;
}

/** Text that stands on one line: an edge apart from its sign is read wrongly. */
function unbroken(words: string): string {
  return `<span class="unbroken">${htmlSafe(words)}</span>`;
}

function diskHtml(disk: DiskResult, { say }: Context): string {
  const used = disk.usedGb === null ? say("数据不足", "not measured") : say(`用到 ${disk.usedGb}`, `used ${disk.usedGb}`);
  return `${sizeHtml(disk)}<br><span class="faint">${htmlSafe(used)}</span>${reasonHtml(disk)}`;
}

function sizeHtml({ now, target }: Pick<ComputeResult, "now" | "target">): string {
  if (now === target) return `${now}`;
  return `<b class="${target < now ? "less" : "more"}">${now} → ${target}</b>`;
}

function reasonHtml({ left, leftKind }: Pick<ComputeResult, "left" | "leftKind">): string {
  // That a band says keep is in the band already.
  return left === null || leftKind === "keep" || leftKind === "fits" || leftKind === "not-measured"
    ? ""
    : `<br><span class="faint">${htmlSafe(left)}</span>`;
}

function amountsHtml({ before, after, delta }: AmountsResult): string {
  return before === after ? htmlSafe(grouped(before)) : `${htmlSafe(`${grouped(before)} → ${grouped(after)}`)}<br>${deltaWords(delta)}`;
}

function effectHtml({ damage, notes }: ServerResult, { say }: Context): string {
  const words = {
    reboot: say("要重启", "reboots"),
    migration: say("要迁移数据", "moves data"),
    "root-disk-lost": say("系统盘数据丢失", "loses the root disk"),
  };
  return [
    ...damage.map((each) => `<b>${htmlSafe(words[each])}</b>`),
    ...notes.map((note) => `<span class="faint">${htmlSafe(note)}</span>`),
  ].join("<br>");
}

function deltaWords(delta: string): string {
  const tone = Number(delta) === 0 ? "faint" : delta.startsWith("-") ? "less" : "more";
  return `<span class="${tone}">${htmlSafe(signed(delta))}</span>`;
}

function isChanged({ cpu, memory, disk }: ServerResult): boolean {
  return [cpu, memory, disk].some(({ now, target }) => now !== target);
}

function leftOutSection({ leftOut }: RightSizeResult, { say }: Context): string {
  if (leftOut.length === 0) return "";
  const rows = leftOut.map(({ system, server, index, reason }): HtmlCell[] => [
    { html: htmlSafe(system) },
    { html: htmlSafe(index === null ? server : `${server}-${index}`) },
    { html: htmlSafe(reason) },
  ]);
  const titles = [{ title: say("系统", "System") }, { title: say("服务器", "Server") }, { title: say("原因", "Reason") }];
  return `<section id="left-out"><h2>${htmlSafe(say("没有建议的服务器", "Servers without advice"))}</h2>${htmlTable(titles, rows)}</section>`;
}
