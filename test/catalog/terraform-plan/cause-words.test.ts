import { expect, test } from "vitest";
import { causeWords } from "../../../catalog/terraform-plan/cause-words.ts";
import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import { resource } from "../../declared.ts";

const change = (
  action: ResourceChange["action"],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  ...cause: string[]
): ResourceChange => ({
  address: "t.it",
  type: "t",
  action,
  before: resource("t", before),
  after: resource("t", after),
  cause,
  damage: [],
});

test.each([
  [change("update", { size: 20 }, { size: 15 }, "size"), "size changes from 20 to 15, so it is changed in place"],
  [change("replace", {}, { key: "a" }, "key"), 'key changes from none to "a", so it is destroyed and made anew'],
  [change("update", { a: 1, b: 1 }, { a: 2, b: 2 }, "a", "b"), "a changes from 1 to 2 (and b), so it is changed in place"],
  [
    change("update", { disk: [{ size: 1 }, { size: 2 }] }, { disk: [{ size: 1 }, { size: 3 }] }, "disk.size"),
    "disk.size changes from 2 to 3, so it is changed in place",
  ],
  [change("update", {}, {}, "network.port"), "what network.port refers to changes, so it is changed in place"],
  [change("delete", { size: 1 }, {}), "it is deleted"],
  [
    change("update", { text: "x" }, { text: `${"y".repeat(60)}\u001b[31m\n` }, "text"),
    `text changes from "x" to "${"y".repeat(39)}…, so it is changed in place`,
  ],
  [change("update", { text: "x" }, { text: "\u202egpj" }, "text"), 'text changes from "x" to "\ufffdgpj", so it is changed in place'],
] as const)("%#: %s", (each, words) => {
  expect(causeWords(each).en).toBe(words);
});

test("In Chinese too", () => {
  expect(causeWords(change("replace", { size: 20 }, { size: 15 }, "size")).zh).toBe("size 从 20 改为 15，因而销毁后重建");
});
