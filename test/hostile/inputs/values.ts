import { additions, BARE, declarations, type HostileInput, SYSTEM, server, TENANT } from "../input.ts";

const bureau = (subject: string, rows: readonly (readonly [string, string])[]): HostileInput[] =>
  rows.map(([name, content]) => ({ name: `${subject}: ${name}`, files: { [SYSTEM]: BARE, [TENANT]: content } }));
const from = (source: string) => `servers: { s: ${server({ listens: `[{ port: 80, from: ${source} }]` })} }`;
const port = (number: string) => `servers: { s: ${server({ listens: `[{ port: ${number}, from: self }]` })} }`;
/** Put together, so that no scanner takes this file for what it tests. */
const made = (...parts: readonly string[]) => parts.join("");

/** Numbers, addresses, dates and secrets. */
export const valueInputs = [
  ...additions("numbers", [
    ["nought", "backupGb: 0"],
    ["a negative", "backupGb: -5"],
    ["one above the largest", "backupGb: 10000001"],
    ["a decimal", "backupGb: 1.5"],
    ["a decimal that is whole", "backupGb: 5.0"],
    ["an exponent", "backupGb: 1e3"],
    ["the largest exponent", "backupGb: 1e308"],
    ["beyond every number", "backupGb: 1e309"],
    ["a number of 400 digits", `backupGb: ${"9".repeat(400)}`],
    ["a number of 60,000 digits", `backupGb: ${"9".repeat(60_000)}`],
    ["one beyond what is exact", "backupGb: 9007199254740993"],
    ["infinity", "backupGb: .inf"],
    ["no number", "backupGb: .nan"],
    ["hexadecimal", "backupGb: 0x10"],
    ["octal", "backupGb: 0o10"],
    ["octal as it was", "backupGb: 010"],
    ["binary", "backupGb: 0b11"],
    ["digits in groups", "backupGb: 1_000"],
    ["base 60", "backupGb: 1:30"],
    ["a plus sign", "backupGb: +5"],
    ["a comma", "backupGb: 1,000"],
    ["full-width digits", "backupGb: ５"],
    ["Arabic digits", "backupGb: ٥"],
    ["a unit", "backupGb: 5GB"],
    ["quotes", 'backupGb: "5"'],
    ["minus nought", "backupGb: -0"],
    ["a cpu of nought", `servers: { s: ${server({ cpu: "0" })} }`],
    ["101 servers", `servers: { s: ${server({ count: "101" })} }`],
    ["port 0", port("0")],
    ["port 65536", port("65536")],
    ["a negative port", port("-1")],
    ["a range of ports", port("1-65535")],
    ["every port", port('"*"')],
    ["power beyond a rack", "colocation: { rackUnits: [{ rack: A07, from: 1, to: 2, powerW: 100001 }] }"],
  ]),
  ...bureau("numbers", [
    ["a negative budget", "name: A\nmonthlyBudget: -1\n"],
    ["a budget with three decimals", 'name: A\nmonthlyBudget: "1.005"\n'],
    ["a budget in exponents", 'name: A\nmonthlyBudget: "1e9"\n'],
    ["a budget without end", "name: A\nmonthlyBudget: .inf\n"],
    ["a budget of 60,000 digits", `name: A\nmonthlyBudget: "${"9".repeat(60_000)}"\n`],
  ]),
  ...additions("addresses", [
    ["the internet as a network", from("0.0.0.0/0")],
    ["the internet of version 6", from('"::/0"')],
    ["the internet by its nickname", from("any")],
    ["host bits", from("10.20.3.1/24")],
    ["no length", from("10.20.3.0")],
    ["a length of 33", from("10.20.3.0/33")],
    ["a negative length", from("10.20.3.0/-1")],
    ["an octet of 256", from("10.20.256.0/24")],
    ["three octets", from("10.20.3/24")],
    ["a leading nought", from("010.20.3.0/24")],
    ["hexadecimal", from("0x0a.20.3.0/24")],
    ["a mask for a length", from("10.20.3.0/255.255.255.0")],
    ["blanks", from('" 10.20.3.0/24"')],
    ["two networks", from('"10.20.3.0/24,0.0.0.0/0"')],
    ["a version 6 in version 4's clothes", from('"::ffff:10.20.3.0/120"')],
    ["full-width digits", from('"１０.20.3.0/24"')],
    ["a host's name", from("evil.example")],
    ["a subnet outside the bureau's range", "subnet: 10.99.0.0/24"],
    ["a subnet as large as the bureau's range and more", "subnet: 10.0.0.0/8"],
    ["a subnet of two addresses", "subnet: 10.20.3.0/31"],
    ["a subnet that is the loopback", "subnet: 127.0.0.0/8"],
    ["a subnet for multicast", "subnet: 224.0.0.0/24"],
  ]),
  ...bureau("addresses", [
    ["a range in no pool", "name: A\nrange: 192.0.2.0/24\n"],
    ["a range over the automatic subnets", "name: A\nrange: 10.0.0.0/8\n"],
    ["a range that is everything", "name: A\nrange: 0.0.0.0/0\n"],
  ]),
  {
    name: "addresses: a range of two bureaus",
    files: { "stacks/tenants/b/tenant.yaml": "name: B\nrange: 10.20.128.0/17\n" },
  },
  {
    name: "addresses: a subnet of two systems",
    files: {
      [SYSTEM]: `${BARE}subnet: 10.20.3.0/24\n`,
      "stacks/tenants/a/t.yaml": `${BARE.replace("档案库", "乙")}subnet: 10.20.3.128/25\n`,
    },
  },
  ...declarations("dates", [
    ...(
      [
        ["the 30th of February", "2026-02-30"],
        ["the 29th of February of no leap year", "2026-02-29"],
        ["month 13", "2026-13-01"],
        ["day nought", "2026-01-00"],
        ["a day without noughts", "2026-1-1"],
        ["slashes", "2026/01/01"],
        ["a time", "2026-01-01T00:00:00Z"],
        ["a year of five digits", "12026-01-01"],
        ["a year before Christ", "-2026-01-01"],
        ["Chinese", "2026年1月1日"],
        ["today", "today"],
        ["for ever", "9999-99-99"],
        ["full-width digits", "２０２６-01-01"],
        ["a number", "20260101"],
      ] as const
    ).map(([name, day]) => [name, `${BARE.replace("production", "trial")}trialSince: ${day}\n`] as const),
    ["a retirement of no day", `${BARE.replace("production", "exiting")}retirement: { on: soon, attestation: x }\n`],
  ]),
  ...additions("secrets", [
    ["a password behind its word", `changeReason: ${made("密码", " Xyz@2025")}`],
    ["an account and its password", `changeReason: ${made("root", "/Baotou@2025")}`],
    ["a password in a comment", made("backupGb: 5 # pass", "word=Abc123456")],
    ["a private key", `changeReason: ${made("-----BEGIN RSA PRIV", "ATE KEY-----")}`],
    ["a password in base64", `changeReason: ${made("cGFzc3dvcmQ6", "aHVudGVyMjAyNQ==")}`],
  ]),
  ...bureau("secrets", [["a password in a bureau's comment", made("name: A # pass", "wd: Abc123456\n")]]),
  {
    name: "secrets: a password in a comment of waivers",
    files: { [SYSTEM]: BARE, "stacks/tenants/a/waivers.yaml": made("waivers: [] # 口令", "：Abc123456\n") },
  },
];
