import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { targetDiskGb, targetSize } from "../../../catalog/sizing/target-size.ts";

const limits = { smallest: 1, largest: 64 };

test.each([
  { now: 4, factor: "3", size: 12, cut: false },
  { now: 4, factor: "2", size: 8, cut: false },
  { now: 4, factor: "1/2", size: 2, cut: false },
  { now: 4, factor: "1/4", size: 1, cut: false },
  // Fractions up to whole units.
  { now: 5, factor: "1/2", size: 3, cut: false },
  { now: 5, factor: "1/4", size: 2, cut: false },
  { now: 3, factor: "1/4", size: 1, cut: false },
  { now: 2, factor: "1/4", size: 1, cut: false },
  // Up to the limit and no further.
  { now: 32, factor: "2", size: 64, cut: false },
  { now: 33, factor: "2", size: 64, cut: true },
  { now: 32, factor: "3", size: 64, cut: true },
  { now: 63, factor: "3", size: 64, cut: true },
  // A size that a waiver let in beyond the limits comes back inside.
  { now: 200, factor: "1/2", size: 64, cut: true },
] as const)("$now × $factor is $size", ({ now, factor, size, cut }) => {
  expect(targetSize(now, factor, limits)).toEqual({ kind: "change", size, cut });
});

test.each([
  { now: 16, factor: "1", limits: { smallest: 4, largest: 64 }, wanted: { kind: "keep" } },
  { now: 64, factor: "1", limits: { smallest: 4, largest: 64 }, wanted: { kind: "keep" } },
  { now: 64, factor: "2", limits: { smallest: 4, largest: 64 }, wanted: { kind: "at-limit", limit: 64, end: "largest" } },
  { now: 65, factor: "3", limits: { smallest: 4, largest: 64 }, wanted: { kind: "at-limit", limit: 64, end: "largest" } },
  { now: 4, factor: "1/2", limits: { smallest: 4, largest: 64 }, wanted: { kind: "at-limit", limit: 4, end: "smallest" } },
  { now: 3, factor: "1/4", limits: { smallest: 4, largest: 64 }, wanted: { kind: "at-limit", limit: 4, end: "smallest" } },
  { now: 4, factor: "2", limits: { smallest: 4, largest: 64 }, wanted: { kind: "change", size: 8, cut: false } },
  { now: 64, factor: "1/4", limits: { smallest: 4, largest: 64 }, wanted: { kind: "change", size: 16, cut: false } },
  { now: 10, factor: "1/4", limits: { smallest: 4, largest: 64 }, wanted: { kind: "change", size: 4, cut: true } },
] as const)("$now × $factor inside $limits.smallest to $limits.largest: $wanted.kind", ({ now, factor, limits: own, wanted }) => {
  expect(targetSize(now, factor, own)).toEqual(wanted);
});

test.each([
  // 17 ÷ 20 is 0.85 and no more, 17 ÷ 19 is.
  { used: "17", gb: 19 },
  { used: "17.0000001", gb: 20 },
  { used: "16.9999999", gb: 19 },
  { used: "85", gb: 99 },
  { used: "100", gb: 117 },
  { used: "40", gb: 47 },
  { used: "1", gb: 1 },
  // Below 5.67 GB no whole size may be both: what is used comes first.
  { used: "1.5", gb: 2 },
  { used: "0.5", gb: 1 },
  { used: "0", gb: 1 },
])("a disk with $used GB used is sized $gb GB", ({ used, gb }) => {
  expect(targetDiskGb(new Decimal(used), new Decimal(85))).toBe(gb);
});

test("a disk's target is the largest size with use above 85 %, or what is used", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (thousandths) => {
      const used = new Decimal(thousandths).dividedBy(1000);
      const size = targetDiskGb(used, new Decimal(85));
      const isAbove = (gb: number) => used.times(100).greaterThan(85 * gb);
      expect(size).toBeGreaterThanOrEqual(used.toNumber());
      expect(isAbove(size + 1)).toBe(false);
      if (!isAbove(size)) expect(size).toBe(Math.max(1, Math.ceil(thousandths / 1000)));
    }),
  );
});
