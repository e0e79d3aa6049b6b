import type { BoxType, CardType, Family } from "./pool.ts";

/** What a Nova flavor stands for in Annex 1. */
export type Flavor =
  | { readonly kind: "server"; readonly id: string; readonly family: Family; readonly cpu: number; readonly memoryGb: number }
  | {
      readonly kind: "gpu-box";
      readonly id: string;
      readonly box: BoxType;
      readonly cpu: number;
      readonly memoryGb: number;
      readonly diskGb: number;
      /** Cards in the box: "GPU卡需另行配置", none come with it. */
      readonly cards: { readonly type: CardType; readonly count: number } | undefined;
    };

export interface GpuBox {
  readonly cpu: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  /** Most cards that fit (Annex 1 lines 5 to 7: 2, 4, 8). */
  readonly cardSlots: number;
  readonly extraSpecs: Readonly<Record<string, string>>;
}

/** Flavors that the platform offers. Their ids are fixed, so that a system names one without asking the cloud. */
export interface Flavors {
  readonly families: Readonly<Record<Family, { readonly extraSpecs: Readonly<Record<string, string>> }>>;
  readonly gpuBoxes: Readonly<Record<`${BoxType}`, GpuBox>>;
  /** By id, in the order of the file. */
  readonly offered: ReadonlyMap<string, Flavor>;
}

/** Id of the flavor of a server size: `general-8c-16g`. */
export function serverFlavorId(family: Family, cpu: number, memoryGb: number): string {
  return `${family}-${cpu}c-${memoryGb}g`;
}

/** Id of the flavor of a GPU box with its cards: `gpu3-card5x8`, `gpu1-bare`. */
export function gpuFlavorId(box: BoxType, cards: { readonly type: CardType; readonly count: number } | undefined): string {
  return cards === undefined ? `gpu${box}-bare` : `gpu${box}-card${cards.type}x${cards.count}`;
}

/** Whether an id is that of a GPU box's flavor, offered (`gpu3-card5x8`) or a system's own (`hrss--social.gpu3-card5x8`). */
export function isGpuFlavorId(id: string): boolean {
  return /(^|\.)gpu[123]-(bare|card[1-6]x[0-9]+)$/.test(id);
}

interface FlavorsFile {
  readonly families: Readonly<
    Record<Family, { readonly extraSpecs: Readonly<Record<string, string>>; readonly sizes: readonly { cpu: number; memoryGb: number }[] }>
  >;
  readonly gpuBoxes: Readonly<Record<`${BoxType}`, GpuBox & { readonly offered: readonly { type: CardType; count: number }[] }>>;
}

/** Turns the validated flavors.yaml into {@link Flavors}. */
export function toFlavors(file: unknown): Flavors {
  const { families, gpuBoxes } = file as FlavorsFile;
  const offered = new Map<string, Flavor>();
  for (const family of ["general", "c86", "arm"] as const) {
    for (const { cpu, memoryGb } of families[family].sizes) {
      const id = serverFlavorId(family, cpu, memoryGb);
      offered.set(id, { kind: "server", id, family, cpu, memoryGb });
    }
  }
  for (const box of [1, 2, 3] as const) {
    const { cpu, memoryGb, diskGb, offered: cards } = gpuBoxes[`${box}`];
    for (const each of [undefined, ...cards]) {
      const id = gpuFlavorId(box, each);
      offered.set(id, { kind: "gpu-box", id, box, cpu, memoryGb, diskGb, cards: each });
    }
  }
  return { families, gpuBoxes, offered };
}
