import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import type { ItemId } from "../../catalog/annex-1.ts";
import type { Declaration } from "../../catalog/declaration.ts";
import { readDeclarations } from "../../catalog/read-declarations.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { costingFacts } from "../../cost/costing.ts";
import { declaredQuantities, platformQuantities } from "../../cost/declared-quantities.ts";
import { plannedQuantities, type Quantities } from "../../cost/planned-quantities.ts";
import { quote } from "../../cost/quote.ts";
import { BOOK, CATALOGUE, CONTRACT, declaration, gpuServer, pool, resource, server } from "../declared.ts";
import { SAMPLE_PRICES } from "../expected/sample-prices.ts";
import { realTree } from "../tree.ts";

function pricedLine(quantities: Quantities, item: ItemId): { quantity: string; list: string } | undefined {
  const line = quote(CATALOGUE, undefined, { quantities, book: BOOK }).lines.find((each) => each.item === item);
  return line === undefined ? undefined : { quantity: line.after.toString(), list: line.listAfter.toFixed(2) };
}

function planned(resources: readonly PlannedResource[]): Quantities {
  const { quantities, unpriced } = plannedQuantities(resources, costingFacts(CATALOGUE, resources, pool()));
  expect(unpriced).toEqual([]);
  return quantities;
}

const times = (count: number, one: PlannedResource) => Array.from({ length: count }, () => one);
const instance = (flavor: string, disk?: { type: string; size: number }) =>
  resource("openstack_compute_instance_v2", {
    flavor_id: flavor,
    ...(disk === undefined
      ? {}
      : { block_device: [{ source_type: "image", destination_type: "volume", volume_type: disk.type, volume_size: disk.size }] }),
  });
const volume = (type: string, size: number) => resource("openstack_blockstorage_volume_v3", { volume_type: type, size });
const record = (input: Readonly<Record<string, unknown>>) => resource("terraform_data", { input });
const ssd60 = { type: "ssd", size: 60 };

interface Row {
  readonly item: ItemId;
  readonly what: string;
  readonly declared: Partial<Declaration>;
  readonly resources: readonly PlannedResource[];
  readonly quantity: string;
  /** Quantity × ceiling, worked out by hand. */
  readonly list: string;
}

describe("A month of a line costs the same by its declaration and by its resources: line", () => {
  test.each<Row>([
    {
      item: "1",
      what: "3 general servers of 8 cores",
      declared: { servers: [server({ count: 3, cpu: 8, memoryGb: 16 })] },
      resources: times(3, instance("general-8c-16g", ssd60)),
      quantity: "24",
      list: "518.40",
    },
    {
      item: "2",
      what: "3 general servers of 16 GB",
      declared: { servers: [server({ count: 3, cpu: 8, memoryGb: 16 })] },
      resources: times(3, instance("general-8c-16g", ssd60)),
      quantity: "48",
      list: "1036.80",
    },
    {
      item: "3",
      what: "2 C86 servers of 16 cores",
      declared: { servers: [server({ family: "c86", count: 2, cpu: 16, memoryGb: 64 })] },
      resources: times(2, instance("c86-16c-64g", ssd60)),
      quantity: "32",
      list: "691.20",
    },
    {
      item: "3",
      what: "an ARM server of 8 cores",
      declared: { servers: [server({ family: "arm", cpu: 8, memoryGb: 32 })] },
      resources: [instance("arm-8c-32g", ssd60)],
      quantity: "8",
      list: "172.80",
    },
    {
      item: "4",
      what: "2 C86 servers of 64 GB",
      declared: { servers: [server({ family: "c86", count: 2, cpu: 16, memoryGb: 64 })] },
      resources: times(2, instance("c86-16c-64g", ssd60)),
      quantity: "128",
      list: "2764.80",
    },
    {
      item: "5",
      what: "2 boxes of type 1",
      declared: { gpuServers: [gpuServer({ count: 2 })] },
      resources: times(2, instance("gpu1-bare")),
      quantity: "2",
      list: "2250.00",
    },
    {
      item: "6",
      what: "3 boxes of type 2",
      declared: { gpuServers: [gpuServer({ box: 2, count: 3 })] },
      resources: times(3, instance("gpu2-bare")),
      quantity: "3",
      list: "5062.50",
    },
    {
      item: "7",
      what: "2 boxes of type 3",
      declared: { gpuServers: [gpuServer({ box: 3, count: 2, cards: { type: 5, count: 8 } })] },
      resources: times(2, instance("gpu3-card5x8")),
      quantity: "2",
      list: "6750.00",
    },
    {
      item: "8",
      what: "2 boxes with 2 cards of type 1",
      declared: { gpuServers: [gpuServer({ count: 2, cards: { type: 1, count: 2 } })] },
      resources: times(2, instance("gpu1-card1x2")),
      quantity: "4",
      list: "2700.00",
    },
    {
      item: "9",
      what: "a box with 4 cards of type 2",
      declared: { gpuServers: [gpuServer({ box: 2, cards: { type: 2, count: 4 } })] },
      resources: [instance("gpu2-card2x4")],
      quantity: "4",
      list: "774.00",
    },
    {
      item: "10",
      what: "a box with 2 cards of type 3",
      declared: { gpuServers: [gpuServer({ cards: { type: 3, count: 2 } })] },
      resources: [instance("gpu1-card3x2")],
      quantity: "2",
      list: "900.00",
    },
    {
      item: "11",
      what: "a box with 4 cards of type 4",
      declared: { gpuServers: [gpuServer({ box: 2, cards: { type: 4, count: 4 } })] },
      resources: [instance("gpu2-card4x4")],
      quantity: "4",
      list: "3420.00",
    },
    {
      item: "12",
      what: "3 boxes with 8 cards of type 5",
      declared: { gpuServers: [gpuServer({ box: 3, count: 3, cards: { type: 5, count: 8 } })] },
      resources: times(3, instance("gpu3-card5x8")),
      quantity: "24",
      list: "27648.00",
    },
    {
      item: "13",
      what: "2 boxes with 8 cards of type 6",
      declared: { gpuServers: [gpuServer({ box: 3, count: 2, cards: { type: 6, count: 8 } })] },
      resources: times(2, instance("gpu3-card6x8")),
      quantity: "16",
      list: "45000.00",
    },
    {
      item: "14",
      what: "2 servers with 100 GB of SAS to boot from and 500 GB beside",
      declared: {
        servers: [server({ count: 2, systemDisk: { type: "sas", sizeGb: 100 }, dataDisks: [{ key: "data", type: "sas", sizeGb: 500 }] })],
      },
      resources: [...times(2, instance("general-4c-8g", { type: "sas", size: 100 })), ...times(2, volume("sas", 500))],
      quantity: "1200",
      list: "324.00",
    },
    {
      item: "15",
      what: "3 servers with 60 GB of SSD to boot from and 333 GB beside",
      declared: { servers: [server({ count: 3, dataDisks: [{ key: "data", type: "ssd", sizeGb: 333 }] })] },
      resources: [...times(3, instance("general-4c-8g", ssd60)), ...times(3, volume("ssd", 333))],
      quantity: "1179",
      list: "530.55",
    },
    {
      item: "16",
      what: "2000 GB of objects",
      declared: { objectGb: 2000 },
      resources: [resource("openstack_objectstorage_container_v1", { metadata: { "Quota-Bytes": "2147483648000" } })],
      quantity: "2000",
      list: "360.00",
    },
    {
      item: "17",
      what: "500 GB of files",
      declared: { fileGb: 500 },
      resources: [resource("openstack_sharedfilesystem_share_v2", { size: 500 })],
      quantity: "500",
      list: "90.00",
    },
    {
      item: "18",
      what: "U 12 to 15 of a standard rack",
      declared: { rackUnits: [{ rack: "A07", from: 12, to: 15, powerW: 900 }] },
      resources: [record({ record: "rack-units", class: "standard", units: 4 })],
      quantity: "4",
      list: "612.00",
    },
    {
      item: "19",
      what: "U 1 to 10 of a high-power rack",
      declared: { rackUnits: [{ rack: "H01", from: 1, to: 10, powerW: 900 }] },
      resources: [record({ record: "rack-units", class: "high-power", units: 10 })],
      quantity: "10",
      list: "2835.00",
    },
    {
      item: "20",
      what: "2 cabinets",
      declared: { cabinets: ["B01", "B02"] },
      resources: times(2, record({ record: "cabinet" })),
      quantity: "2",
      list: "7200.00",
    },
    {
      item: "21",
      what: "3001 GB of backup",
      declared: { backupGb: 3001 },
      resources: [resource("openstack_blockstorage_quotaset_v3", { backup_gigabytes: 3001 })],
      quantity: "3001",
      list: "540.18",
    },
    {
      item: "22",
      what: "the bundle of level 2",
      declared: { mlps: 2 },
      resources: [record({ record: "mlps-bundle", level: 2 })],
      quantity: "1",
      list: "2160.00",
    },
    {
      item: "23",
      what: "the bundle of level 3",
      declared: { mlps: 3 },
      resources: [record({ record: "mlps-bundle", level: 3 })],
      quantity: "1",
      list: "3330.00",
    },
    {
      item: "24",
      what: "the cryptography bundle",
      declared: { cryptography: true },
      resources: [record({ record: "cryptography-bundle" })],
      quantity: "1",
      list: "5040.00",
    },
    {
      item: "26",
      what: "a migration, which is free and still told",
      declared: { migration: true },
      resources: [record({ record: "migration" })],
      quantity: "1",
      list: "0.00",
    },
    {
      item: "27",
      what: "3 managed nodes",
      declared: { managedNodes: ["n1", "n2", "n3"].map((name) => ({ name, serial: name })) },
      resources: [resource("openstack_compute_aggregate_v2", { hosts: ["n1", "n2", "n3"] })],
      quantity: "3",
      list: "3375.00",
    },
  ])("$item, $what: $list", ({ item, declared, resources, quantity, list }) => {
    expect(pricedLine(declaredQuantities(declaration(declared), pool()), item)).toEqual({ quantity, list });
    expect(pricedLine(planned(resources), item)).toEqual({ quantity, list });
  });

  test.each([
    {
      item: "25",
      what: "the multi-cloud management service, once",
      resources: [record({ record: "platform-service" })],
      quantity: "1",
      list: "56250.00",
    },
    { item: "L1", what: "four circuits", resources: times(4, record({ record: "circuit" })), quantity: "4", list: "40.00" },
  ] as const)("$item, $what: $list", ({ item, resources, quantity, list }) => {
    expect(pricedLine(platformQuantities(CONTRACT), item)).toEqual({ quantity, list });
    expect(pricedLine(planned(resources), item)).toEqual({ quantity, list });
  });
});

describe("A declaration", () => {
  const quantitiesOf = (declared: Partial<Declaration>) =>
    Object.fromEntries([...declaredQuantities(declaration(declared), pool())].map(([item, quantity]) => [item, quantity.toString()]));

  test("with nothing in it uses its security bundle alone", () => {
    expect(quantitiesOf({})).toEqual({ 22: "1" });
    expect(quantitiesOf({ mlps: 3 })).toEqual({ 23: "1" });
  });

  test("has one bundle, never both", () => {
    expect(quantitiesOf({ mlps: 3, cryptography: true })).toEqual({ 23: "1", 24: "1" });
  });

  test.each([
    { stage: "trial", lines: 1 },
    { stage: "production", lines: 1 },
    { stage: "exiting", lines: 1 },
    { stage: "retired", lines: 0 },
  ] as const)("in stage $stage uses $lines lines", ({ stage, lines }) => {
    expect(declaredQuantities(declaration({ stage, objectGb: 0 }), pool()).size).toBe(lines);
  });

  test("adds the sizes of its servers, disks and rack units up, line by line", () => {
    expect(
      quantitiesOf({
        servers: [
          server({
            count: 2,
            cpu: 8,
            memoryGb: 16,
            dataDisks: [
              { key: "a", type: "sas", sizeGb: 7 },
              { key: "b", type: "ssd", sizeGb: 11 },
            ],
          }),
          server({ key: "db", family: "arm", cpu: 16, memoryGb: 64 }),
          server({ key: "old", family: "c86", count: 3, cpu: 2, memoryGb: 4, systemDisk: { type: "sas", sizeGb: 50 } }),
        ],
        rackUnits: [
          { rack: "A01", from: 1, to: 1, powerW: 1 },
          { rack: "A02", from: 3, to: 4, powerW: 1 },
          { rack: "H01", from: 42, to: 42, powerW: 1 },
        ],
      }),
    ).toEqual({ 1: "16", 2: "32", 3: "22", 4: "76", 14: "164", 15: "202", 18: "3", 19: "1", 22: "1" });
  });

  test("takes the class of a rack from its own pool", () => {
    const units = { rackUnits: [{ rack: "PH01", from: 1, to: 2, powerW: 1 }], pool: "ps" };
    expect([...declaredQuantities(declaration(units), pool("ps")).keys()]).toEqual(["19", "22"]);
  });
});

describe("Every sample system declares what was worked out by hand:", () => {
  const { declarations } = readDeclarations(realTree(), CATALOGUE);
  test("the same systems, and the platform", () => {
    expect(Object.keys(SAMPLE_PRICES).sort()).toEqual([...declarations.systems.map(({ id }) => id), "platform"].sort());
  });

  test.each(declarations.systems.map((system) => ({ id: system.id, system })))("$id", ({ id, system }) => {
    const { lines } = quote(CATALOGUE, undefined, { quantities: declaredQuantities(system, pool(system.pool)), book: BOOK });
    expect(
      Object.fromEntries(lines.map(({ item, after, listAfter }) => [item, { quantity: after.toString(), list: listAfter.toFixed(2) }])),
    ).toEqual(SAMPLE_PRICES[id]);
  });

  test("platform", () => {
    const { lines } = quote(CATALOGUE, undefined, { quantities: platformQuantities(CONTRACT), book: BOOK });
    expect(
      Object.fromEntries(lines.map(({ item, after, listAfter }) => [item, { quantity: after.toString(), list: listAfter.toFixed(2) }])),
    ).toEqual(SAMPLE_PRICES["platform"]);
  });
});

test("Lines are in the annex's order and of quantities that are used", () => {
  const quantities = new Map<ItemId, Decimal>([
    ["L1", new Decimal(4)],
    ["22", new Decimal(1)],
    ["3", new Decimal(0)],
    ["1", new Decimal(2)],
  ]);
  expect(quote(CATALOGUE, undefined, { quantities, book: BOOK }).lines.map(({ item }) => item)).toEqual(["1", "22", "L1"]);
});
