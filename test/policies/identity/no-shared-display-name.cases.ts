import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { named, tenant } from "./named.ts";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "各系统名称不同", en: "systems of different names" },
    subject: named([
      ["health/portal", "卫健委门户网站"],
      ["hrss/portal", "人社局门户网站"],
    ]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "两个目录都叫教育局", en: "two bureaus of one name" },
    subject: named([], undefined, [tenant("education", "教育局"), tenant("edu-two", "教育局")]),
    verdict: "violation",
    finds: [
      'violation edu-two#name: Cannot name this bureau "教育局": education has that name, and a bureau has one folder and one budget',
    ],
  },
  {
    example: { zh: "两个单位的系统同名", en: "two bureaus' systems of one name" },
    subject: named([
      ["health/portal", "门户网站"],
      ["hrss/portal", "门户网站"],
    ]),
    verdict: "violation",
    finds: ['violation hrss/portal#name: Cannot name this system "门户网站": health/portal has that name'],
  },
  {
    example: { zh: "只差空格和全角字符", en: "names that differ by spaces and full-width letters alone" },
    subject: named([
      ["health/oa", "OA 办公（一期）"],
      ["hrss/oa", "ＯＡ办公(一期)"],
    ]),
    verdict: "violation",
    finds: ['violation hrss/oa#name: Cannot name this system "ＯＡ办公(一期)": health/oa has that name'],
  },
  {
    example: { zh: "原有的保留名称，新来的改", en: "the newcomer changes, not the one that bore the name" },
    subject: named(
      [
        ["health/portal", "门户网站"],
        ["hrss/portal", "门户网站"],
      ],
      [["hrss/portal", "门户网站"]],
    ),
    verdict: "violation",
    finds: ['violation health/portal#name: Cannot name this system "门户网站": hrss/portal has that name'],
  },
  {
    example: { zh: "接替已下线的系统，沿用名称", en: "the successor of a retired system under its name" },
    subject: named([
      ["hrss/portal", "门户网站", "retired"],
      ["hrss/portal-new", "门户网站"],
    ]),
    verdict: "pass",
    finds: [],
  },
];
