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
      'violation education#name: Cannot name this bureau "教育局": edu-two has that name, and a bureau has one folder and one budget',
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
  {
    example: { zh: "两个系统在一次申请里互换名称", en: "two systems that trade their names in one request" },
    subject: named(
      [
        ["hrss/pension", "失业保险系统"],
        ["hrss/unemployment", "养老保险系统"],
      ],
      [
        ["hrss/pension", "养老保险系统"],
        ["hrss/unemployment", "失业保险系统"],
      ],
    ),
    verdict: "violation",
    finds: [
      'violation hrss/pension#name: Cannot name this system "失业保险系统": hrss/unemployment bears that name until this request; wanted another, or this one once hrss/unemployment was renamed by an earlier request',
      'violation hrss/unemployment#name: Cannot name this system "养老保险系统": hrss/pension bears that name until this request; wanted another, or this one once hrss/pension was renamed by an earlier request',
    ],
  },
  {
    example: { zh: "新系统拿走了刚改名的系统的名称", en: "a new system under the name that another gives up in the same request" },
    subject: named(
      [
        ["hrss/portal", "门户网站（旧）"],
        ["hrss/portal-new", "门户网站"],
      ],
      [["hrss/portal", "门户网站"]],
    ),
    verdict: "violation",
    finds: [
      'violation hrss/portal-new#name: Cannot name this system "门户网站": hrss/portal bears that name until this request; wanted another, or this one once hrss/portal was renamed by an earlier request',
    ],
  },
  {
    example: { zh: "系统改名，新名称没有别的系统用过", en: "a system under another name, which no other bore" },
    subject: named([["hrss/portal", "人社局门户网站"]], [["hrss/portal", "门户网站"]]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "系统下线的同时，接替它的沿用名称", en: "the successor under the name of a system that this request retires" },
    subject: named(
      [
        ["hrss/portal", "门户网站", "retired"],
        ["hrss/portal-new", "门户网站"],
      ],
      [["hrss/portal", "门户网站", "exiting"]],
    ),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "两个单位互换名称", en: "two bureaus that trade their names" },
    subject: named(
      [],
      [],
      [tenant("education", "体育局"), tenant("sports", "教育局")],
      [tenant("education", "教育局"), tenant("sports", "体育局")],
    ),
    verdict: "violation",
    finds: [
      'violation education#name: Cannot name this bureau "体育局": sports bears that name until this request; wanted another, or this one once sports was renamed by an earlier request',
      'violation sports#name: Cannot name this bureau "教育局": education bears that name until this request; wanted another, or this one once education was renamed by an earlier request',
    ],
  },
];
