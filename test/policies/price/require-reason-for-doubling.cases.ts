import { Decimal } from "decimal.js";
import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const change = (from: string, to: string, reason?: string, earlier?: string): SystemSubject =>
  systemSubject(declaration({ changeReason: reason }), {
    monthly: new Decimal(to),
    base: { declaration: declaration({ changeReason: earlier }), resources: [], monthly: new Decimal(from) },
  });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "每月 1000 元到 1999.99 元，不到一倍", en: "from 1000 to 1999.99 a month, which is not yet double" },
    subject: change("1000.00", "1999.99"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "翻了一倍，写了原因", en: "double, with its reason" },
    subject: change("1000.00", "2000.00", "参保登记高峰，扩容应用服务器"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "翻了一倍，没有写原因", en: "double, without a reason" },
    subject: change("1000.00", "2000.00"),
    verdict: "violation",
    finds: [
      "violation hrss/social#changeReason: Cannot raise the monthly list price from 1,000.00 to 2,000.00, which at least doubles it: wanted changeReason",
    ],
  },
  {
    example: { zh: "涨到十倍，原因是空格", en: "ten times as much, for a reason of spaces" },
    subject: change("1000.00", "10000.00", "  "),
    verdict: "violation",
    finds: [
      "violation hrss/social#changeReason: Cannot raise the monthly list price from 1,000.00 to 10,000.00, which at least doubles it: wanted changeReason",
    ],
  },
  {
    example: { zh: "原因还是上一次变更的", en: "double, for the reason of an earlier change" },
    subject: change("1000.00", "2000.00", "迁移", "迁移"),
    verdict: "violation",
    finds: [
      "violation hrss/social#changeReason: Cannot raise the monthly list price from 1,000.00 to 2,000.00, which at least doubles it: changeReason is that of an earlier change, wanted this change's",
    ],
  },
  {
    example: { zh: "原因只写了“扩容”", en: "double, for a reason of one word" },
    subject: change("1000.00", "2000.00", "扩容"),
    verdict: "violation",
    finds: [
      'violation hrss/social#changeReason: Cannot raise the monthly list price from 1,000.00 to 2,000.00, which at least doubles it: changeReason "扩容" says nothing, wanted 8 characters or more',
    ],
  },
  {
    example: { zh: "原来不花钱，现在花钱了", en: "a price where there was none" },
    subject: change("0.00", "0.01"),
    verdict: "violation",
    finds: [
      "violation hrss/social#changeReason: Cannot raise the monthly list price from 0.00 to 0.01, which at least doubles it: wanted changeReason",
    ],
  },
  { example: { zh: "一直不花钱", en: "no price before and after" }, subject: change("0.00", "0.00"), verdict: "pass", finds: [] },
  { example: { zh: "费用减少", en: "a lower price" }, subject: change("2000.00", "500.00"), verdict: "pass", finds: [] },
  { example: { zh: "新系统", en: "a new system" }, subject: systemSubject(), verdict: "not-applicable" },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
