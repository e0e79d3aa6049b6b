import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AddressRange,
  isWorld,
  printAddressRange,
  publicAddresses,
  readAddressRange,
  worldAmong,
} from "../../../catalog/terraform-plan/exposure/address-range.ts";

const ranges = (words: readonly string[]): AddressRange[] =>
  words.map((each) => {
    const range = readAddressRange(each);
    if (range === undefined) throw new Error(`wanted a range, found ${each}`);
    return range;
  });

test.each([
  { words: "10.0.0.0/8", printed: "10.0.0.0/8" },
  { words: "10.1.2.3/8", printed: "10.0.0.0/8" },
  { words: "10.1.2.3", printed: "10.1.2.3/32" },
  { words: "10.0.0.0/255.255.0.0", printed: "10.0.0.0/16" },
  { words: "203.0.113.7/0", printed: "0.0.0.0/0" },
  { words: "::/0", printed: "::/0" },
  { words: "2001:DB8::1", printed: "2001:db8::1/128" },
  { words: "2001:db8:1:2:3:4:5:6/64", printed: "2001:db8:1:2::/64" },
  { words: "::ffff:10.0.0.1/96", printed: "::ffff:0:0/96" },
])("$words is $printed", ({ words, printed }) => {
  expect(ranges([words]).map(printAddressRange)).toEqual([printed]);
});

test.each([
  "",
  "10/8",
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0.0/08",
  "10.0.0.0/255.0.255.0",
  "010.0.0.1",
  "::/129",
  "fe80::1%eth0",
  "10.0.0.0/8/8",
  "all",
  "1.2.3.4/x",
])('"%s" is no range', (words) => {
  expect(readAddressRange(words)).toBeUndefined();
});

describe("The world is", () => {
  test.each([
    { what: "0.0.0.0/0", of: ["0.0.0.0/0"], world: true },
    { what: "::/0", of: ["::/0"], world: true },
    { what: "its two halves", of: ["0.0.0.0/1", "128.0.0.0/1"], world: true },
    { what: "one half", of: ["128.0.0.0/1"], world: true },
    { what: "a public /8", of: ["8.0.0.0/8"], world: true },
    { what: "a public /8 in two pieces", of: ["8.0.0.0/9", "8.128.0.0/9"], world: true },
    { what: "10.0.0.0/7, half of which is public", of: ["10.0.0.0/7"], world: true },
    { what: "2000::/3", of: ["2000::/3"], world: true },
    { what: "not a public /9", of: ["8.0.0.0/9"], world: false },
    { what: "not the same /9 twice", of: ["8.0.0.0/9", "8.0.0.0/9"], world: false },
    { what: "not every private network together", of: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"], world: false },
    { what: "not every private network of IPv6", of: ["fc00::/7"], world: false },
    { what: "not an operator's IPv6 network", of: ["2408:8000::/32"], world: false },
    { what: "not nothing", of: [], world: false },
  ])("$what", ({ of, world }) => {
    expect(isWorld(ranges(of))).toBe(world);
  });
});

test("Only the ranges that make the world are blamed for it", () => {
  const blamed = (words: readonly string[]) => [...worldAmong(ranges(words))].map(printAddressRange);
  expect(blamed(["0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/8"])).toEqual(["0.0.0.0/0"]);
  expect(blamed(["8.0.0.0/9", "10.0.0.0/8", "8.128.0.0/9"])).toEqual(["8.0.0.0/9", "8.128.0.0/9"]);
  expect(blamed(["203.0.113.0/24", "10.0.0.0/8"])).toEqual([]);
});

test("A range read from its print is the same range, and ranges cut in halves hold as many public addresses", () => {
  const any = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 31 })).map(([address, prefix]) => `${address}/${prefix}`);
  fc.assert(
    fc.property(any, (words) => {
      const [range] = ranges([words]);
      if (range === undefined) return;
      expect(ranges([printAddressRange(range)])).toEqual([range]);
      const middle = (range.first + range.last + 1n) / 2n;
      const halves = [
        { ...range, last: middle - 1n, prefix: range.prefix + 1 },
        { ...range, first: middle, prefix: range.prefix + 1 },
      ];
      expect(publicAddresses(halves, 4)).toBe(publicAddresses([range], 4));
    }),
  );
});
