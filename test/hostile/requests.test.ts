import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDay } from "../../catalog/day.ts";
import { readCatalogue } from "../../catalog/read-catalogue.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import { readDirectoryTree } from "../../catalog/source/tree.ts";
import { buildPlan } from "../../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { govcloud } from "../scripts/run.ts";
import { printUnderCaret, treeWith, withReplaced } from "../tree.ts";

// What a hostile request, or a careless operator, has tried: each is refused where it stands, and nothing crashes, hangs or is lost.
const MIN = "name: 系统\nstage: production\nmlps: 2\npool: gov\nclassified: false\n";
const TENANT = { "stacks/tenants/a/tenant.yaml": "name: A局\n" };

function said(files: Readonly<Record<string, string>>): string[] {
  const tree = treeWith({ ...TENANT, ...files });
  const catalogue = readCatalogue(tree);
  if (catalogue.kind === "invalid") return catalogue.diagnostics.map(printUnderCaret);
  return readDeclarations(tree, catalogue.catalogue).diagnostics.map(printUnderCaret);
}

const server = (count: number, disks: number) =>
  `{ count: ${count}, family: general, cpu: 1, memoryGb: 1, image: kylin-v10-sp3, systemDisk: { type: ssd, sizeGb: 60 }, dataDisks: { ${Array.from({ length: disks }, (_, index) => `d${index}: { type: ssd, sizeGb: 1 }`).join(", ")} } }`;

describe("a request is refused at its place where it", () => {
  test.each([
    {
      what: "names a token of the synthesis",
      files: { "stacks/tenants/a/s.yaml": MIN.replace("系统", "TfToken[TOKEN.0]") },
      says: /«TfToken\[TOKEN\.0\]» bad-format/,
    },
    {
      what: "claims rack units twice",
      files: {
        "stacks/tenants/a/s.yaml": `${MIN}colocation: { rackUnits: [{ rack: A07, from: 1, to: 2, powerW: 1 }, { rack: A07, from: 1, to: 3, powerW: 1 }] }\n`,
      },
      says: /Cannot list units of rack A07 from U 1 twice/,
    },
    {
      what: "multiplies out to more than a state can carry",
      files: {
        "stacks/tenants/a/s.yaml": `${MIN}servers:\n${Array.from({ length: 10 }, (_, index) => `  s${index}: ${server(100, 20)}\n`).join("")}`,
      },
      says: /Cannot build 1000 servers with 20000 data volumes as one system/,
    },
    {
      what: "claims another system's managed node",
      files: {
        "stacks/tenants/a/s.yaml": `${MIN}managedNodes: [{ name: n1, serial: "1" }]\n`,
        "stacks/tenants/a/u.yaml": `${MIN}managedNodes: [{ name: n1, serial: "2" }]\n`,
      },
      says: /a\/u\.yaml «n1» contradiction: Cannot claim node n1: system a\/s has it/,
    },
    {
      what: "boots an image from too small a disk",
      files: { "stacks/tenants/a/s.yaml": `${MIN}servers: { s: ${server(1, 0).replace("sizeGb: 60", "sizeGb: 1")} }\n` },
      says: /Cannot boot image kylin-v10-sp3 from 1 GB: it needs \d+ GB/,
    },
    {
      what: "writes the internet as a network",
      files: {
        "stacks/tenants/a/s.yaml": `${MIN}servers: { s: { family: general, cpu: 1, memoryGb: 1, image: kylin-v10-sp3, systemDisk: { type: ssd, sizeGb: 60 }, listens: [{ port: 80, from: 0.0.0.0/0 }] } }\n`,
      },
      says: /Cannot accept 0\.0\.0\.0\/0 as a network: that is the internet/,
    },
    {
      what: "gives SAS and SSD one volume type",
      files: withReplaced("catalog/pools.yaml", "{ sas: sas, ssd: ssd }", "{ sas: ssd, ssd: ssd }", "first"),
      says: /Cannot use one volume type for SAS and SSD/,
    },
    {
      what: "leaves a contract open until 9999",
      files: withReplaced("catalog/contracts/baotou-2025.yaml", "2026-06-19", "9999-12-31"),
      says: /Cannot accept a term of more than 10 years/,
    },
  ])("$what", ({ files, says }) => {
    expect(said(files).join("\n")).toMatch(says);
  });
});

test("fifteen hundred bureaus that claim one range are told once each", () => {
  const files = Object.fromEntries(
    Array.from({ length: 1500 }, (_, index) => [`stacks/tenants/t${index}/tenant.yaml`, "name: A\nrange: 10.20.0.0/16\n"]),
  );
  expect(said(files)).toHaveLength(1499);
});

describe("on disk", () => {
  const inTree = (work: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), "govcloud-hostile-"));
    try {
      for (const [path, entry] of treeWith(TENANT).entries) {
        mkdirSync(join(folder, path, ".."), { recursive: true });
        if (entry.kind === "file") writeFileSync(join(folder, path), entry.bytes());
      }
      work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test.each(["stacks", "stacks/tenants"])("a file in the place of the folder %s hides no system: it is refused", (path) => {
    inTree((folder) => {
      rmSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path), "");
      const tree = readDirectoryTree(folder);
      const catalogue = readCatalogue(tree);
      if (catalogue.kind === "invalid") throw new Error("the catalogue is valid");
      expect(readDeclarations(tree, catalogue.catalogue).diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
        `${path} unreadable-file`,
      ]);
    });
  });

  test("a name that is not UTF-8 is refused, not passed over", () => {
    inTree((folder) => {
      writeFileSync(Buffer.concat([Buffer.from(join(folder, "stacks/tenants/a/")), Buffer.from([0xff, 0x78]), Buffer.from(".yaml")]), MIN);
      const tree = readDirectoryTree(folder);
      const catalogue = readCatalogue(tree);
      if (catalogue.kind === "invalid") throw new Error("the catalogue is valid");
      expect(readDeclarations(tree, catalogue.catalogue).diagnostics).toHaveLength(1);
    });
  });

  test("synth replaces nothing but an earlier synthesis, manifest or not", () => {
    inTree((folder) => {
      const app = join(folder, "webapp");
      mkdirSync(join(app, "src"), { recursive: true });
      writeFileSync(join(app, "manifest.json"), '{"name":"PWA"}');
      writeFileSync(join(app, "src", "app.js"), "precious");
      for (const out of [app, join(app, "src", "app.js"), join(app, "src", "app.js", "x")]) {
        expect(govcloud(["synth", "--tree", folder, "--out", out]).code, out).toBe(3);
      }
      expect(readFileSync(join(app, "src", "app.js"), "utf8")).toBe("precious");
    });
  });

  test("synth writes no refused configuration", () => {
    inTree((folder) => {
      writeFileSync(join(folder, "stacks/tenants/a/s.yaml"), MIN.replace("classified: false", "classified: true"));
      const { code, stdout, stderr } = govcloud(["synth", "--tree", folder, "--out", join(folder, "out"), "--at", "2026-01-15"]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("security/no-classified-system");
    });
  });
});

test("what policies refuse in a system never crashes the synthesis of it", () => {
  const crowded = `${MIN}colocation: { rackUnits: [{ rack: A07, from: 1, to: 4, powerW: 1 }, { rack: A07, from: 2, to: 3, powerW: 1 }] }\n`;
  const plan = buildPlan(readCheckedTree(treeWith({ ...TENANT, "stacks/tenants/a/s.yaml": crowded })), {
    at: readDay("2026-01-15"),
    base: undefined,
  });
  expect(plan.systems.flatMap(({ findings }) => findings.map(({ policy }) => policy))).toContain("capacity/no-rack-overlap");
});
