import { expect, test } from "vitest";
import { didYouMean } from "../../../catalog/source/did-you-mean.ts";

test.each([
  { found: "gvo", allowed: ["gov", "ps"], meant: "gov", why: "neighbours changed about, in a short word" },
  { found: "sp", allowed: ["gov", "ps"], meant: "ps", why: "neighbours changed about, in the shortest" },
  { found: "trail", allowed: ["production", "trial"], meant: "trial", why: "neighbours changed about" },
  { found: "familiy", allowed: ["family", "image"], meant: "family", why: "one letter too many" },
  { found: "memoryGB", allowed: ["memoryGb", "cpu"], meant: "memoryGb", why: "another case" },
  { found: "data_disks", allowed: ["dataDisks", "systemDisk"], meant: "dataDisks", why: "another way to write two words" },
  { found: "ab", allowed: ["cd"], meant: undefined, why: "nothing alike" },
  { found: "gone", allowed: ["gov"], meant: undefined, why: "another word" },
  { found: "12", allowed: ["21"], meant: undefined, why: "another number is another thing" },
  { found: "", allowed: ["gov"], meant: undefined, why: "nothing written" },
  { found: "gov", allowed: [], meant: undefined, why: "nothing allowed" },
])("$found: $meant ($why)", ({ found, allowed, meant }) => {
  expect(didYouMean(found, allowed)).toBe(meant);
});
