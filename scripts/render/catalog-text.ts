import type { Lang } from "../../catalog/text.ts";
import type { CatalogView, Section } from "./catalog-view.ts";
import { type Column, grouped, shorten, table } from "./table.ts";

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
