import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { type Catalogue, contractAt, priceBookAt } from "../../catalog/catalogue.ts";
import { readCatalogue } from "../../catalog/read-catalogue.ts";
import type { FileOf } from "../tree.ts";
import { printUnderCaret, realTree, treeWith, withReplaced } from "../tree.ts";

const ANNEX = "catalog/annex-1.yaml";
const POOLS = "catalog/pools.yaml";
const FLAVORS = "catalog/flavors.yaml";
const IMAGES = "catalog/images.yaml";
const COMPONENTS = "catalog/components.yaml";
const CONTRACT = "catalog/contracts/baotou-2025.yaml";
const BOOK = "catalog/price-books/2025-06-20.yaml";

function catalogueOf(changes: Readonly<Record<string, FileOf>> = {}): Catalogue {
  const result = readCatalogue(treeWith(changes));
  if (result.kind === "invalid") throw new Error(result.diagnostics.map(printUnderCaret).join("\n"));
  return result.catalogue;
}

function diagnosticsOf(changes: Readonly<Record<string, FileOf>>) {
  const result = readCatalogue(treeWith(changes));
  return result.kind === "valid" ? [] : result.diagnostics;
}

function errorsOf(changes: Readonly<Record<string, FileOf>>): string[] {
  return diagnosticsOf(changes).map(printUnderCaret);
}

function textOf(path: string, ...changes: (readonly [passage: string, replacement: string])[]): string {
  const entry = realTree().entries.get(path);
  let text = entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "";
  for (const [passage, replacement] of changes) {
    if (text.split(passage).length !== 2) throw new Error(`Cannot change ${path}: wanted once: ${passage}`);
    text = text.replace(passage, () => replacement);
  }
  return text;
}

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

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<{ what: string; changes: () => Readonly<Record<string, FileOf>>; found: readonly string[] }>([
    {
      what: "a price above its ceiling",
      changes: () => withReplaced(BOOK, '"1": "21.60"', '"1": "21.61"'),
      found: [`${BOOK} «"21.61"» out-of-range: Cannot accept the price 21.61 of line 1: its ceiling is 21.60 (Annex 1)`],
    },
    {
      what: "a price for the migration that is free",
      changes: () => withReplaced(BOOK, '"26": "0.00"', '"26": "0.01"'),
      found: [`${BOOK} «"0.01"» out-of-range: Cannot accept the price 0.01 of line 26: its ceiling is 0.00 (Annex 1)`],
    },
    {
      what: "a ceiling lowered under the price in force",
      changes: () => withReplaced(ANNEX, 'ceiling: "56250.00"', 'ceiling: "56249.99"'),
      found: [`${BOOK} «"56250.00"» out-of-range: Cannot accept the price 56250.00 of line 25: its ceiling is 56249.99 (Annex 1)`],
    },
    {
      what: "a missing price",
      changes: () => withReplaced(BOOK, '  "14": "0.27"\n', ""),
      found: [`${BOOK} «prices» missing-key: Cannot do without the price of line 14`],
    },
    {
      what: "a price listed twice",
      changes: () => withReplaced(BOOK, '  "14": "0.27"\n', '  "14": "0.27"\n  "14": "0.26"\n'),
      found: [`${BOOK} «"14"» duplicate-key: Cannot use a key twice: each key stands once at its level`],
    },
    {
      what: "a missing line",
      changes: () => withReplaced(ANNEX, '- item: "20"\n', '- item: "20x"\n'),
      found: [
        `${ANNEX} «"20x"» not-allowed: Cannot accept item: found the text "20x", wanted a line of Annex 1: "1" to "27" or "L1", in quotes`,
      ],
    },
    {
      what: "a line twice, and so another one missing",
      changes: () => withReplaced(ANNEX, '- item: "20"\n', '- item: "19"\n'),
      found: [
        `${ANNEX} «"19"» contradiction: Cannot accept line 19 twice`,
        `${ANNEX} «items» missing-key: Cannot do without line 20 of Annex 1`,
      ],
    },
    {
      what: "a bundle's component that no file describes",
      changes: () =>
        withReplaced(
          ANNEX,
          "includes: [host-security, cloud-firewall, waf, bastion, log-audit]",
          "includes: [host-security, cloud-firewall, waf, bastion, log-audits]",
        ),
      found: [
        `${ANNEX} «log-audits» unknown-reference: Cannot find component log-audits of line 22 in components.yaml`,
        `${COMPONENTS} «["22", "23"]» contradiction: Cannot put component log-audit in line 22: Annex 1 does not list it there`,
      ],
    },
    {
      what: "a component that left its bundle",
      changes: () => ({
        [COMPONENTS]: textOf(COMPONENTS, [
          '  vulnerability-scan:\n    name: { zh: 云漏洞扫描, en: Cloud vulnerability scan }\n    kind: workload\n    bundles: ["23"]',
          '  vulnerability-scan:\n    name: { zh: 云漏洞扫描, en: Cloud vulnerability scan }\n    kind: workload\n    bundles: ["24"]',
        ]),
      }),
      found: [
        `${ANNEX} «vulnerability-scan» unknown-reference: Cannot find component vulnerability-scan of line 23 in components.yaml`,
        `${COMPONENTS} «["24"]» contradiction: Cannot put component vulnerability-scan in line 24: Annex 1 does not list it there`,
      ],
    },
    {
      what: "an image in a pool that does not exist",
      changes: () =>
        withReplaced(IMAGES, '      gov: "61f88826-eda4-4912-bf53-0f21c8ef5914"', '      gvo: "61f88826-eda4-4912-bf53-0f21c8ef5914"'),
      found: [`${IMAGES} «gvo» unknown-reference: Cannot find pool gvo: wanted one of gov, ps`],
    },
    {
      what: "a subnet pool outside the pool's range",
      changes: () => withReplaced(POOLS, "prefixes: [10.176.0.0/12]", "prefixes: [10.192.0.0/12]"),
      found: [`${POOLS} «10.192.0.0/12» out-of-range: Cannot accept 10.192.0.0/12: it lies outside the pool's range 10.128.0.0/10`],
    },
    {
      what: "a high-power rack of 6.9 kW",
      changes: () =>
        withReplaced(
          POOLS,
          "PH01: { heightU: 42, class: high-power, powerW: 7000 }",
          "PH01: { heightU: 42, class: high-power, powerW: 6900 }",
        ),
      found: [`${POOLS} «6900» out-of-range: Cannot accept powerW 6900 for a high-power rack: Annex 1 line 19 wants at least 7000`],
    },
    {
      what: "a rack of 41 U",
      changes: () =>
        withReplaced(POOLS, "P03: { heightU: 42, class: standard, powerW: 4000 }", "P03: { heightU: 41, class: standard, powerW: 4000 }"),
      found: [`${POOLS} «41» out-of-range: Cannot accept heightU 41 for a standard rack: Annex 1 line 18 wants at least 42`],
    },
    {
      what: "more cards offered than the box has slots",
      changes: () =>
        withReplaced(FLAVORS, "      - { type: 4, count: 2 }\n  # GPU服务器2型", "      - { type: 4, count: 3 }\n  # GPU服务器2型"),
      found: [`${FLAVORS} «3» out-of-range: Cannot offer 3 cards in box 1: it takes 2`],
    },
    {
      what: "a box with other slots than Annex 1 gives it",
      changes: () => withReplaced(FLAVORS, "cardSlots: 2", "cardSlots: 3"),
      found: [`${FLAVORS} «3» contradiction: Cannot accept cardSlots 3 for box 1: Annex 1 line 5 has 2`],
    },
    {
      what: "a box smaller than Annex 1 wants it",
      changes: () => withReplaced(FLAVORS, "    cpu: 24\n", "    cpu: 23\n"),
      found: [`${FLAVORS} «23» out-of-range: Cannot accept cpu 23 for box 2: Annex 1 line 6 wants at least 24`],
    },
    {
      what: "a contract that ends before it begins",
      changes: () => withReplaced(CONTRACT, "to: 2026-06-19 }", "to: 2025-06-19 }"),
      found: [`${CONTRACT} «2025-06-19» contradiction: Cannot accept a term that ends before it begins`],
    },
    {
      what: "contracts whose terms overlap",
      changes: () => ({
        "catalog/contracts/baotou-2026.yaml": textOf(
          CONTRACT,
          ["id: baotou-2025", "id: baotou-2026"],
          ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-06-19, to: 2027-06-18 }"],
        ),
        "catalog/price-books/2026-06-19.yaml": textOf(
          BOOK,
          ["contract: baotou-2025", "contract: baotou-2026"],
          ["from: 2025-06-20", "from: 2026-06-19"],
        ),
      }),
      found: [
        "catalog/contracts/baotou-2026.yaml «2026-06-19» contradiction: Cannot accept a term that overlaps the one of contract baotou-2025",
      ],
    },
    {
      what: "a contract under another name than its own",
      changes: () => ({ [CONTRACT]: undefined, "catalog/contracts/other.yaml": textOf(CONTRACT) }),
      found: [
        "catalog/contracts/other.yaml «baotou-2025» misplaced-file: Cannot accept contract baotou-2025 here: wanted catalog/contracts/baotou-2025.yaml",
      ],
    },
    {
      what: "a contract without a price book",
      changes: () => ({
        "catalog/contracts/baotou-2026.yaml": textOf(
          CONTRACT,
          ["id: baotou-2025", "id: baotou-2026"],
          ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-06-20, to: 2027-06-19 }"],
        ),
      }),
      found: [
        "catalog/contracts/baotou-2026.yaml «2026-06-20» missing-file: Cannot price contract baotou-2026: wanted a price book from 2026-06-20",
      ],
    },
    {
      what: "a price book of a contract that does not exist",
      changes: () => withReplaced(BOOK, "contract: baotou-2025", "contract: baotou-2024"),
      found: [
        `${BOOK} «baotou-2024» unknown-reference: Cannot find contract baotou-2024: wanted one of baotou-2025`,
        `${CONTRACT} «2025-06-20» missing-file: Cannot price contract baotou-2025: wanted a price book from 2025-06-20`,
      ],
    },
    {
      what: "a price book from before its contract",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/2025-06-19.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2025-06-19"]) }),
      found: ["catalog/price-books/2025-06-19.yaml «2025-06-19» contradiction: Cannot start before the contract does, on 2025-06-20"],
    },
    {
      what: "a first price book that starts after its contract",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/2025-06-21.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2025-06-21"]) }),
      found: [
        "catalog/price-books/2025-06-21.yaml «2025-06-21» contradiction: Cannot leave days without prices at the start of contract baotou-2025: wanted 2025-06-20",
      ],
    },
    {
      what: "a last price book closed before its contract ends",
      changes: () => withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-06-18\n"),
      found: [`${BOOK} «2026-06-18» contradiction: Cannot leave days without prices before contract baotou-2025 ends on 2026-06-19`],
    },
    {
      what: "a price book under another date than its own",
      changes: () => ({ [BOOK]: undefined, "catalog/price-books/first.yaml": textOf(BOOK) }),
      found: [
        "catalog/price-books/first.yaml «2025-06-20» misplaced-file: Cannot accept a price book from 2025-06-20 here: wanted catalog/price-books/2025-06-20.yaml",
      ],
    },
    {
      what: "a price book that ends before it begins",
      changes: () => withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-06-19\n"),
      found: [
        `${BOOK} «2025-06-19» contradiction: Cannot end before it begins`,
        `${BOOK} «2025-06-19» contradiction: Cannot leave days without prices before contract baotou-2025 ends on 2026-06-19`,
      ],
    },
    {
      what: "price books that overlap because the first was never closed",
      changes: () => ({ "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]) }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot overlap ${BOOK}: close that book with "to" and start this one the day after`,
      ],
    },
    {
      what: "price books that share a day",
      changes: () => ({
        [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-01-01\n"]),
        "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]),
      }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot overlap ${BOOK}: close that book with "to" and start this one the day after`,
      ],
    },
    {
      what: "price books with a day between them",
      changes: () => ({
        [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-30\n"]),
        "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"]),
      }),
      found: [
        `catalog/price-books/2026-01-01.yaml «2026-01-01» contradiction: Cannot leave days without prices after ${BOOK}: wanted 2025-12-31`,
      ],
    },
    {
      what: "a price book whose name ends in .yml, which nobody would read",
      changes: () => ({ "catalog/price-books/2026-01-01.yml": "from: 2026-01-01\n" }),
      found: [
        "catalog/price-books/2026-01-01.yml «» misplaced-file: Cannot accept catalog/price-books/2026-01-01.yml: wanted a name that ends in .yaml",
      ],
    },
    {
      what: "a file that is missing",
      changes: () => ({ [POOLS]: undefined }),
      found: [`${POOLS} «» missing-file: Cannot read the catalogue: ${POOLS} is missing`],
    },
    {
      what: "no contract at all",
      changes: () => ({ [CONTRACT]: undefined }),
      found: ["catalog/contracts/<id>.yaml «» missing-file: Cannot read the catalogue: catalog/contracts/<id>.yaml is missing"],
    },
    {
      what: "no price book at all",
      changes: () => ({ [BOOK]: undefined }),
      found: ["catalog/price-books/<date>.yaml «» missing-file: Cannot read the catalogue: catalog/price-books/<date>.yaml is missing"],
    },
    {
      what: "a link in the place of a file",
      changes: () => ({ [POOLS]: { irregular: "symbolic link" } }),
      found: [`${POOLS} «» unreadable-file: Cannot read ${POOLS}: it is a symbolic link, wanted a regular file`],
    },
    {
      what: "errors of several files, all in one run",
      changes: () => ({
        ...withReplaced(BOOK, '"14": "0.27"', '"14": 0.27'),
        ...withReplaced(IMAGES, "diskFormat: qcow2\n    minDiskGb: 50", "diskFormat: vmdk\n    minDiskGb: 50"),
        [FLAVORS]: "families: [\n",
      }),
      found: [
        `${FLAVORS} «» syntax: Cannot parse YAML: Flow sequence in block collection must be sufficiently indented and end with a ]`,
        `${IMAGES} «vmdk» not-allowed: Cannot accept diskFormat: found the text "vmdk", wanted one of qcow2, raw`,
        `${BOOK} «0.27» not-plain-number: Cannot accept the number 0.27: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)`,
      ],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });

  test("a smallest server above the largest, and a GPU image that its pool does not have", () => {
    const text = textOf(POOLS)
      .replace("smallest: { cpu: 1, memoryGb: 1 }", "smallest: { cpu: 65, memoryGb: 1 }")
      .replace("gpuImage: kylin-v10-sp3", "gpuImage: windows-11");
    expect(errorsOf({ [POOLS]: text })).toEqual([
      `${POOLS} «windows-11» unknown-reference: Cannot find image windows-11 in pool gov`,
      `${POOLS} «{ cpu: 65, memoryGb: 1 }» contradiction: Cannot accept a smallest server above the largest`,
    ]);
  });

  test("with the line number and the words in Chinese", () => {
    const line =
      textOf(BOOK)
        .split("\n")
        .findIndex((each) => each.startsWith('  "23":')) + 1;
    expect(diagnosticsOf(withReplaced(BOOK, '"23": "3330.00"', '"23": "3330.01"'))).toEqual([
      {
        file: BOOK,
        range: { line, column: 9, length: 9 },
        code: "out-of-range",
        message: {
          zh: "第 23 项单价 3330.01 元高于单位限价 3330.00 元（附件1）",
          en: "Cannot accept the price 3330.01 of line 23: its ceiling is 3330.00 (Annex 1)",
        },
        excerpt: '  "23": "3330.01"',
      },
    ]);
  });
});

describe("A date picks", () => {
  const next = () => ({
    "catalog/contracts/baotou-2026.yaml": textOf(
      CONTRACT,
      ["id: baotou-2025", "id: baotou-2026"],
      ["{ from: 2025-06-20, to: 2026-06-19 }", "{ from: 2026-09-01, to: 2027-08-31 }"],
    ),
    "catalog/price-books/2026-09-01.yaml": textOf(
      BOOK,
      ["contract: baotou-2025", "contract: baotou-2026"],
      ["from: 2025-06-20", "from: 2026-09-01"],
    ),
  });
  const closed = () => ({
    [BOOK]: textOf(BOOK, ["from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-31\n"]),
    "catalog/price-books/2026-01-01.yaml": textOf(BOOK, ["from: 2025-06-20", "from: 2026-01-01"], ['"1": "21.60"', '"1": "20.00"']),
  });

  test.each([
    { at: "2025-06-20", contract: "baotou-2025", why: "the one that begins that day" },
    { at: "2026-06-19", contract: "baotou-2025", why: "the one that ends that day" },
    { at: "2026-06-20", contract: "baotou-2025", why: "the one that runs on" },
    { at: "2026-08-31", contract: "baotou-2025", why: "the one before, up to the last day between two" },
    { at: "2026-09-01", contract: "baotou-2026", why: "the renewal from its first day" },
    { at: "2030-01-01", contract: "baotou-2026", why: "the last, after all have ended" },
  ])("the contract: on $at $why", ({ at, contract }) => {
    expect(contractAt(catalogueOf(next()), Temporal.PlainDate.from(at)).id).toBe(contract);
  });

  test("no contract on a day before the first", () => {
    expect(() => contractAt(catalogueOf(), Temporal.PlainDate.from("2025-06-19"))).toThrow(
      "Cannot price 2025-06-19: no contract had begun; the first one begins 2025-06-20",
    );
  });

  test.each([
    { at: "2025-06-20", from: "2025-06-20", price: "21.60" },
    { at: "2025-12-31", from: "2025-06-20", price: "21.60" },
    { at: "2026-01-01", from: "2026-01-01", price: "20.00" },
    { at: "2027-01-01", from: "2026-01-01", price: "20.00" },
  ])("the price book: on $at the one from $from, with a core at $price", ({ at, from, price }) => {
    const catalogue = catalogueOf(closed());
    const day = Temporal.PlainDate.from(at);
    const book = priceBookAt(catalogue, contractAt(catalogue, day), day);
    expect([book.from.toString(), book.prices.get("1")?.toFixed(2)]).toEqual([from, price]);
  });

  test("the price book of its own contract alone", () => {
    const catalogue = catalogueOf(next());
    const [first] = catalogue.contracts;
    if (first === undefined) throw new Error("wanted a contract");
    expect(priceBookAt(catalogue, first, Temporal.PlainDate.from("2026-12-01")).contract).toBe("baotou-2025");
  });

  test("no price book where none is in force, never its neighbour's prices", () => {
    const catalogue = catalogueOf(withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-06-19\n"));
    const [contract] = catalogue.contracts;
    if (contract === undefined) throw new Error("wanted a contract");
    expect(() => priceBookAt(catalogue, contract, Temporal.PlainDate.from("2026-06-20"))).toThrow(
      "Cannot price 2026-06-20: no price book of contract baotou-2025 is in force then (2025-06-20 to 2026-06-19)",
    );
    expect(() => priceBookAt({ ...catalogue, priceBooks: [] }, contract, Temporal.PlainDate.from("2025-07-01"))).toThrow(
      "is in force then (none)",
    );
  });
});

test("The yearly price of the circuits (5.1.6) and line L1 agree, or the contract is refused", () => {
  const read = readCatalogue(treeWith(withReplaced("catalog/contracts/baotou-2025.yaml", '"120.00"', '"240.00"')));
  expect(read.kind === "invalid" ? read.diagnostics.map(printUnderCaret) : []).toEqual([
    'catalog/contracts/baotou-2025.yaml «"240.00"» contradiction: Cannot accept 240.00 a year: line L1 has 10.00 a month, which is 120.00',
  ]);
});
