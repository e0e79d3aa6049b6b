import { expect, test } from "vitest";
import { compactNetworks } from "../../stacks/constructs/compact-networks.ts";

test.each([
  { what: "halves", prefixes: ["10.32.0.0/12", "10.48.0.0/12"], compact: ["10.32.0.0/11"] },
  { what: "halves in any order", prefixes: ["10.48.0.0/12", "10.32.0.0/12"], compact: ["10.32.0.0/11"] },
  { what: "neighbours that are no halves", prefixes: ["10.48.0.0/12", "10.64.0.0/12"], compact: ["10.48.0.0/12", "10.64.0.0/12"] },
  { what: "quarters", prefixes: ["10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/26", "10.0.0.192/26"], compact: ["10.0.0.0/24"] },
  { what: "one inside another", prefixes: ["10.0.0.0/8", "10.1.0.0/16"], compact: ["10.0.0.0/8"] },
  { what: "a single network", prefixes: ["10.176.0.0/12"], compact: ["10.176.0.0/12"] },
])("Of $what $compact are left", ({ prefixes, compact }) => {
  expect(compactNetworks(prefixes)).toEqual(compact);
});

test("A prefix that is no network is refused", () => {
  expect(() => compactNetworks(["10.0.0.1/8"])).toThrow('Cannot read the network "10.0.0.1/8"');
});
