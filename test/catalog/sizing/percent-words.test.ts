import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import { bandedPercentWords, limitedPercentWords, percentWords } from "../../../catalog/sizing/percent-words.ts";
import { CATALOGUE } from "../../declared.ts";

const { cpu } = CATALOGUE.resourceUsage;

test.each([
  { percent: "70", printed: "70" },
  { percent: "12.50", printed: "12.5" },
  { percent: "33.333333", printed: "33.3333" },
  { percent: "66.66666", printed: "66.6667" },
  { percent: "69.99999", printed: "69.9999" },
  { percent: "29.999999", printed: "29.9999" },
  { percent: "15.00001", printed: "15.0001" },
  { percent: "15", printed: "15" },
  { percent: "0.00001", printed: "0" },
])("$percent % is printed as $printed", ({ percent, printed }) => {
  expect(bandedPercentWords(new Decimal(percent), cpu)).toBe(printed);
});

test("a share below its limit is not printed as the limit", () => {
  expect(limitedPercentWords(new Decimal("79.999999"), 80)).toBe("79.9999");
  expect(limitedPercentWords(new Decimal("80"), 80)).toBe("80");
  expect(percentWords(new Decimal("79.999999"))).toBe("80");
});
