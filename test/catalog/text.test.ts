import { expect, test } from "vitest";
import { counted } from "../../catalog/text.ts";

test.each([
  [0, "system", undefined, "0 systems"],
  [1, "system", undefined, "1 system"],
  [18, "system", undefined, "18 systems"],
  [1, "entry", "entries", "1 entry"],
  [2, "entry", "entries", "2 entries"],
] as const)("%i of %s is in English as people say it", (count, one, many, words) => {
  expect(counted(count, one, many)).toBe(words);
});
