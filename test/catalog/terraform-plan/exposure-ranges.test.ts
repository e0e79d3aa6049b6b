import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AddressRange,
  isCovered,
  printAddressRange,
  readAddressRange,
} from "../../../catalog/terraform-plan/exposure/address-range.ts";
import { PUBLIC_SPACE, PublicSpace } from "../../../catalog/terraform-plan/exposure/public-space.ts";

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
  { words: "::ffff:10.1.2.3/104", printed: "10.0.0.0/8" },
  { words: "::ffff:0:0/96", printed: "0.0.0.0/0" },
  { words: "::ffff:0:0/95", printed: "::fffe:0:0/95" },
  { words: "64:ff9b::8.8.8.0/120", printed: "8.8.8.0/24" },
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
    { what: "a public /23", of: ["8.8.8.0/23"], world: true },
    { what: "a public /24 and one address more", of: ["8.8.8.0/24", "8.8.9.0/32"], world: true },
    {
      what: "257 single addresses",
      of: Array.from({ length: 257 }, (_, index) => `8.${index >> 7}.0.${(index % 128) * 2}/32`),
      world: true,
    },
    { what: "10.0.0.0/7, half of which is public", of: ["10.0.0.0/7"], world: true },
    { what: "172.0.0.0/11, most of which is public", of: ["172.0.0.0/11"], world: true },
    { what: "2000::/3", of: ["2000::/3"], world: true },
    { what: "a public /47 of IPv6", of: ["2408:8000::/47"], world: true },
    { what: "every IPv4 address as IPv6 writes it", of: ["::ffff:0:0/96"], world: true },
    { what: "every IPv4 address behind a translator", of: ["64:ff9b::/96"], world: true },
    { what: "not a public /24", of: ["8.8.8.0/24"], world: false },
    {
      what: "not a public /24 in pieces, some of them twice",
      of: ["8.8.8.0/25", "8.8.8.128/25", "8.8.8.0/26", "8.8.8.0/24"],
      world: false,
    },
    {
      what: "not 256 single addresses",
      of: Array.from({ length: 256 }, (_, index) => `8.${index >> 7}.0.${(index % 128) * 2}/32`),
      world: false,
    },
    { what: "not a /24 of IPv4 beside a /48 of IPv6", of: ["8.8.8.0/24", "2408:8000::/48"], world: false },
    { what: "not every private network together", of: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"], world: false },
    { what: "not every private network of IPv6", of: ["fc00::/7", "fe80::/10"], world: false },
    { what: "not nothing", of: [], world: false },
  ])("$what", ({ of, world }) => {
    expect(PUBLIC_SPACE.isWorld(ranges(of))).toBe(world);
  });
});

test("Only the ranges that make the world are blamed for it", () => {
  const blamed = (words: readonly string[]) => [...PUBLIC_SPACE.worldAmong(ranges(words))].map(printAddressRange);
  expect(blamed(["0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/8"])).toEqual(["0.0.0.0/0"]);
  expect(blamed(["8.8.8.0/24", "10.0.0.0/8", "8.8.9.0/32"])).toEqual(["8.8.8.0/24", "8.8.9.0/32"]);
  expect(blamed(["8.8.8.0/24", "2408:8000::/48", "2408:8000:1::/48"])).toEqual(["2408:8000::/48", "2408:8000:1::/48"]);
  expect(blamed(["203.0.113.0/24", "10.0.0.0/8"])).toEqual([]);
});

test("A government's own networks are private, though their addresses are public; those around them are not", () => {
  const space = new PublicSpace(ranges(["59.192.0.0/10", "10.0.0.0/10", "59.192.0.0/12", "59.192.0.0/10"]));
  const isWorld = (...words: string[]) => space.isWorld(ranges(words));
  expect([isWorld("59.192.0.0/10"), isWorld("59.200.0.0/16", "10.0.0.0/8"), isWorld("59.128.0.0/9")]).toEqual([false, false, true]);
  expect([space.isPrivate(ranges(["59.200.0.0/16"])[0] as AddressRange), space.isWorld(ranges(["0.0.0.0/0"]))]).toEqual([true, true]);
});

test.each([
  { range: "0.0.0.0/0", others: ["0.0.0.0/1", "128.0.0.0/1"], covered: true },
  { range: "10.0.0.0/8", others: ["10.128.0.0/9", "10.0.0.0/9"], covered: true },
  { range: "10.0.0.0/8", others: ["10.0.0.0/9", "10.128.0.0/10"], covered: false },
  { range: "10.0.0.0/8", others: ["10.0.0.0/9", "10.192.0.0/10", "11.0.0.0/8"], covered: false },
  { range: "10.0.0.0/24", others: ["::/0"], covered: false },
  { range: "10.0.0.0/24", others: [], covered: false },
])("$range is covered by $others: $covered", ({ range, others, covered }) => {
  const [wanted] = ranges([range]);
  expect(wanted !== undefined && isCovered(wanted, ranges(others))).toBe(covered);
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
      expect(PUBLIC_SPACE.count(halves, 4)).toBe(PUBLIC_SPACE.count([range], 4));
      expect(isCovered(range, halves)).toBe(true);
    }),
  );
});
