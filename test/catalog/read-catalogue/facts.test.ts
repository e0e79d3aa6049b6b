import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../../catalog/read-catalogue.ts";
import { realTree } from "../../tree.ts";
import { catalogueOf } from "./catalogues.ts";

describe("The catalogue of this repository", () => {
  test("is valid", () => {
    expect(readCatalogue(realTree()).kind).toBe("valid");
  });

  // Read off the scanned Annex 1 by hand, line by line; L1 from clause 5.1.6.
  test.each([
    { item: "1", zh: "弹性云服务器（通用型）CPU", unit: "核", ceiling: "21.60" },
    { item: "2", zh: "弹性云服务器（通用型）内存", unit: "GB", ceiling: "21.60" },
    { item: "3", zh: "弹性云服务器（国产型）CPU", unit: "核", ceiling: "21.60" },
    { item: "4", zh: "弹性云服务器（国产型）内存", unit: "GB", ceiling: "21.60" },
    { item: "5", zh: "GPU服务器1型", unit: "台", ceiling: "1125.00" },
    { item: "6", zh: "GPU服务器2型", unit: "台", ceiling: "1687.50" },
    { item: "7", zh: "GPU服务器3型", unit: "台", ceiling: "3375.00" },
    { item: "8", zh: "GPU显卡1型", unit: "块", ceiling: "675.00" },
    { item: "9", zh: "GPU显卡2型", unit: "块", ceiling: "193.50" },
    { item: "10", zh: "GPU显卡3型", unit: "块", ceiling: "450.00" },
    { item: "11", zh: "GPU显卡4型", unit: "块", ceiling: "855.00" },
    { item: "12", zh: "GPU显卡5型", unit: "块", ceiling: "1152.00" },
    { item: "13", zh: "GPU显卡6型", unit: "块", ceiling: "2812.50" },
    { item: "14", zh: "SAS块存储", unit: "GB", ceiling: "0.27" },
    { item: "15", zh: "SSD块存储", unit: "GB", ceiling: "0.45" },
    { item: "16", zh: "对象存储", unit: "GB", ceiling: "0.18" },
    { item: "17", zh: "文件存储", unit: "GB", ceiling: "0.18" },
    { item: "18", zh: "机位资源服务", unit: "U", ceiling: "153.00" },
    { item: "19", zh: "大功率机位资源服务", unit: "U", ceiling: "283.50" },
    { item: "20", zh: "机柜资源服务", unit: "架", ceiling: "3600.00" },
    { item: "21", zh: "本地备份服务", unit: "GB", ceiling: "0.18" },
    { item: "22", zh: "等保二级组件", unit: "项目", ceiling: "2160.00" },
    { item: "23", zh: "等保三级组件", unit: "项目", ceiling: "3330.00" },
    { item: "24", zh: "商用密码组件", unit: "项目", ceiling: "5040.00" },
    { item: "25", zh: "多云管理服务", unit: "套", ceiling: "56250.00" },
    { item: "26", zh: "业务迁移服务", unit: "项目", ceiling: "0.00" },
    { item: "27", zh: "纳管服务", unit: "节点", ceiling: "1125.00" },
    { item: "L1", zh: "线路租赁服务（1000M）", unit: "条", ceiling: "10.00" },
  ] as const)("has line $item, $zh, at $ceiling a $unit, and the first price book charges that", ({ item, zh, unit, ceiling }) => {
    const { items, priceBooks } = catalogueOf();
    expect(items.get(item)).toMatchObject({ item, name: { zh }, unit: { zh: unit } });
    expect(items.get(item)?.ceiling.toFixed(2)).toBe(ceiling);
    expect(priceBooks[0]?.prices.get(item)?.toFixed(2)).toBe(ceiling);
  });

  test("has the lines of the annex in its order, and no other", () => {
    expect([...catalogueOf().items.keys()].join(" ")).toBe("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 L1");
  });

  test.each([
    { item: "5", specification: { cpu: 16, memoryGb: 64, cardSlots: 2 } },
    { item: "6", specification: { cpu: 24, memoryGb: 64, cardSlots: 4 } },
    { item: "7", specification: { cpu: 48, memoryGb: 256, cardSlots: 8 } },
    { item: "8", specification: { gpuMemoryGb: 16, fp32Tflops: 8, fp16Tflops: 60, int8Tops: 120, int4Tops: 240 } },
    { item: "9", specification: { gpuMemoryGb: 11, fp32Tflops: 10 } },
    { item: "10", specification: { gpuMemoryGb: 16, int16Tops: 60, int8Tops: 120, int4Tops: 240 } },
    { item: "11", specification: { gpuMemoryGb: 24, fp32Tflops: 18, fp16Tflops: 72, int16Tops: 90, int8Tops: 180 } },
    { item: "12", specification: { gpuMemoryGb: 24, fp32Tflops: 24, fp16Tflops: 96, int16Tops: 128, int8Tops: 256 } },
    { item: "13", specification: { gpuMemoryGb: 48, fp32Tflops: 24, fp16Tflops: 96, int16Tops: 128, int8Tops: 256 } },
    { item: "18", specification: { powerW: 4000, heightU: 42 } },
    { item: "19", specification: { powerW: 7000, heightU: 42 } },
    { item: "20", specification: { powerW: 4000, heightU: 42 } },
  ] as const)("has the minimum specification of line $item", ({ item, specification }) => {
    expect(catalogueOf().items.get(item)?.specification).toEqual(specification);
  });

  test("has the components that the annex names for each bundle", () => {
    const named = (item: "22" | "23" | "24") => [...(catalogueOf().items.get(item)?.includes ?? [])].sort();
    expect(named("22")).toEqual(["bastion", "cloud-firewall", "host-security", "log-audit", "waf"]);
    expect(named("23")).toEqual([
      "anti-tamper",
      "bastion",
      "cloud-firewall",
      "database-audit",
      "host-security",
      "log-audit",
      "vulnerability-scan",
      "waf",
    ]);
    expect(named("24")).toEqual(["cipher-platform", "cipher-vpn", "database-encryption", "encryption-signing", "key-management"]);
  });

  test("says which lines the contract has once and which exclude each other", () => {
    const items = [...catalogueOf().items.values()];
    expect(items.filter(({ once }) => once).map(({ item }) => item)).toEqual(["25", "L1"]);
    expect(
      items.filter(({ alternativeTo }) => alternativeTo !== undefined).map(({ item, alternativeTo }) => `${item}/${alternativeTo}`),
    ).toEqual(["22/23", "23/22"]);
  });

  test("flags the scan's doubt about line 27, whose unit is printed as 每月", () => {
    expect(catalogueOf().items.get("27")?.doubt?.zh).toContain("每月");
  });

  test("has the contract's term, money and deadlines", () => {
    const [contract] = catalogueOf().contracts;
    expect(contract).toMatchObject({
      id: "baotou-2025",
      runOnWorkingDays: 30,
      trialMonths: 1,
      deadlines: { statementWorkingDays: 5, deliveryWorkingDays: 2, deliveryExtendedWorkingDays: 5 },
    });
    expect([contract?.from, contract?.to].map(String)).toEqual(["2025-06-20", "2026-06-19"]);
    expect([contract?.factor, contract?.vatRate, contract?.estimate].map(String)).toEqual(["0.9999", "0.06", "8700000"]);
    expect(contract?.circuits).toMatchObject({ count: 4, bandwidthM: 1000 });
    expect(contract?.circuits.yearlyPrice.toFixed(2)).toBe("120.00");
    expect(contract?.payments.map(({ key, amount }) => [key, amount?.toFixed(2)])).toEqual([
      ["first", "1000000.00"],
      ["half-year", undefined],
      ["balance", undefined],
    ]);
  });

  test("has its data centres in the PRC (9.3.7)", () => {
    expect([...new Set([...catalogueOf().pools.values()].flatMap(({ dataCentres }) => dataCentres.map(({ country }) => country)))]).toEqual(
      ["CN"],
    );
  });
});
