import type { Temporal } from "temporal-polyfill";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { Lang } from "../../catalog/text.ts";
import { PUBLISHED_YEARS } from "../../catalog/working-days.ts";
import { unitPriceOf } from "../../cost/quote.ts";
import { type Column, grouped, shorten, table } from "./table.ts";

export const SECTIONS = ["lines", "pools", "flavors", "images", "components"] as const;
export type Section = (typeof SECTIONS)[number];

/** The catalogue as plain rows, in one language; money and quantities as decimal strings. */
export interface CatalogView {
  readonly schema: "govcloud/catalog/1";
  readonly at: string;
  readonly contract: {
    readonly id: string;
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly factor: string;
    readonly vatRate: string;
    readonly estimate: string;
    readonly priceBook: string;
    readonly workingDaysPublished: readonly number[];
  };
  readonly lines: readonly {
    readonly item: string;
    readonly name: string;
    readonly unit: string;
    readonly ceiling: string;
    readonly unitPrice: string;
    readonly clause: string;
    readonly specification: Readonly<Record<string, number>>;
    readonly doubt: string | null;
  }[];
  readonly pools: readonly {
    readonly key: string;
    readonly name: string;
    readonly region: string;
    readonly smallest: string;
    readonly largest: string;
    readonly capacity: Readonly<Record<string, string>>;
    readonly racks: readonly { readonly name: string; readonly heightU: number; readonly class: string; readonly powerW: number }[];
  }[];
  readonly flavors: readonly { readonly id: string; readonly cpu: number; readonly memoryGb: number; readonly cards: string | null }[];
  readonly images: readonly {
    readonly key: string;
    readonly name: string;
    readonly families: readonly string[];
    readonly pools: readonly string[];
    readonly supportedUntil: string;
  }[];
  readonly components: readonly {
    readonly key: string;
    readonly name: string;
    readonly lines: readonly string[];
    readonly ports: readonly string[];
    readonly controls: readonly string[];
  }[];
}

export function catalogView(
  catalogue: Catalogue,
  contract: Contract,
  priceBook: PriceBook,
  at: Temporal.PlainDate,
  lang: Lang,
): CatalogView {
  return {
    schema: "govcloud/catalog/1",
    at: at.toString(),
    contract: {
      id: contract.id,
      name: contract.name[lang],
      from: contract.from.toString(),
      to: contract.to.toString(),
      factor: contract.factor.toFixed(),
      vatRate: contract.vatRate.toFixed(),
      estimate: contract.estimate.toFixed(2),
      priceBook: priceBook.source.path,
      workingDaysPublished: PUBLISHED_YEARS,
    },
    lines: [...catalogue.items.values()].map((item) => ({
      item: item.item,
      name: item.name[lang],
      unit: item.unit[lang],
      ceiling: item.ceiling.toFixed(2),
      unitPrice: unitPriceOf(priceBook, item.item).toFixed(2),
      clause: item.clause,
      specification: item.specification,
      doubt: item.doubt?.[lang] ?? null,
    })),
    pools: [...catalogue.pools.values()].map(({ key, name, openstack, server, capacity, racks }) => ({
      key,
      name: name[lang],
      region: openstack.region,
      smallest: `${server.smallest.cpu}c/${server.smallest.memoryGb}GB`,
      largest: `${server.largest.cpu}c/${server.largest.memoryGb}GB`,
      capacity: Object.fromEntries(
        Object.entries(capacity).map(([what, amount]) => [
          what,
          typeof amount === "number"
            ? String(amount)
            : Object.entries(amount)
                .map(([part, count]) => `${part} ${count}`)
                .join(", "),
        ]),
      ),
      racks: Object.entries(racks).map(([rack, facts]) => ({ name: rack, ...facts })),
    })),
    flavors: [...catalogue.flavors.offered.values()].map((flavor) => ({
      id: flavor.id,
      cpu: flavor.cpu,
      memoryGb: flavor.memoryGb,
      cards: flavor.kind === "gpu-box" && flavor.cards !== undefined ? `${flavor.cards.type}×${flavor.cards.count}` : null,
    })),
    images: [...catalogue.images.values()].map((image) => ({
      key: image.key,
      name: image.name[lang],
      families: image.families,
      pools: Object.keys(image.pools),
      supportedUntil: image.supportedUntil,
    })),
    components: catalogue.components.map((component) => ({
      key: component.key,
      name: component.name[lang],
      lines: component.bundles,
      ports: component.kind === "workload" ? component.ports.map(({ name, port, protocol }) => `${name} ${port}/${protocol}`) : [],
      controls: component.controls,
    })),
  };
}

/** Renders the wanted parts as tables. */
export function renderCatalogText(view: CatalogView, sections: readonly Section[], lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { contract } = view;
  const heading = say(
    `合同 ${contract.id}（${contract.from} 至 ${contract.to}） · 系数 ${contract.factor} · 税率 ${contract.vatRate} · 预估 ${grouped(contract.estimate)} 元 · 价格簿 ${contract.priceBook} · 已公布的工作日历 ${contract.workingDaysPublished.join("、")}`,
    `contract ${contract.id} (${contract.from} to ${contract.to}) · factor ${contract.factor} · VAT ${contract.vatRate} · estimate ${grouped(contract.estimate)} CNY · ${contract.priceBook} · working days published for ${contract.workingDaysPublished.join(", ")}`,
  );
  const parts: Record<Section, () => string[]> = {
    lines: () => linesPart(view, say),
    pools: () => poolsPart(view, say),
    flavors: () => [
      say("规格", "Flavors"),
      ...table(
        [
          { title: "id" },
          { title: say("核", "Cores"), align: "right" },
          { title: say("内存 GB", "Memory GB"), align: "right" },
          { title: say("显卡 型×块", "Cards type×count") },
        ],
        view.flavors.map((flavor) => [flavor.id, String(flavor.cpu), String(flavor.memoryGb), flavor.cards ?? "—"]),
      ),
    ],
    images: () => [
      say("镜像", "Images"),
      ...table(
        [
          { title: say("键", "Key") },
          { title: say("名称", "Name") },
          { title: say("处理器", "Families") },
          { title: say("资源池", "Pools") },
          { title: say("支持到", "Supported until") },
        ],
        view.images.map((image) => [image.key, image.name, image.families.join(" "), image.pools.join(" "), image.supportedUntil]),
      ),
    ],
    components: () => [
      say("安全与密码组件", "Bundle components"),
      ...table(
        [
          { title: say("键", "Key") },
          { title: say("名称", "Name") },
          { title: say("项", "Lines") },
          { title: say("端口", "Ports") },
          { title: say("对应的控制点", "Controls") },
        ],
        view.components.map((component) => [
          component.key,
          shorten(component.name, 40),
          component.lines.join(" "),
          component.ports.join(" "),
          component.controls.join(say("；", "; ")),
        ]),
      ),
    ],
  };
  return `${[heading, ...sections.map((section) => parts[section]().join("\n"))].join("\n\n")}\n`;
}

type Say = (zh: string, en: string) => string;

function linesPart({ lines }: CatalogView, say: Say): string[] {
  const columns: Column[] = [
    { title: say("项", "Line"), align: "right" },
    { title: say("服务", "Service") },
    { title: say("单位", "Unit") },
    { title: say("限价（元/月）", "Ceiling (CNY/month)"), align: "right" },
    { title: say("单价", "Price"), align: "right" },
    { title: say("条款", "Clause") },
    { title: say("最低规格", "Minimum specification") },
  ];
  const rows = lines.map((line) => [
    line.item,
    line.name,
    line.unit,
    grouped(line.ceiling),
    grouped(line.unitPrice),
    `${line.clause}${line.doubt === null ? "" : " *"}`,
    Object.entries(line.specification)
      .map(([what, amount]) => `${what} ${amount}`)
      .join(", "),
  ]);
  const doubts = lines.filter(({ doubt }) => doubt !== null).map(({ item, doubt }) => `  * ${item}: ${doubt}`);
  return [
    say("附件1的各项", "Lines of Annex 1"),
    ...table(columns, rows),
    ...(doubts.length === 0
      ? []
      : [say("* 扫描件或原文的疑点，以及这里的读法：", "* Doubts of the scan or the text, and how they are read here:"), ...doubts]),
  ];
}

function poolsPart({ pools }: CatalogView, say: Say): string[] {
  return [
    say("资源池", "Pools"),
    ...table(
      [
        { title: say("键", "Key") },
        { title: say("名称", "Name") },
        { title: say("区域", "Region") },
        { title: say("最低配置", "Smallest") },
        { title: say("最高配置", "Largest") },
      ],
      pools.map((pool) => [pool.key, pool.name, pool.region, pool.smallest, pool.largest]),
    ),
    "",
    say("容量", "Capacity"),
    ...table(
      [{ title: say("资源池", "Pool") }, { title: say("资源", "Resource") }, { title: say("数量", "Amount") }],
      pools.flatMap((pool) => Object.entries(pool.capacity).map(([what, amount]) => [pool.key, what, amount])),
    ),
    "",
    say("机柜", "Racks"),
    ...table(
      [
        { title: say("资源池", "Pool") },
        { title: say("机柜", "Rack") },
        { title: "U", align: "right" },
        { title: say("类别", "Class") },
        { title: "W", align: "right" },
      ],
      pools.flatMap((pool) => pool.racks.map((rack) => [pool.key, rack.name, String(rack.heightU), rack.class, String(rack.powerW)])),
    ),
  ];
}
