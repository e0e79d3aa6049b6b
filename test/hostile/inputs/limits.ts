import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { additions, BARE, declarations, type HostileInput, SYSTEM, server, TENANT } from "../input.ts";

const times = (count: number, each: (index: number) => string, between = "\n") =>
  Array.from({ length: count }, (_, index) => each(index)).join(between);
/** The valid declaration filled up to so many bytes with a comment. */
const filled = (bytes: number) => `${BARE}#${"x".repeat(bytes - new TextEncoder().encode(BARE).length - 2)}\n`;

/** Files that are too large, too deep, or made to wear a parser out. */
export const limitInputs: readonly HostileInput[] = [
  ...declarations("limits", [
    ["one byte more than 64 KiB", filled(65_537)],
    ["a megabyte", filled(1 << 20)],
    ["60,000 open brackets", `a: ${"[".repeat(60_000)}`],
    ["60,000 closing brackets", `a: ${"]".repeat(60_000)}`],
    ["60,000 closing braces", `a: ${"}".repeat(60_000)}`],
    ["15,000 open braces", `a: ${"{a: ".repeat(15_000)}`],
    ["30,000 dashes", `${"- ".repeat(30_000)}a\n`],
    ["30,000 question marks", `${"? ".repeat(30_000)}a\n`],
    ["30,000 colons", `a${": ".repeat(30_000)}\n`],
    ["60,000 commas", `a: [${",".repeat(60_000)}]\n`],
    ["21 levels of lists", `a: ${"[".repeat(20)}1${"]".repeat(20)}\n`],
    ["21 levels of indentation", times(21, (level) => `${" ".repeat(level)}a:`)],
    ["300 levels of indentation", times(300, (level) => `${" ".repeat(level)}a:`)],
    ["20,000 documents", "---\n".repeat(16_000)],
    ["20,000 directives", "%A\n".repeat(20_000)],
    ["20,000 anchors", "&a ".repeat(20_000)],
    ["20,000 aliases", "*a ".repeat(20_000)],
    ["20,000 tags", "!a ".repeat(20_000)],
    ["12,000 times one key", "k: 1\n".repeat(12_000)],
    ["8,000 keys", times(8000, (index) => `k${index}:`)],
    ["30,000 escapes of an override", `name: "${"\\u202e".repeat(10_000)}"\n`],
    ["60,000 carriage returns", `${BARE}${"\r".repeat(60_000)}`],
    ["a key of 60,000 letters", `${"k".repeat(60_000)}: 1\n`],
    ["a complex key of 60,000 letters", `? ${"k".repeat(60_000)}\n: 1\n`],
  ]),
  ...additions("limits", [
    ["a name of a disk of 60,000 letters", `removals: [{ of: ${"a-".repeat(30_000)}!, on: 2026-01-01, attestation: x }]`],
    ["a reason of 60,000 letters", `changeReason: ${"x".repeat(60_000)}`],
    ["a reason of 60,000 blanks", `changeReason: "${" ".repeat(60_000)}x"`],
    ["101 groups of servers", `servers: {${times(101, (index) => ` s${index}: ${server()}`, ",")} }`],
    ["51 openings", `servers: { s: ${server({ listens: `[${times(51, (index) => `{ port: ${index + 1}, from: self }`, ", ")}]` })} }`],
    [
      "21 data disks",
      `servers: { s: ${server({ dataDisks: `{ ${times(21, (index) => `d${index}: { type: ssd, sizeGb: 1 }`, ", ")} }` })} }`,
    ],
    ["20,000 times one cabinet", `colocation: { cabinets: [${"A, ".repeat(20_000)}A] }`],
    ["9,000 cabinets", `colocation: { cabinets: [${times(9000, (index) => `C${index}`, ", ")}] }`],
    ["1,000 accepted damages", `accepts: [${"{damage: reboot, of: a, until: 2026-01-01, reason: x},".repeat(1000)}]`],
    ["600 servers", `servers: {${times(6, (index) => ` s${index}: ${server({ count: "100" })}`, ",")} }`],
    [
      "2,001 data volumes",
      `servers: {${times(11, (index) => ` s${index}: ${server({ count: "10", dataDisks: `{ ${times(20, (disk) => `d${disk}: { type: ssd, sizeGb: 1 }`, ", ")} }` })}`, ",")} }`,
    ],
  ]),
  { name: "limits: a bureau's file of 64 KiB and a byte", files: { [TENANT]: `name: A\n#${"x".repeat(65_537)}\n` } },
  { name: "limits: a file of the catalogue of 64 KiB and a byte", files: { "catalog/flavors.yaml": `#${"x".repeat(65_537)}\n` } },
  {
    name: "limits: 10,001 systems in a folder",
    files: {},
    onDisk: (folder) => {
      for (let index = 0; index <= 10_000; index += 1) writeFileSync(join(folder, `stacks/tenants/a/s${index}.yaml`), "");
    },
  },
  { name: "limits: 25 folders in one another", files: { [`stacks/tenants/${"a/".repeat(25)}s.yaml`]: BARE }, onDisk: () => undefined },
  {
    name: "limits: a file of 20 GiB that takes no room",
    files: { [SYSTEM]: BARE },
    onDisk: (folder) => truncateSync(join(folder, SYSTEM), 20 * 2 ** 30),
  },
];
