import type { Temporal } from "temporal-polyfill";
import type { Catalogue } from "../../catalog/catalogue.ts";
import { clauseWords } from "../../catalog/clause-words.ts";
import type { Contract } from "../../catalog/contract.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { Lang } from "../../catalog/text.ts";
import { PUBLISHED_YEARS } from "../../catalog/working-days.ts";
import { unitPriceOf } from "../../cost/quote.ts";

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
      clause: clauseWords(item.clause, lang),
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
      controls: component.controls.map((control) => clauseWords(control, lang)),
    })),
  };
}
