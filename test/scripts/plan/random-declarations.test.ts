import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { realTree, treeOf, treeWith } from "../../tree.ts";
import { planned } from "./planned.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?$/);
const disk = fc.record({ type: fc.constantFrom("sas", "ssd"), sizeGb: fc.integer({ min: 1, max: 65_536 }) });
const listen = fc.record({
  port: fc.integer({ min: 1, max: 65_535 }),
  protocol: fc.constantFrom("tcp", "udp"),
  from: fc.constantFrom("internet", "self", "192.0.2.0/24", "10.0.0.0/8"),
});
const listens = fc.uniqueArray(listen, { maxLength: 4, selector: ({ port, protocol, from }) => `${protocol}${port}${from}` });
const IMAGES = { general: "kylin-v10-sp3", c86: "kylin-v10-sp3", arm: "kylin-v10-sp3-arm" } as const;
const server = fc.constantFrom("general", "c86", "arm").chain((family) =>
  fc.record(
    {
      count: fc.integer({ min: 1, max: 4 }),
      family: fc.constant(family),
      cpu: fc.integer({ min: 1, max: 64 }),
      memoryGb: fc.integer({ min: 1, max: 512 }),
      image: fc.constant(IMAGES[family as keyof typeof IMAGES]),
      systemDisk: disk.map(({ type, sizeGb }) => ({ type, sizeGb: Math.max(60, sizeGb) })),
      dataDisks: fc.dictionary(name, disk, { maxKeys: 3 }),
      listens,
    },
    { requiredKeys: ["family", "cpu", "memoryGb", "image", "systemDisk"] },
  ),
);
const gpuServer = fc.record(
  {
    count: fc.integer({ min: 1, max: 3 }),
    box: fc.constantFrom(1, 2, 3),
    cards: fc.record({ type: fc.integer({ min: 1, max: 6 }), count: fc.integer({ min: 1, max: 2 }) }),
    listens,
  },
  { requiredKeys: ["box"] },
);
const system = fc
  .record(
    {
      name: fc.constantFrom("随机系统", "Random system"),
      stage: fc.constantFrom("trial", "production"),
      mlps: fc.constantFrom(2, 3),
      cryptography: fc.boolean(),
      pool: fc.constant("gov"),
      classified: fc.constant(false),
      servers: fc.dictionary(name, server, { maxKeys: 3 }),
      gpuServers: fc.dictionary(name, gpuServer, { maxKeys: 2 }),
      storage: fc.record(
        { objectGb: fc.integer({ min: 1, max: 10_000_000 }), fileGb: fc.integer({ min: 1, max: 10_000_000 }) },
        { requiredKeys: [] },
      ),
      backupGb: fc.integer({ min: 1, max: 10_000_000 }),
      managedNodes: fc
        .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 })
        .map((numbers) => numbers.map((number) => ({ name: `node-${number}`, serial: `SN${number}` }))),
      migration: fc.boolean(),
    },
    { requiredKeys: ["name", "stage", "mlps", "pool", "classified"] },
  )
  // A GPU server may not take a server's name.
  .map((each) => ({
    ...each,
    gpuServers: Object.fromEntries(Object.entries(each.gpuServers ?? {}).map(([key, value]) => [`g-${key}`, value])),
  }))
  .filter(({ servers, gpuServers }) => Object.keys(gpuServers).every((key) => !(key in (servers ?? {}))));

const catalogue = treeWith({});
const fen = (amount: string) => BigInt(amount.replace(".", ""));

test("for any declaration, what is declared is what is planned, line by line, and every total is the sum of its parts", () => {
  fc.assert(
    fc.property(system, system, (first, second) => {
      const files = {
        "stacks/tenants/bureau/tenant.yaml": "name: 测试局\n",
        "stacks/tenants/bureau/first.yaml": stringify(first),
        // A node is one system's, so the second one's have other names.
        "stacks/tenants/bureau/second.yaml": stringify(second).replaceAll("node-", "knot-").replaceAll("SN", "SM"),
      };
      const entries = new Map([...catalogue.entries, ...treeOf(files).entries]);
      const result = planned({ ...catalogue, entries }, undefined, { only: new Set(["bureau/first", "bureau/second"]) });
      const findings = [...result.findings, ...result.systems.flatMap((each) => each.findings)];
      expect(
        findings.filter(
          ({ policy }) => policy === "price/require-declared-equals-planned" || policy === "price/require-every-resource-priced",
        ),
      ).toEqual([]);
      let sum = 0n;
      for (const each of result.systems) {
        const lines = each.lines.reduce((total, line) => total + fen(line.listAfter), 0n);
        expect(lines).toBe(fen(each.monthly.after));
        sum += lines;
      }
      // The platform: 56,250.00 for line 25 and 4 circuits at 10.00.
      expect(fen(result.total.list.after)).toBe(sum + 5_629_000n);
      expect(result.lines.reduce((total, line) => total + fen(line.listAfter), 0n)).toBe(fen(result.total.list.after));
      expect(fen(result.total.net.after) + fen(result.total.vat.after)).toBe(fen(result.total.fee.after));
    }),
    { numRuns: 40, seed: 20250620 },
  );
});

test("the difference of two plans is what one adds to the other", () => {
  const base = planned(realTree(), undefined);
  fc.assert(
    fc.property(system, (added) => {
      const { entries, ...tree } = realTree();
      const more = new Map([...entries, ...treeOf({ "stacks/tenants/hrss/random-one.yaml": stringify(added) }).entries]);
      const result = planned({ ...tree, entries: more }, realTree());
      expect(result.systems.map(({ id, change }) => [id, change])).toEqual([["hrss/random-one", "added"]]);
      expect(result.total.list.before).toBe(base.total.list.after);
      expect(result.total.list.delta).toBe(result.systems[0]?.monthly.delta);
    }),
    { numRuns: 5, seed: 7 },
  );
});
