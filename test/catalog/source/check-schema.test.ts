import { describe, expect, test } from "vitest";
import { checkSchema, type SchemaName } from "../../../catalog/source/check-schema.ts";
import { parseSource } from "../../../catalog/source/source-file.ts";
import { bytesOf, printDiagnostic, withReplaced } from "../../tree.ts";

const SYSTEM = `name: 测试系统
stage: production
mlps: 2
pool: gov
classified: false
`;

/** SYSTEM and one server, whose lines are 6 to 13; cpu stands in line 10. */
function withServer(changes: Readonly<Record<string, string>>): string {
  const server: Record<string, string> = {
    count: "1",
    family: "general",
    cpu: "4",
    memoryGb: "8",
    image: "rocky-9",
    systemDisk: "{ type: ssd, sizeGb: 60 }",
    ...changes,
  };
  const lines = Object.entries(server).flatMap(([key, value]) => (value === "" ? [] : [`    ${key}: ${value}\n`]));
  return `${SYSTEM}servers:\n  app:\n${lines.join("")}`;
}

function diagnosticsOf(yaml: string, schema: SchemaName = "system") {
  const parsed = parseSource("f.yaml", bytesOf(yaml));
  if (parsed.kind === "rejected") throw new Error(parsed.diagnostics.map(printDiagnostic).join("\n"));
  return checkSchema(parsed.file, schema);
}

function errorsOf(yaml: string, schema?: SchemaName): string[] {
  return diagnosticsOf(yaml, schema).map((each) =>
    printDiagnostic(each)
      .replace("f.yaml:", "")
      .replace(/(?<=wanted one of name, stage, mlps, )[A-Za-z, ]+?(?=$| →)/, "…"),
  );
}

/** The keys of a system grow with the program; three of them stand for all. */
const TOP_KEYS = "name, stage, mlps, …";

test("A declaration with nothing but what is required is accepted", () => {
  expect(errorsOf(SYSTEM)).toEqual([]);
  expect(errorsOf(withServer({}))).toEqual([]);
});

describe("A value of the wrong kind", () => {
  test.each([
    {
      what: "16GB for a number",
      yaml: withServer({ memoryGb: "16GB" }),
      found:
        '11:15+4 wrong-type: Cannot accept memoryGb: found the text "16GB", wanted a whole number from 1 to 16384, without a unit → 16',
    },
    {
      what: "a number in quotes",
      yaml: withServer({ memoryGb: '"16"' }),
      found: '11:15+4 wrong-type: Cannot accept memoryGb: found the text "16", wanted a whole number from 1 to 16384, without a unit → 16',
    },
    {
      what: "Chinese units",
      yaml: withServer({ cpu: "8核" }),
      found: '10:10+2 wrong-type: Cannot accept cpu: found the text "8核", wanted a whole number from 1 to 1024, without a unit → 8',
    },
    {
      what: "digits in groups",
      yaml: `${SYSTEM}backupGb: 1_000\n`,
      found:
        '6:11+5 wrong-type: Cannot accept backupGb: found the text "1_000", wanted a whole number from 1 to 10000000, without a unit → 1000',
    },
    {
      what: "terabytes, which are not the same number of GB",
      yaml: `${SYSTEM}backupGb: 2TB\n`,
      found: '6:11+3 wrong-type: Cannot accept backupGb: found the text "2TB", wanted a whole number from 1 to 10000000, without a unit',
    },
    {
      what: "yes for a boolean",
      yaml: SYSTEM.replace("false", "yes"),
      found: '5:13+3 wrong-type: Cannot accept classified: found the text "yes", wanted true or false → true',
    },
    {
      what: "否 for a boolean",
      yaml: SYSTEM.replace("false", "否"),
      found: '5:13+1 wrong-type: Cannot accept classified: found the text "否", wanted true or false → false',
    },
    {
      what: "nothing for a number",
      yaml: `${SYSTEM}backupGb:\n`,
      found: "6:1+8 wrong-type: Cannot accept backupGb: found nothing, wanted a whole number from 1 to 10000000, without a unit",
    },
    {
      what: "nothing for a mapping",
      yaml: `${SYSTEM}servers:\n`,
      found: "6:1+7 wrong-type: Cannot accept servers: found nothing, wanted a mapping of keys to values",
    },
    {
      what: "a number for a list",
      yaml: withServer({ listens: "443" }),
      found: "14:14+3 wrong-type: Cannot accept listens: found the number 443, wanted a list",
    },
    {
      what: "nothing for a list",
      yaml: `${SYSTEM}removals:\n`,
      found: "6:1+8 wrong-type: Cannot accept removals: found nothing, wanted a list; where there is nothing to list, removals: []",
    },
    {
      what: "an item of a list",
      yaml: `${SYSTEM}colocation:\n  rackUnits:\n    - { rack: A01, from: 1, to: 2, powerW: 900 }\n    - 5\n`,
      found: "9:7+1 wrong-type: Cannot accept [2]: found the number 5, wanted a mapping of keys to values",
    },
    {
      what: "a list for the whole",
      yaml: "- a\n",
      found: "1:1+3 wrong-type: Cannot accept this: found a list of 1, wanted a mapping of keys to values",
    },
    {
      what: "a word for the whole",
      yaml: "hello\n",
      found: '1:1+5 wrong-type: Cannot accept this: found the text "hello", wanted a mapping of keys to values',
    },
    {
      what: "null for the whole",
      yaml: "~\n",
      found: "1:1+1 wrong-type: Cannot accept this: found nothing, wanted a mapping of keys to values",
    },
  ])("is refused: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual([found]);
  });
});

describe("A value out of range", () => {
  test.each([
    {
      what: "a negative size",
      yaml: `${SYSTEM}backupGb: -5\n`,
      found: "6:11+2 out-of-range: Cannot accept backupGb: found the number -5, wanted a whole number from 1 to 10000000, without a unit",
    },
    {
      what: "a size of zero",
      yaml: `${SYSTEM}backupGb: 0\n`,
      found: "6:11+1 out-of-range: Cannot accept backupGb: found the number 0, wanted a whole number from 1 to 10000000, without a unit",
    },
    {
      what: "one above the largest",
      yaml: `${SYSTEM}backupGb: 10000001\n`,
      found:
        "6:11+8 out-of-range: Cannot accept backupGb: found the number 10000001, wanted a whole number from 1 to 10000000, without a unit",
    },
    {
      what: "port 0",
      yaml: withServer({ listens: "[{ port: 0, from: self }]" }),
      found: "14:23+1 out-of-range: Cannot accept port: found the number 0, wanted a whole number from 1 to 65535, without a unit",
    },
    {
      what: "port 65536",
      yaml: withServer({ listens: "[{ port: 65536, from: self }]" }),
      found: "14:23+5 out-of-range: Cannot accept port: found the number 65536, wanted a whole number from 1 to 65535, without a unit",
    },
    {
      what: "101 servers",
      yaml: withServer({ count: "101" }),
      found: "8:12+3 out-of-range: Cannot accept count: found the number 101, wanted a whole number from 1 to 100, without a unit",
    },
    {
      what: "an empty name",
      yaml: SYSTEM.replace("测试系统", '""'),
      found:
        '1:7+2 out-of-range: Cannot accept name: found the text "", wanted one line of at most 60 characters without invisible characters and without ${ or %{',
    },
    {
      what: "a name of 61 characters",
      yaml: SYSTEM.replace("测试系统", "长".repeat(61)),
      found: `1:7+61 out-of-range: Cannot accept name: found the text "${"长".repeat(40)}…", wanted one line of at most 60 characters without invisible characters and without \${ or %{`,
    },
    {
      what: "201 rack units",
      yaml: `${SYSTEM}colocation:\n  rackUnits: [${Array.from({ length: 201 }, (_, index) => `{ rack: A01, from: 1, to: 2, powerW: ${index + 1} }`).join(", ")}]\n`,
      found: "7:14+8736 out-of-range: Cannot accept rackUnits: found a list of 201, wanted a list of at most 200",
    },
  ])("is refused: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual([found]);
  });
});

describe("A word that is not one of those allowed", () => {
  test.each([
    {
      what: "a misspelt stage",
      yaml: SYSTEM.replace("production", "producton"),
      found:
        '2:8+9 not-allowed: Cannot accept stage: found the text "producton", wanted one of trial, production, exiting, retired → production',
    },
    {
      what: "a stage with a capital",
      yaml: SYSTEM.replace("production", "Production"),
      found:
        '2:8+10 not-allowed: Cannot accept stage: found the text "Production", wanted one of trial, production, exiting, retired → production',
    },
    {
      what: "a stage that means something else",
      yaml: SYSTEM.replace("production", "testing"),
      found: '2:8+7 not-allowed: Cannot accept stage: found the text "testing", wanted one of trial, production, exiting, retired',
    },
    {
      what: "level 4, which is no slip for 2",
      yaml: SYSTEM.replace("mlps: 2", "mlps: 4"),
      found: "3:7+1 not-allowed: Cannot accept mlps: found the number 4, wanted one of 2, 3",
    },
    {
      what: "level 3 in quotes",
      yaml: SYSTEM.replace("mlps: 2", 'mlps: "3"'),
      found: '3:7+3 not-allowed: Cannot accept mlps: found the text "3", wanted one of 2, 3 → 3',
    },
    {
      what: "a misspelt family",
      yaml: withServer({ family: "genral" }),
      found: '9:13+6 not-allowed: Cannot accept family: found the text "genral", wanted one of general, c86, arm → general',
    },
    {
      what: "a misspelt source",
      yaml: withServer({ listens: "[{ port: 443, from: internt }]" }),
      found:
        '14:34+7 not-allowed: Cannot accept from: found the text "internt", wanted one of internet, tenant, self, or a network such as 10.20.3.0/24 → internet',
    },
    {
      what: "the intranet, which is no slip for the internet",
      yaml: withServer({ listens: "[{ port: 443, from: intranet }]" }),
      found:
        '14:34+8 not-allowed: Cannot accept from: found the text "intranet", wanted one of internet, tenant, self, or a network such as 10.20.3.0/24',
    },
    {
      what: "a network with host bits",
      yaml: withServer({ listens: "[{ port: 443, from: 10.0.0.1/24 }]" }),
      found:
        '14:34+11 not-allowed: Cannot accept from: found the text "10.0.0.1/24", wanted one of internet, tenant, self, or a network such as 10.20.3.0/24',
    },
  ])("is refused: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual([found]);
  });
});

describe("A text that carries more than words", () => {
  const wanted = "wanted one line of at most 60 characters without invisible characters and without ${ or %{";
  test.each([
    { what: "a Terraform expression", name: '"a${b}"', found: `1:7+7 bad-format: Cannot accept name: found the text "a\${b}", ${wanted}` },
    { what: "a Terraform directive", name: '"a%{if}"', found: `1:7+8 bad-format: Cannot accept name: found the text "a%{if}", ${wanted}` },
    {
      what: "a Terraform expression behind an escape",
      name: '"a$\\x7bb}"',
      found: `1:7+10 bad-format: Cannot accept name: found the text "a\${b}", ${wanted}`,
    },
    { what: "a space at its start", name: '" a"', found: `1:7+4 bad-format: Cannot accept name: found the text " a", ${wanted}` },
    { what: "a line break", name: '"a\\nb"', found: `1:7+6 bad-format: Cannot accept name: found the text "a\ufffdb", ${wanted}` },
    {
      what: "several lines",
      name: "|\n  a\n  b",
      found: `1:7+1 bad-format: Cannot accept name: found the text "a\ufffdb\ufffd", ${wanted}`,
    },
    { what: "a tab", name: '"a\\tb"', found: `1:7+6 bad-format: Cannot accept name: found the text "a\ufffdb", ${wanted}` },
  ])("is refused: $what", ({ name, found }) => {
    expect(errorsOf(SYSTEM.replace("测试系统", () => name))).toEqual([found]);
  });

  test.each(["社会保险（二期）", "R&D <b>", "=SUM(A1)", "$100", "50%", "a|b"])("is accepted as plain text: %s", (name) => {
    expect(errorsOf(SYSTEM.replace("测试系统", () => `"${name}"`))).toEqual([]);
  });
});

describe("A date", () => {
  test.each([
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-2-3",
    "20260203",
    "2026-02-03T00:00:00",
    "2026/02/03",
    "03.02.2026",
    "'0000-00-00'",
  ])("written %s is refused", (date) => {
    expect(errorsOf(`${SYSTEM}trialSince: ${date}\n`)).toEqual([
      `6:13+${date.length} ${date === "20260203" ? "wrong-type" : "bad-format"}: Cannot accept trialSince: found the ${date === "20260203" ? "number 20260203" : `text "${date.replaceAll("'", "")}"`}, wanted a date such as 2026-03-31`,
    ]);
  });

  test.each(["2026-02-28", "2028-02-29", "2025-06-20"])("written %s is accepted", (date) => {
    expect(errorsOf(`${SYSTEM}trialSince: ${date}\n`)).toEqual([]);
  });
});

describe("A key", () => {
  test.each([
    {
      what: "misspelt by its case",
      yaml: `${SYSTEM}backupGB: 5\n`,
      found: [`6:1+8 unknown-key: Cannot accept the key "backupGB" here: wanted one of ${TOP_KEYS} → backupGb`],
    },
    {
      what: "misspelt by a hyphen",
      yaml: `${SYSTEM}backup-gb: 5\n`,
      found: [`6:1+9 unknown-key: Cannot accept the key "backup-gb" here: wanted one of ${TOP_KEYS} → backupGb`],
    },
    {
      what: "like no other",
      yaml: `${SYSTEM}cost: 5\n`,
      found: [`6:1+4 unknown-key: Cannot accept the key "cost" here: wanted one of ${TOP_KEYS}`],
    },
    {
      what: "misspelt, so that another one is missing",
      yaml: withServer({ memoryGb: "", memory: "8" }),
      found: [
        "7:3+3 missing-key: Cannot do without the key memoryGb in app: it is required",
        '13:5+6 unknown-key: Cannot accept the key "memory" here: wanted one of count, family, cpu, memoryGb, image, systemDisk, dataDisks, listens → memoryGb',
      ],
    },
    {
      what: "missing at the top, one error for each",
      yaml: "stage: production\n",
      found: ["name", "mlps", "pool", "classified"].map((key) => `1:1+17 missing-key: Cannot do without the key ${key}: it is required`),
    },
    {
      what: "missing in an item of a list",
      yaml: `${SYSTEM}colocation:\n  rackUnits:\n    - { rack: A01, from: 1, to: 2 }\n`,
      found: ["8:7+29 missing-key: Cannot do without the key powerW in [1]: it is required"],
    },
    {
      what: "that is a name with capitals",
      yaml: withServer({}).replace("  app:", "  App_1:"),
      found: [
        '7:3+5 bad-name: Cannot accept the name "App_1": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters → app-1',
      ],
    },
    {
      what: "that is a name of 31 characters",
      yaml: withServer({}).replace("  app:", `  ${"a".repeat(31)}:`),
      found: [
        `7:3+31 bad-name: Cannot accept the name "${"a".repeat(31)}": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters → ${"a".repeat(30)}`,
      ],
    },
    {
      what: "that is a name in Chinese",
      yaml: withServer({}).replace("  app:", "  应用:"),
      found: [
        '7:3+2 bad-name: Cannot accept the name "应用": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters',
      ],
    },
    {
      what: "that is a name with two hyphens, which would look like the border of bureau and system",
      yaml: withServer({}).replace("  app:", "  a--b:"),
      found: [
        '7:3+4 bad-name: Cannot accept the name "a--b": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters → a-b',
      ],
    },
  ])("is reported once: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
  });
});

test("A cabinet listed twice is shown where it stands the second time", () => {
  expect(errorsOf(`${SYSTEM}colocation: { cabinets: [B03, B04, B03] }\n`)).toEqual([
    "6:36+3 contradiction: Cannot list the same thing twice: item 3 of cabinets repeats an earlier one",
  ]);
});

describe("The catalogue's own files", () => {
  const prices = "catalog/price-books/2025-06-20.yaml";
  const change = (path: string, passage: string, replacement: string) => Object.values(withReplaced(path, passage, replacement))[0] ?? "";
  test.each([
    {
      what: "a price that is a number is named by its line",
      schema: "price-book",
      yaml: () => change(prices, '"5": "1125.00"', '"5": 1125'),
      found:
        '«1125» wrong-type: Cannot accept 5: found the number 1125, wanted an amount in CNY with at most two decimals, in quotes, such as "21.60"',
    },
    {
      what: "a price with three decimals",
      schema: "price-book",
      yaml: () => change(prices, '"5": "1125.00"', '"5": "1125.000"'),
      found:
        '«"1125.000"» bad-format: Cannot accept 5: found the text "1125.000", wanted an amount in CNY with at most two decimals, in quotes, such as "21.60"',
    },
    {
      what: "a price with an exponent",
      schema: "price-book",
      yaml: () => change(prices, '"5": "1125.00"', '"5": "1e3"'),
      found:
        '«"1e3"» bad-format: Cannot accept 5: found the text "1e3", wanted an amount in CNY with at most two decimals, in quotes, such as "21.60"',
    },
    {
      what: "a line of Annex 1 that does not exist",
      schema: "price-book",
      yaml: () => change(prices, '"27":', '"28":'),
      found:
        '«"28"» unknown-key: Cannot accept the key "28" here: wanted one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, L1',
    },
    {
      what: "a misspelt specification",
      schema: "annex-1",
      yaml: () => change("catalog/annex-1.yaml", "cardSlots: 2", "cardSlot: 2"),
      found:
        '«cardSlot» unknown-key: Cannot accept the key "cardSlot" here: wanted one of cpu, memoryGb, cardSlots, gpuMemoryGb, fp32Tflops, fp16Tflops, int16Tops, int8Tops, int4Tops, powerW, heightU, bandwidthM → cardSlots',
    },
    {
      what: "a component without its image",
      schema: "components",
      yaml: () =>
        change(
          "catalog/components.yaml",
          "    image: registry.security.gov.example/components/waf",
          "    # registry.security.gov.example/components/waf",
        ),
      found: "«waf» missing-key: Cannot do without the key image in waf: it is required",
    },
    {
      what: "an image without a digest",
      schema: "images",
      yaml: () => change("catalog/images.yaml", '"ba3021988ecb681c169ef5b8fc07e47f54b537c66b6b2c5b9c65c105cd50ff01"', '"latest"'),
      found: '«"latest"» bad-format: Cannot accept sha256: found the text "latest", wanted a SHA-256 of 64 hex digits',
    },
  ] as const)("are held to their schemas: $what", ({ schema, yaml, found }) => {
    const shown = diagnosticsOf(yaml(), schema).map(({ range, code, message, excerpt, didYouMean }) => {
      const under = excerpt?.slice(range.column - 1, range.column - 1 + range.length);
      return `«${under}» ${code}: ${message.en}${didYouMean === undefined ? "" : ` → ${didYouMean}`}`;
    });
    expect(shown).toEqual([found]);
  });
});

describe("A message in Chinese", () => {
  test.each([
    { yaml: withServer({ memoryGb: "16GB" }), zh: "memoryGb 写的是文字“16GB”，应为 1 到 16384 之间的整数（不写单位）" },
    { yaml: SYSTEM.replace("false", "yes"), zh: "classified 写的是文字“yes”，应为 true 或 false" },
    { yaml: SYSTEM.replace("production", "producton"), zh: "stage 写的是文字“producton”，应为 trial、production、exiting、retired" },
    { yaml: `${SYSTEM}backupGb: -5\n`, zh: "backupGb 写的是数字 -5，应为 1 到 10000000 之间的整数（不写单位）" },
    { yaml: `${SYSTEM}trialSince: 2026-02-30\n`, zh: "trialSince 写的是文字“2026-02-30”，应为日期，写成 2026-03-31 这样" },
    { yaml: withServer({ family: "" }), zh: "app 里缺少必填的键 family" },
    {
      yaml: withServer({}).replace("  app:", "  App_1:"),
      zh: "名称“App_1”不合要求：用小写字母开头，只含小写字母、数字和单个连字符，最长 30 个字符",
    },
    { yaml: `${SYSTEM}colocation: { cabinets: [B03, B03] }\n`, zh: "cabinets 的第 2 项与前面的重复" },
    { yaml: withServer({ listens: "[{ prt: 443, port: 443, from: self }]" }), zh: "没有“prt”这个键；这里可以写：port、protocol、from" },
    { yaml: "~\n", zh: "这里写的是空，应为一组键值" },
  ])("says: $zh", ({ yaml, zh }) => {
    expect(diagnosticsOf(yaml).map(({ message }) => message.zh)).toEqual([zh]);
  });
});

test("Seven thousand unknown keys are reported within two seconds, the first hundred of them", () => {
  const yaml = Array.from({ length: 7_000 }, (_, index) => `${index.toString(36)}k: 1\n`)
    .join("")
    .slice(0, 65_000);
  const start = performance.now();
  expect(diagnosticsOf(yaml.slice(0, yaml.lastIndexOf("\n") + 1))).toHaveLength(100);
  expect(performance.now() - start).toBeLessThan(2_000);
});
