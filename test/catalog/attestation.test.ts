import { expect, test } from "vitest";
import { isAttestation } from "../../catalog/attestation.ts";

test.each([
  { words: "数据已返还并清除，清单编号 TC-2026-011", good: true },
  { words: "数据已全部返还并清除，清单编号二零二六", good: true },
  { words: "Data returned and erased, record 2026-017", good: true },
  { words: "数据已于 2026-01-05 返还，介质清理记录 88 号", good: true },
  { words: "无", good: false },
  { words: "abcdefghij", good: false },
  { words: "1234567890", good: false },
  { words: "数据已经返还并清除了", good: false },
  { words: "数据已于 2026-01-05 返还并清除", good: false },
  { words: "数据已于2026年1月5日返还并清除", good: false },
  { words: "数据已返还清单 7", good: false },
  { words: "已已已已已已已已已已 12", good: false },
])("$words: $good", ({ words, good }) => {
  expect(isAttestation(words)).toBe(good);
});
