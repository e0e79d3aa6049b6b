import stringWidth from "string-width";
import { expect, test } from "vitest";
import { grouped, shorten, signed, table } from "../../../scripts/render/table.ts";

test("columns align in terminal cells, where a Chinese character takes two", () => {
  const lines = table(
    [{ title: "系统" }, { title: "Amount", align: "right" }],
    [
      ["社会保险", "1.00"],
      ["abc", "22.00"],
    ],
  );
  expect(lines).toEqual(["系统      Amount", "────────────────", "社会保险    1.00", "abc        22.00"]);
  expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([16]));
});

test.each([
  ["0.00", "0.00", "—"],
  ["-0.00", "-0.00", "—"],
  ["1234567.80", "1,234,567.80", "+1,234,567.80"],
  ["-999.99", "-999.99", "−999.99"],
  ["1000", "1,000", "+1,000"],
])("the amount %s is grouped as %s and signed as %s", (amount, inGroups, withSign) => {
  expect([grouped(amount), signed(amount)]).toEqual([inGroups, withSign]);
});

test.each([
  ["社会保险核心业务系统", 10, "社会保险…"],
  ["short", 10, "short"],
])("%s in %d cells is %s", (words, width, shortened) => {
  expect(shorten(words, width)).toBe(shortened);
});
