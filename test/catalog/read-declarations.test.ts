import { describe, expect, test } from "vitest";
import type { Declaration } from "../../catalog/declaration.ts";
import { readCatalogue } from "../../catalog/read-catalogue.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import { type FileOf, printDiagnostic, realTree, treeOf } from "../tree.ts";

const read = readCatalogue(realTree());
if (read.kind === "invalid") throw new Error(read.diagnostics.map(printDiagnostic).join("\n"));
const { catalogue } = read;

/** Files below stacks/tenants/. */
function resultOf(files: Readonly<Record<string, FileOf>>) {
  return readDeclarations(
    treeOf(Object.fromEntries(Object.entries(files).map(([path, file]) => [`stacks/tenants/${path}`, file]))),
    catalogue,
  );
}

function errorsOf(files: Readonly<Record<string, FileOf>>): string[] {
  return resultOf(files).diagnostics.map((each) => printDiagnostic(each).replaceAll("stacks/tenants/", ""));
}

const TENANT = "name: 人力资源和社会保障局\nrange: 10.20.0.0/16\n";
const SYSTEM = "name: 社会保险\nstage: production\nmlps: 2\npool: gov\nclassified: false\n";
const SERVER = `servers:
  app:
    family: general
    cpu: 4
    memoryGb: 8
    image: rocky-9
    systemDisk: { type: ssd, sizeGb: 60 }
`;

/** One bureau with one system, whose file goes on from line 6. */
function withSystem(more: string, tenant = TENANT): Readonly<Record<string, FileOf>> {
  return { "hrss/tenant.yaml": tenant, "hrss/social.yaml": SYSTEM + more };
}

function declared(more: string): Declaration {
  const { declarations, diagnostics } = resultOf(withSystem(more));
  const [only] = declarations.systems;
  if (only === undefined) throw new Error(diagnostics.map(printDiagnostic).join("\n"));
  return only;
}

test("The declarations of this repository are valid", () => {
  const { declarations, diagnostics } = readDeclarations(realTree(), catalogue);
  expect(diagnostics.map(printDiagnostic)).toEqual([]);
  expect(declarations.tenants.size).toBeGreaterThanOrEqual(8);
  expect(declarations.systems.length).toBeGreaterThanOrEqual(14);
});

test("A declaration is identified by its path and has every default filled in", () => {
  const { source: _, ...rest } = declared(SERVER);
  expect(rest).toEqual({
    id: "hrss/social",
    tenant: "hrss",
    system: "social",
    name: "社会保险",
    stage: "production",
    mlps: 2,
    cryptography: false,
    pool: "gov",
    classified: false,
    servers: [
      {
        key: "app",
        count: 1,
        family: "general",
        cpu: 4,
        memoryGb: 8,
        image: "rocky-9",
        systemDisk: { type: "ssd", sizeGb: 60 },
        dataDisks: [],
        listens: [],
      },
    ],
    gpuServers: [],
    objectGb: 0,
    fileGb: 0,
    backupGb: 0,
    rackUnits: [],
    cabinets: [],
    managedNodes: [],
    migration: false,
    trialSince: undefined,
    retirement: undefined,
    subnet: undefined,
    sizing: undefined,
    changeReason: undefined,
    accepts: [],
    removals: [],
  });
});

test("Servers, disks and ports stand in one order, however they were written", () => {
  const { servers } = declared(`servers:
  web: { family: general, cpu: 1, memoryGb: 1, image: rocky-9, systemDisk: { type: sas, sizeGb: 60 } }
  app:
    { family: general, cpu: 1, memoryGb: 1, image: rocky-9, systemDisk: { type: sas, sizeGb: 60 }, dataDisks: { z: { type: sas, sizeGb: 1 }, b: { type: ssd, sizeGb: 2 } },
      listens: [{ port: 8443, from: tenant }, { port: 443, from: self }, { port: 53, protocol: udp, from: 10.0.0.0/8 }, { port: 443, from: internet }] }
`);
  expect(servers.map(({ key }) => key)).toEqual(["app", "web"]);
  expect(servers[0]?.dataDisks).toEqual([
    { key: "b", type: "ssd", sizeGb: 2 },
    { key: "z", type: "sas", sizeGb: 1 },
  ]);
  expect(servers[0]?.listens).toEqual([
    { protocol: "tcp", port: 443, from: { kind: "internet" } },
    { protocol: "tcp", port: 443, from: { kind: "self" } },
    { protocol: "tcp", port: 8443, from: { kind: "tenant", cidr: "10.20.0.0/16" } },
    { protocol: "udp", port: 53, from: { kind: "cidr", cidr: "10.0.0.0/8" } },
  ]);
});

test("A GPU server takes its pool's image where it names none", () => {
  expect(declared("gpuServers: { train: { box: 3, cards: { type: 5, count: 8 } } }\n").gpuServers).toEqual([
    { key: "train", count: 1, box: 3, cards: { type: 5, count: 8 }, image: "kylin-v10-sp3", listens: [] },
  ]);
});

test("Bureaus and systems are sorted by their ids, budgets are exact", () => {
  const { tenants, systems } = resultOf({
    "b/tenant.yaml": 'name: 乙\nmonthlyBudget: "1234.50"\n',
    "b/z.yaml": SYSTEM,
    "b/a.yaml": SYSTEM,
    "a/tenant.yaml": "name: 甲\nmonthlyBudget: 15000\n",
    "a/x.yaml": SYSTEM,
    "README.md": "# words for people\n",
  }).declarations;
  expect([...tenants.keys()]).toEqual(["a", "b"]);
  expect([...tenants.values()].map(({ monthlyBudget }) => monthlyBudget?.toFixed(2))).toEqual(["15000.00", "1234.50"]);
  expect(systems.map(({ id }) => id)).toEqual(["a/x", "b/a", "b/z"]);
});

const WHERE = "wanted stacks/tenants/<bureau>/tenant.yaml or stacks/tenants/<bureau>/<system>.yaml".replaceAll("stacks/tenants/", "");
const NAMES = "wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters";

describe("A file in the wrong place or under a wrong name is refused:", () => {
  test.each<{ what: string; path: string; file?: FileOf; found: string }>([
    {
      what: "beside the bureaus' folders",
      path: "social.yaml",
      found: `social.yaml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "a folder too deep",
      path: "hrss/old/social.yaml",
      found: `hrss/old/social.yaml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "with the ending .yml",
      path: "hrss/social.yml",
      found: `hrss/social.yml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "with the ending .YAML",
      path: "hrss/social.YAML",
      found: `hrss/social.YAML:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    { what: "as JSON", path: "hrss/social.json", found: `hrss/social.json:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}` },
    { what: "hidden", path: "hrss/.social.yaml", found: `hrss/.social.yaml:1:1+1 bad-name: Cannot accept the name ".social": ${NAMES}` },
    {
      what: "with capitals",
      path: "hrss/Social.yaml",
      found: `hrss/Social.yaml:1:1+1 bad-name: Cannot accept the name "Social": ${NAMES}`,
    },
    { what: "in Chinese", path: "hrss/社保.yaml", found: `hrss/社保.yaml:1:1+1 bad-name: Cannot accept the name "社保": ${NAMES}` },
    {
      what: "with a Cyrillic letter that looks like a Latin one",
      path: "hrss/s\u043ecial.yaml",
      found: `hrss/s\u043ecial.yaml:1:1+1 bad-name: Cannot accept the name "s\u043ecial": ${NAMES}`,
    },
    {
      what: "beginning with a digit",
      path: "hrss/120.yaml",
      found: `hrss/120.yaml:1:1+1 bad-name: Cannot accept the name "120": ${NAMES}`,
    },
    {
      what: "with two hyphens, which part bureau and system in a stack's name",
      path: "hrss/a--b.yaml",
      found: `hrss/a--b.yaml:1:1+1 bad-name: Cannot accept the name "a--b": ${NAMES}`,
    },
    { what: "with a hyphen at its end", path: "hrss/a-.yaml", found: `hrss/a-.yaml:1:1+1 bad-name: Cannot accept the name "a-": ${NAMES}` },
    {
      what: "of 31 characters",
      path: `hrss/${"a".repeat(31)}.yaml`,
      found: `hrss/${"a".repeat(31)}.yaml:1:1+1 bad-name: Cannot accept the name "${"a".repeat(31)}": ${NAMES}`,
    },
    {
      what: "that hides a terminal escape",
      path: "hrss/a\u001b[2J.yaml",
      found: `hrss/a\u001b[2J.yaml:1:1+1 bad-name: Cannot accept the name "a\ufffd[2J": ${NAMES}`,
    },
    {
      what: "as a link",
      path: "hrss/social.yaml",
      file: { irregular: "symbolic link" },
      found: "hrss/social.yaml:1:1+1 unreadable-file: Cannot read hrss/social.yaml: it is a symbolic link, wanted a regular file",
    },
    {
      what: "as a submodule",
      path: "other",
      file: { irregular: "submodule" },
      found: `other:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
  ])("$what", ({ path, file, found }) => {
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, [path]: file ?? SYSTEM })).toEqual([found]);
  });

  test("in a folder whose name is no name, once for each file", () => {
    expect(errorsOf({ "HRSS/tenant.yaml": TENANT, "HRSS/social.yaml": SYSTEM })).toEqual([
      `HRSS/social.yaml:1:1+1 bad-name: Cannot accept the name "HRSS": ${NAMES}`,
      `HRSS/tenant.yaml:1:1+1 bad-name: Cannot accept the name "HRSS": ${NAMES}`,
    ]);
  });

  test("a link in the place of a bureau's tenant.yaml, without a word about its range", () => {
    expect(errorsOf({ "hrss/tenant.yaml": { irregular: "symbolic link" }, "hrss/social.yaml": `${SYSTEM}subnet: 10.20.1.0/24\n` })).toEqual(
      ["hrss/tenant.yaml:1:1+1 unreadable-file: Cannot read hrss/tenant.yaml: it is a symbolic link, wanted a regular file"],
    );
  });

  test.each(["stacks", "stacks/tenants"])("a link in the place of %s, which would hide every system", (path) => {
    expect(readDeclarations(treeOf({ [path]: { irregular: "symbolic link" } }), catalogue).diagnostics.map(printDiagnostic)).toEqual([
      `${path}:1:1+1 unreadable-file: Cannot read ${path}: it is a symbolic link, wanted a folder`,
    ]);
  });
});

describe("A bureau", () => {
  test("without its tenant.yaml is refused once, whatever its systems need of it", () => {
    expect(errorsOf({ "hrss/social.yaml": `${SYSTEM}subnet: 10.20.1.0/24\n`, "hrss/jobs.yaml": SYSTEM })).toEqual([
      "hrss/tenant.yaml:1:1+1 missing-file: Cannot do without tenant.yaml: it names the bureau of this folder",
    ]);
  });

  test("whose tenant.yaml is wrong is refused for that alone", () => {
    expect(
      errorsOf(
        withSystem(`${SERVER}    listens: [{ port: 443, from: tenant }]\nsubnet: 10.20.1.0/24\n`, "name: 人社局\nrange: 10.20.0.1/16\n"),
      ),
    ).toEqual([
      'hrss/tenant.yaml:2:8+12 bad-format: Cannot accept range: found the text "10.20.0.1/16", wanted a network such as 10.20.3.0/24, host bits zero',
    ]);
  });

  test.each([
    {
      what: "in no pool's range",
      range: "172.16.0.0/16",
      found: "2:8+13 out-of-range: Cannot accept range 172.16.0.0/16: it lies in no pool's range (gov 10.0.0.0/10, ps 10.128.0.0/10)",
    },
    {
      what: "wider than a pool's range",
      range: "10.0.0.0/9",
      found: "2:8+10 out-of-range: Cannot accept range 10.0.0.0/9: it lies in no pool's range (gov 10.0.0.0/10, ps 10.128.0.0/10)",
    },
    {
      what: "across the subnet pool, from which systems get theirs",
      range: "10.32.0.0/16",
      found: "2:8+12 contradiction: Cannot accept range 10.32.0.0/16: it overlaps the subnet pool 10.32.0.0/12 of pool gov",
    },
  ])("has no range $what", ({ range, found }) => {
    expect(errorsOf({ "hrss/tenant.yaml": `name: 人社局\nrange: ${range}\n` })).toContain(`hrss/tenant.yaml:${found}`);
  });

  test("has a range of its own, which overlaps no other bureau's", () => {
    expect(
      errorsOf({
        "a/tenant.yaml": "name: 甲\nrange: 10.20.0.0/16\n",
        "b/tenant.yaml": "name: 乙\nrange: 10.20.128.0/17\n",
        "c/tenant.yaml": "name: 丙\nrange: 10.21.0.0/16\n",
      }),
    ).toEqual(["b/tenant.yaml:2:8+14 contradiction: Cannot accept range 10.20.128.0/17: it overlaps 10.20.0.0/16 of bureau a"]);
  });

  test.each([
    { written: "15000", accepted: true },
    { written: '"15000.5"', accepted: true },
    { written: "0", accepted: true },
    { written: '"1.234"', accepted: false },
    { written: '"1e3"', accepted: false },
    { written: '"-1"', accepted: false },
    { written: "-1", accepted: false },
    { written: "15000.50", accepted: false },
    { written: "15,000", accepted: false },
  ])("whose budget is written $written: accepted is $accepted", ({ written, accepted }) => {
    expect(errorsOf({ "hrss/tenant.yaml": `name: 人社局\nmonthlyBudget: ${written}\n` }).length).toBe(accepted ? 0 : 1);
  });
});

describe("What a schema cannot see is refused:", () => {
  test.each([
    {
      what: "a pool that does not exist",
      more: SERVER,
      pool: "gvo",
      found: ['4:7+3 unknown-reference: Cannot find pool "gvo": wanted one of gov, ps → gov'],
    },
    {
      what: "an image that does not exist",
      more: SERVER.replace("rocky-9", "rocky9"),
      found: [
        '11:12+6 unknown-reference: Cannot find image "rocky9": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9 → rocky-9',
      ],
    },
    {
      what: "an image that the pool does not have",
      more: SERVER,
      pool: "ps",
      found: ['11:12+7 unknown-reference: Cannot find image "rocky-9": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20'],
    },
    {
      what: "an image of another processor",
      more: SERVER.replace("rocky-9", "kylin-v10-sp3-arm"),
      found: [
        "11:12+17 contradiction: Cannot run image kylin-v10-sp3-arm on family general: wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9",
      ],
    },
    {
      what: "an image named like a property of every object",
      more: SERVER.replace("rocky-9", "valueOf"),
      found: [
        '11:12+7 unknown-reference: Cannot find image "valueOf": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9',
      ],
    },
    {
      what: "a rack that does not exist",
      more: "colocation:\n  rackUnits: [{ rack: Z99, from: 1, to: 2, powerW: 900 }]\n",
      found: [
        '7:23+3 unknown-reference: Cannot find rack "Z99": wanted one of A01, A02, A03, A04, A05, A06, A07, A08, B01, B02, B03, B04, H01, H02, H03, H04',
      ],
    },
    {
      what: "a rack named like a property of every object",
      more: "colocation: { cabinets: [toString] }\n",
      found: [
        '6:26+8 unknown-reference: Cannot find rack "toString": wanted one of A01, A02, A03, A04, A05, A06, A07, A08, B01, B02, B03, B04, H01, H02, H03, H04',
      ],
    },
    {
      what: "units that end below their start",
      more: "colocation:\n  rackUnits: [{ rack: A01, from: 5, to: 4, powerW: 900 }]\n",
      found: ["7:41+1 contradiction: Cannot end at U 4 below the start at U 5"],
    },
    {
      what: "units above the rack's top",
      more: "colocation:\n  rackUnits: [{ rack: A01, from: 41, to: 43, powerW: 900 }]\n",
      found: ["7:42+2 out-of-range: Cannot reach U 43: rack A01 has 42U"],
    },
    {
      what: "a GPU server with the name of a server",
      more: `${SERVER}gpuServers: { app: { box: 1 } }\n`,
      found: ["13:15+3 contradiction: Cannot name a GPU server app: a server has that name"],
    },
    {
      what: "a node listed twice",
      more: "managedNodes:\n  - { name: n1, serial: A1 }\n  - { name: n1, serial: A1 }\n",
      found: ["8:13+2 contradiction: Cannot list n1 twice", "8:25+2 contradiction: Cannot list A1 twice"],
    },
    {
      what: "a port listed twice, once with its default written out",
      more: `${SERVER}    listens: [{ port: 443, from: self }, { port: 443, protocol: tcp, from: self }]\n`,
      found: ["13:42+40 contradiction: Cannot list the same port and source twice"],
    },
    {
      what: "a subnet outside the bureau's range",
      more: "subnet: 10.21.0.0/24\n",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.21.0.0/24: it lies outside the bureau's range 10.20.0.0/16"],
    },
    {
      what: "a subnet too small for a server",
      more: "subnet: 10.20.0.0/30\n",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.20.0.0/30: the smallest is a /29"],
    },
    {
      what: "a subnet of another pool than the system's",
      more: "subnet: 10.20.0.0/24\n",
      pool: "ps",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.20.0.0/24: it lies outside the range 10.128.0.0/10 of pool ps"],
    },
    {
      what: "retirement of a system in production",
      more: "retirement: { on: 2026-03-31, attestation: 已返还 }\n",
      found: ["6:1+10 contradiction: Cannot accept retirement: only the stages exiting and retired have one"],
    },
    {
      what: "an exit without its date",
      more: "",
      stage: "exiting",
      found: ["2:8+7 missing-key: Cannot be exiting without retirement: wanted its date (on) and attestation"],
    },
    {
      what: "a retired system without attestation",
      more: "",
      stage: "retired",
      found: ["2:8+7 missing-key: Cannot be retired without retirement: wanted its date (on) and attestation"],
    },
    {
      what: "a trial's date in production",
      more: "trialSince: 2025-07-01\n",
      found: ["6:1+10 contradiction: Cannot accept trialSince: only the stage trial has one"],
    },
    {
      what: "a contradiction beside a pool that does not exist, both in one run",
      more: "trialSince: 2025-07-01\n",
      pool: "xx",
      found: [
        "6:1+10 contradiction: Cannot accept trialSince: only the stage trial has one",
        '4:7+2 unknown-reference: Cannot find pool "xx": wanted one of gov, ps',
      ],
    },
  ])("$what", ({ more, pool, stage, found }) => {
    const system = SYSTEM.replace("pool: gov", `pool: ${pool ?? "gov"}`).replace("production", stage ?? "production");
    const result = resultOf({ "hrss/tenant.yaml": TENANT, "hrss/social.yaml": system + more });
    expect(result.diagnostics.map((each) => printDiagnostic(each).replace("stacks/tenants/hrss/social.yaml:", ""))).toEqual(found);
    expect(result.declarations.systems).toEqual([]);
  });

  test("tenant as a source, and a subnet, where the bureau has no range", () => {
    expect(errorsOf(withSystem(`${SERVER}    listens: [{ port: 443, from: tenant }]\nsubnet: 10.20.1.0/24\n`, "name: 人社局\n"))).toEqual([
      "hrss/social.yaml:14:9+12 contradiction: Cannot place the subnet: tenant.yaml of this bureau has no range",
      "hrss/social.yaml:13:34+6 contradiction: Cannot listen to tenant: tenant.yaml of this bureau has no range",
    ]);
  });

  test("subnets that overlap, each with the widest one, whatever lies between them", () => {
    const systems = { a: "10.20.0.0/22", b: "10.20.2.0/24", c: "10.20.8.0/24", d: "10.20.3.0/25", e: "10.20.0.0/22", f: "10.20.4.0/24" };
    const files = Object.fromEntries(
      Object.entries(systems).map(([name, subnet]) => [`hrss/${name}.yaml`, `${SYSTEM}subnet: ${subnet}\n`]),
    );
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, ...files }).sort()).toEqual([
      "hrss/b.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.2.0/24: it overlaps 10.20.0.0/22 of system hrss/a",
      "hrss/d.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.3.0/25: it overlaps 10.20.0.0/22 of system hrss/a",
      "hrss/e.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.0.0/22: it overlaps 10.20.0.0/22 of system hrss/a",
    ]);
  });

  test("subnets of two systems that overlap, of which a retired one has none any more", () => {
    const subnet = "subnet: 10.20.1.0/24\n";
    const wide = "subnet: 10.20.0.0/23\n";
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, "hrss/a.yaml": SYSTEM + subnet, "hrss/b.yaml": SYSTEM + wide })).toEqual([
      "hrss/b.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.0.0/23: it overlaps 10.20.1.0/24 of system hrss/a",
    ]);
    const retired = SYSTEM.replace("production", "retired");
    expect(
      errorsOf({
        "hrss/tenant.yaml": TENANT,
        "hrss/a.yaml": `${retired}${subnet}retirement: { on: 2025-12-31, attestation: 已返还 }\n`,
        "hrss/b.yaml": SYSTEM + wide,
      }),
    ).toEqual([]);
  });
});

describe("All errors of all files", () => {
  const files = {
    "hrss/tenant.yaml": "nmae: 人社局\n",
    "hrss/a.yaml": "name: [\n",
    "hrss/b.yaml": SYSTEM.replace("mlps: 2", "mlps: two").replace("classified: false", "classified: no"),
    "hrss/c.yaml": SYSTEM.replace("pool: gov", "pool: none"),
    "hrss/good.yaml": SYSTEM,
    "hrss/notes.txt": "x\n",
    "health/tenant.yaml": "name: 卫健委\n",
    "health/fine.yaml": SYSTEM,
  };

  test("come in one run, each with its place", () => {
    expect(errorsOf(files).sort()).toEqual([
      "hrss/a.yaml:2:1+1 syntax: Cannot parse YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
      'hrss/b.yaml:3:7+3 not-allowed: Cannot accept mlps: found the text "two", wanted one of 2, 3',
      'hrss/b.yaml:5:13+2 wrong-type: Cannot accept classified: found the text "no", wanted true or false → false',
      'hrss/c.yaml:4:7+4 unknown-reference: Cannot find pool "none": wanted one of gov, ps',
      `hrss/notes.txt:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
      'hrss/tenant.yaml:1:1+4 unknown-key: Cannot accept the key "nmae" here: wanted one of name, monthlyBudget, range → name',
      "hrss/tenant.yaml:1:1+9 missing-key: Cannot do without the key name: it is required",
    ]);
  });

  test("leave the files without one readable", () => {
    expect(resultOf(files).declarations.systems.map(({ id }) => id)).toEqual(["health/fine", "hrss/good"]);
  });

  test("are told in Chinese as well", () => {
    expect(resultOf(withSystem(SERVER.replace("rocky-9", "rocky9"))).diagnostics[0]?.message.zh).toBe(
      "没有镜像“rocky9”；可用：kylin-v10-sp3、openeuler-22.03-sp4、uos-server-20、rocky-9",
    );
    expect(resultOf(withSystem("subnet: 10.21.0.0/24\n")).diagnostics[0]?.message.zh).toBe("10.21.0.0/24 不在本单位网段 10.20.0.0/16 内");
    expect(resultOf({ "x.yaml": "" }).diagnostics[0]?.message.zh).toBe(
      "文件位置或扩展名不对：只接受 stacks/tenants/<单位>/tenant.yaml 和 stacks/tenants/<单位>/<系统>.yaml",
    );
  });
});

test("Five thousand systems of one bureau, each with its subnet, are read within ten seconds", () => {
  const subnet = (index: number) => `10.20.${Math.floor(index / 32)}.${(index % 32) * 8}/29`;
  const systems = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`hrss/s${index}.yaml`, `${SYSTEM}subnet: ${subnet(index)}\n`]),
  );
  const start = performance.now();
  expect(resultOf({ "hrss/tenant.yaml": TENANT, ...systems }).declarations.systems).toHaveLength(5000);
  expect(performance.now() - start).toBeLessThan(10_000);
});
