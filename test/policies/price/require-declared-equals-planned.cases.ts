import { Decimal } from "decimal.js";
import type { ItemId } from "../../../catalog/annex-1.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { resource } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const quantities = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([item, quantity]) => [item as ItemId, new Decimal(quantity)]));
const books = (declared: Readonly<Record<string, string>>, planned: Readonly<Record<string, string>>) => ({
  declaredQuantities: quantities(declared),
  plannedQuantities: quantities(planned),
});

const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const data = resource("openstack_blockstorage_volume_v3", { size: 100, volume_type: "SAS" }, "servers_db-1_data");
const LETTING_GO = systemSubject(undefined, {
  changes: [{ address: VOLUME, type: data.type, action: "forget", before: data, after: undefined, cause: [], damage: [] }],
});

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "申请 24 核，计划也建 24 核", en: "24 cores are declared and 24 are planned" },
    subject: systemSubject(undefined, books({ 1: "24", 22: "1" }, { 1: "24", 22: "1" })),
    verdict: "pass",
  },
  {
    example: { zh: "平台申请的 4 条线路都在计划里", en: "the platform's four circuits are all planned" },
    subject: { ...PLATFORM, ...books({ L1: "4" }, { L1: "4" }) },
    verdict: "pass",
  },
  {
    example: { zh: "申请 24 核，计划只建 23 核", en: "24 cores are declared and 23 planned" },
    subject: systemSubject(undefined, books({ 1: "24" }, { 1: "23" })),
    verdict: "violation",
    finds: ["violation hrss/social#lines.1: Cannot plan 23 of line 1: 24 is declared"],
  },
  {
    example: { zh: "没有申请的 8 块显卡出现在计划里", en: "eight GPU cards are planned that nobody declared" },
    subject: systemSubject(undefined, books({}, { 13: "8" })),
    verdict: "violation",
    finds: ["violation hrss/social#lines.13: Cannot plan 8 of line 13: 0 is declared"],
  },
  {
    example: {
      zh: "引擎把数据盘移出管理：两本账一致，它却没有人管理",
      en: "the engine lets go of a volume: both books agree, and nobody manages it",
    },
    subject: { ...LETTING_GO, ...books({ 14: "100" }, { 14: "100" }) },
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot plan to let go of volume db.data: it stays in the cloud and in neither book; wanted it managed or deleted`,
    ],
  },
  {
    example: { zh: "没有申请的数据盘移出管理", en: "the engine lets go of a volume that nobody declares any more" },
    subject: { ...LETTING_GO, ...books({}, { 14: "100" }) },
    verdict: "violation",
    finds: [
      "violation hrss/social#lines.14: Cannot plan 100 of line 14: 0 is declared",
      `violation ${VOLUME}#: Cannot plan to let go of volume db.data: it stays in the cloud and in neither book; wanted it managed or deleted`,
    ],
  },
];
