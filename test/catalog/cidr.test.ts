import { describe, expect, test } from "vitest";
import { addressAt, contains, isCidr, overlaps, readCidr } from "../../catalog/cidr.ts";

function cidr(words: string) {
  const read = readCidr(words);
  if (read === undefined) throw new Error(`wanted a network: ${words}`);
  return read;
}

test.each(["10.20.3.0/24", "0.0.0.0/0", "255.255.255.255/32", "192.0.2.128/26", "128.0.0.0/1"])("%s is a network", (words) => {
  expect(isCidr(words)).toBe(true);
});

test.each([
  { words: "10.20.3.1/24", why: "host bits are set" },
  { words: "10.20.3.0", why: "there is no length" },
  { words: "10.20.3.0/33", why: "the length is beyond 32" },
  { words: "10.20.3.0/", why: "the length is empty" },
  { words: "10.20.3.0/024", why: "the length has a leading zero" },
  { words: "10.020.3.0/24", why: "a part has a leading zero, which some read as octal" },
  { words: "256.0.0.0/8", why: "a part is beyond 255" },
  { words: "10.20.3/24", why: "a part is missing" },
  { words: "10.20.3.0.0/24", why: "there is a part too many" },
  { words: " 10.20.3.0/24", why: "there is a space" },
  { words: "10.20.3.0/24\n", why: "there is a line break" },
  { words: "0x0a.0.0.0/8", why: "a part is hexadecimal" },
  { words: "-1.0.0.0/8", why: "a part is negative" },
  { words: "１０.20.3.0/24", why: "digits are full-width" },
  { words: "::/0", why: "it is IPv6" },
  { words: "", why: "it is empty" },
])("%j is no network, for $why", ({ words }) => {
  expect(isCidr(words)).toBe(false);
});

test("A network is read as its first and last address", () => {
  expect(cidr("10.20.3.0/24")).toEqual({ first: 169_083_648, last: 169_083_903, prefix: 24 });
  expect(cidr("0.0.0.0/0")).toEqual({ first: 0, last: 4_294_967_295, prefix: 0 });
  expect(cidr("255.255.255.255/32")).toEqual({ first: 4_294_967_295, last: 4_294_967_295, prefix: 32 });
});

describe("Two networks", () => {
  test.each([
    { a: "10.0.0.0/8", b: "10.20.0.0/16", aContainsB: true, bContainsA: false, overlap: true },
    { a: "10.20.0.0/16", b: "10.20.0.0/16", aContainsB: true, bContainsA: true, overlap: true },
    { a: "10.20.0.0/24", b: "10.20.1.0/24", aContainsB: false, bContainsA: false, overlap: false },
    { a: "0.0.0.0/0", b: "255.255.255.255/32", aContainsB: true, bContainsA: false, overlap: true },
    { a: "127.255.255.255/32", b: "128.0.0.0/32", aContainsB: false, bContainsA: false, overlap: false },
  ])("$a and $b: overlap is $overlap", ({ a, b, aContainsB, bContainsA, overlap }) => {
    expect([contains(cidr(a), cidr(b)), contains(cidr(b), cidr(a))]).toEqual([aContainsB, bContainsA]);
    expect([overlaps(cidr(a), cidr(b)), overlaps(cidr(b), cidr(a))]).toEqual([overlap, overlap]);
  });
});

test.each([
  { network: "10.20.3.0/24", offset: 0, address: "10.20.3.0" },
  { network: "10.20.3.0/24", offset: 10, address: "10.20.3.10" },
  { network: "10.20.2.0/23", offset: 256, address: "10.20.3.0" },
  { network: "255.255.255.0/24", offset: 255, address: "255.255.255.255" },
  { network: "192.0.2.0/24", offset: 1, address: "192.0.2.1" },
])("Address $offset of $network is $address", ({ network, offset, address }) => {
  expect(addressAt(cidr(network), offset)).toBe(address);
});
