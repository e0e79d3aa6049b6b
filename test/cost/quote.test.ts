import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ITEM_IDS, type ItemId } from "../../catalog/annex-1.ts";
import type { PriceBook } from "../../catalog/price-book.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { costingFacts } from "../../cost/costing.ts";
import { plannedQuantities, type Quantities } from "../../cost/planned-quantities.ts";
import { quote, sum, unitPriceOf } from "../../cost/quote.ts";
import { BOOK, CATALOGUE, pool, resource } from "../declared.ts";

const quantities = (values: Readonly<Record<string, number>>): Quantities =>
  new Map(Object.entries(values).map(([item, quantity]) => [item as ItemId, new Decimal(quantity)]));
const bookWith = (prices: Readonly<Record<string, string>>): PriceBook => ({
  ...BOOK,
  prices: new Map([...BOOK.prices, ...Object.entries(prices).map(([item, price]) => [item as ItemId, new Decimal(price)] as const)]),
});

function printed(
  before: Readonly<Record<string, number>> | undefined,
  after: Readonly<Record<string, number>>,
  bookBefore = BOOK,
  bookAfter = BOOK,
) {
  const { lines, monthly } = quote(CATALOGUE, before === undefined ? undefined : { quantities: quantities(before), book: bookBefore }, {
    quantities: quantities(after),
    book: bookAfter,
  });
  return {
    lines: lines.map(
      ({ item, before: from, after: to, unitPrice, listBefore, listAfter }) =>
        `${item}: ${from} → ${to} at ${unitPrice.toFixed(2)}: ${listBefore.toFixed(2)} → ${listAfter.toFixed(2)}`,
    ),
    monthly: [monthly.before, monthly.after, monthly.delta].map((amount) => amount.toFixed(2)),
  };
}

describe("A quote", () => {
  test("of something new has nothing before", () => {
    expect(printed(undefined, { 1: 24, 15: 1179 })).toEqual({
      lines: ["1: 0 → 24 at 21.60: 0.00 → 518.40", "15: 0 → 1179 at 0.45: 0.00 → 530.55"],
      monthly: ["0.00", "1048.95", "1048.95"],
    });
  });

  test("of a change has both sides and their difference", () => {
    expect(printed({ 1: 24, 16: 100 }, { 1: 16, 17: 10 })).toEqual({
      lines: ["1: 24 → 16 at 21.60: 518.40 → 345.60", "16: 100 → 0 at 0.18: 18.00 → 0.00", "17: 0 → 10 at 0.18: 0.00 → 1.80"],
      monthly: ["536.40", "347.40", "-189.00"],
    });
  });

  test("of a removal has nothing after", () => {
    expect(printed({ 23: 1 }, {})).toEqual({ lines: ["23: 1 → 0 at 3330.00: 3330.00 → 0.00"], monthly: ["3330.00", "0.00", "-3330.00"] });
  });

  test("of a new price for the same quantity is a change", () => {
    expect(printed({ 1: 10 }, { 1: 10 }, BOOK, bookWith({ 1: "20.00" }))).toEqual({
      lines: ["1: 10 → 10 at 20.00: 216.00 → 200.00"],
      monthly: ["216.00", "200.00", "-16.00"],
    });
  });

  test("of nothing has no line and costs nothing", () => {
    expect(printed({}, {})).toEqual({ lines: [], monthly: ["0.00", "0.00", "0.00"] });
  });

  test("of a free line tells it all the same", () => {
    expect(printed(undefined, { 26: 1 })).toEqual({ lines: ["26: 0 → 1 at 0.00: 0.00 → 0.00"], monthly: ["0.00", "0.00", "0.00"] });
  });

  test("names its lines and units in both languages", () => {
    expect(quote(CATALOGUE, undefined, { quantities: quantities({ 14: 1 }), book: BOOK }).lines[0]).toMatchObject({
      name: { zh: "SAS块存储", en: "SAS block storage" },
      unit: { zh: "GB", en: "GB" },
    });
  });

  test("is refused, not taken for zero, where a price or a line is missing", () => {
    const book = { ...BOOK, prices: new Map([...BOOK.prices].filter(([item]) => item !== "14")) };
    expect(() => unitPriceOf(book, "14")).toThrow("Cannot price line 14: catalog/price-books/2025-06-20.yaml has no price for it");
    expect(() => quote(CATALOGUE, undefined, { quantities: quantities({ 14: 1 }), book })).toThrow("Cannot price line 14");
    expect(() => quote(CATALOGUE, { quantities: quantities({ 14: 1 }), book }, { quantities: quantities({}), book: BOOK })).toThrow(
      "Cannot price line 14",
    );
    expect(() => quote({ ...CATALOGUE, items: new Map() }, undefined, { quantities: quantities({ 14: 1 }), book: BOOK })).toThrow(
      "Cannot price line 14: the catalogue has no such line",
    );
  });
});

const side = fc.dictionary(fc.constantFrom(...ITEM_IDS), fc.integer({ min: 0, max: 10_000_000 })).map(quantities);

describe("For any quantities", () => {
  test("the total is the sum of its lines, before and after, and the difference is after − before", () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const { lines, monthly } = quote(CATALOGUE, { quantities: before, book: BOOK }, { quantities: after, book: BOOK });
        expect(monthly.before.toFixed()).toBe(sum(lines.map(({ listBefore }) => listBefore)).toFixed());
        expect(monthly.after.toFixed()).toBe(sum(lines.map(({ listAfter }) => listAfter)).toFixed());
        expect(monthly.delta.toFixed()).toBe(monthly.after.minus(monthly.before).toFixed());
      }),
    );
  });

  test("a list price is exact to the fen: integer arithmetic in fen gives the same", () => {
    const fen: Readonly<Record<string, bigint>> = {
      1: 2160n,
      6: 168_750n,
      9: 19_350n,
      14: 27n,
      15: 45n,
      16: 18n,
      19: 28_350n,
      25: 5_625_000n,
    };
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(fen)), fc.integer({ min: 1, max: 10_000_000 })), (used) => {
        const total = Object.entries(used).reduce((all, [item, quantity]) => all + BigInt(quantity) * (fen[item] ?? 0n), 0n);
        expect(
          quote(CATALOGUE, undefined, { quantities: quantities(used), book: BOOK })
            .monthly.after.times(100)
            .toFixed(),
        ).toBe(total.toString());
      }),
    );
  });

  test("before and after swapped turn the sign of the difference", () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const there = quote(CATALOGUE, { quantities: a, book: BOOK }, { quantities: b, book: BOOK }).monthly.delta;
        const back = quote(CATALOGUE, { quantities: b, book: BOOK }, { quantities: a, book: BOOK }).monthly.delta;
        return there.plus(back).isZero();
      }),
    );
  });
});

const anyResource: fc.Arbitrary<PlannedResource> = fc.oneof(
  fc
    .record({ type: fc.constantFrom("sas", "ssd"), size: fc.integer({ min: 1, max: 9999 }) })
    .map(({ type, size }) => resource("openstack_blockstorage_volume_v3", { volume_type: type, size })),
  fc.integer({ min: 1, max: 9999 }).map((size) => resource("openstack_sharedfilesystem_share_v2", { size })),
  fc.constantFrom("general-4c-8g", "c86-2c-4g", "gpu1-bare", "gpu3-card5x8").map((flavor_id) =>
    resource("openstack_compute_instance_v2", {
      flavor_id,
      block_device: [{ source_type: "image", destination_type: "volume", volume_type: "ssd", volume_size: 40 }],
    }),
  ),
  fc.constant(resource("terraform_data", { input: { record: "circuit" } })),
  fc.constant(resource("openstack_networking_network_v2", {})),
  fc.constant(resource("openstack_unheard_of_v9", {})),
);

describe("For any resources", () => {
  const quantitiesOf = (resources: readonly PlannedResource[]) => {
    const { quantities: found, unpriced } = plannedQuantities(resources, costingFacts(CATALOGUE, resources, pool()));
    return {
      found: Object.fromEntries([...found].sort().map(([item, quantity]) => [item, quantity.toString()])),
      unpriced: unpriced.length,
    };
  };

  test("their order changes nothing", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyResource, { maxLength: 20 })
          .chain((resources) => fc.tuple(fc.constant(resources), fc.shuffledSubarray(resources, { minLength: resources.length }))),
        ([resources, shuffled]) => {
          expect(quantitiesOf(shuffled)).toEqual(quantitiesOf(resources));
        },
      ),
    );
  });

  test("the whole is the sum of two parts", () => {
    fc.assert(
      fc.property(fc.array(anyResource, { maxLength: 10 }), fc.array(anyResource, { maxLength: 10 }), (a, b) => {
        const [first, second, whole] = [quantitiesOf(a), quantitiesOf(b), quantitiesOf([...a, ...b])];
        const items = new Set([...Object.keys(first.found), ...Object.keys(second.found)]);
        expect(whole.unpriced).toBe(first.unpriced + second.unpriced);
        expect(whole.found).toEqual(
          Object.fromEntries(
            [...items].map((item) => [item, new Decimal(first.found[item] ?? 0).plus(second.found[item] ?? 0).toString()]),
          ),
        );
      }),
    );
  });
});
