import type { ContractSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { type Named, named, tenant } from "./named.ts";

/** Two display names that a person takes for one another. */
const ALIKE: readonly (readonly [zh: string, en: string, first: string, second: string])[] = [
  ["西里尔字母 а", "a Cyrillic a", "аррӏе", "apple"],
  ["数字 1 与字母 l", "digit 1 and letter l", "系统1期", "系统l期"],
  ["大写 I 与小写 l", "capital I and small l", "AI平台", "Al平台"],
  ["数字 0 与字母 O", "digit 0 and letter O", "OA办公", "0A办公"],
  ["〇 与字母 O", "the Chinese zero and letter O", "〇A办公", "OA办公"],
  ["字母 i 与数字 1", "letter i and digit 1", "OA service平台", "OA serv1ce平台"],
  ["字母 i 与字母 l", "letters i and l", "social平台", "sociai平台"],
  ["只差大小写", "case alone", "OA办公平台", "oa办公平台"],
  ["只差连字符", "a hyphen alone", "一网-通办", "一网通办"],
  ["rn 与 m", "rn and m", "horne平台", "home平台"],
  ["形近字 己、已", "the characters 己 and 已", "知己平台", "知已平台"],
  ["形近字 未、末", "the characters 未 and 末", "期末考试", "期未考试"],
  ["形近字 日、曰", "the characters 日 and 曰", "节假日管理", "节假曰管理"],
  ["片假名 ロ 与汉字 口", "the kana ro and the character 口", "人口普查", "人ロ普查"],
  ["片假名 エ 与汉字 工", "the kana e and the character 工", "人工智能", "人エ智能"],
  ["句末多一个句号", "a full stop at the end", "智慧教育平台", "智慧教育平台。"],
  ["多一对空括号", "an empty pair of brackets", "智慧教育平台", "智慧教育平台（）"],
  ["中间多一个间隔号", "a middle dot", "智慧教育平台", "智慧教育·平台"],
  ["装饰符号", "an ornament", "智慧教育平台", "★智慧教育平台★"],
  ["形近字 台、合", "the characters 台 and 合", "智慧教育平台", "智慧教育平合"],
  ["英文单复数", "a plural", "OA service平台", "OA services平台"],
  ["带重音的字母", "a letter with an accent", "café平台", "cafe平台"],
];

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "名称一眼能区分", en: "names that differ at a glance" },
    subject: named(
      [
        ["hrss/social-insurance", "社会保险核心业务系统"],
        ["hrss/job-service", "公共就业服务平台"],
        ["health/portal", "门户一期"],
        ["hrss/portal", "门户二期"],
      ],
      undefined,
      [tenant("hrss", "人力资源和社会保障局"), tenant("health", "卫生健康委员会")],
    ),
    verdict: "pass",
    finds: [],
  },
  ...ALIKE.map(
    ([zh, en, first, second]): PolicyCase<ContractSubject> => ({
      example: { zh: `两个系统的名称看着一样：${zh}`, en: `two display names that look alike: ${en}` },
      subject: named(
        [
          ["hrss/one", first],
          ["transport/two", second],
        ],
        [["hrss/one", first]],
      ),
      verdict: "violation",
      finds: [`violation transport/two#name: Cannot accept the system name "${second}": it passes for "${first}" of hrss/one`],
    }),
  ),
  {
    example: { zh: "蒙古文与汉字写的名称", en: "a name in Mongolian and Chinese, whose letters pass for no Latin ones" },
    subject: named([["hrss/one", "ᠮᠣᠩᠭᠣᠯ 蒙古文教育平台"]]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "汉字名称里混进一个西里尔字母", en: "one Cyrillic letter in a Chinese name" },
    subject: named([["hrss/one", "ОA办公"]]),
    verdict: "violation",
    finds: ['violation hrss/one#name: Cannot accept the system name "ОA办公": it mixes in letters that pass for Latin ones (U+041E)'],
  },
  {
    example: { zh: "名称里有繁体字，看着像另一个系统", en: "a traditional character, which passes for another system's simplified one" },
    subject: named([["hrss/one", "智慧教育雲平台"]]),
    verdict: "violation",
    finds: [
      'violation hrss/one#name: Cannot accept the system name "智慧教育雲平台": 雲 (U+96F2) is no common simplified character, and may pass for one',
    ],
  },
  {
    example: { zh: "名称里有异体字", en: "a variant character" },
    subject: named([["hrss/one", "智慧敎育平台"]]),
    verdict: "violation",
    finds: [
      'violation hrss/one#name: Cannot accept the system name "智慧敎育平台": 敎 (U+654E) is no common simplified character, and may pass for one',
    ],
  },
  {
    example: { zh: "系统用单位的名称", en: "a system that bears a bureau's name" },
    subject: named([["hrss/one", "教育局"]], undefined, [tenant("hrss", "人社局"), tenant("education", "教育局")]),
    verdict: "violation",
    finds: ['violation hrss/one#name: Cannot accept the system name "教育局": it passes for "教育局" of education'],
  },
  {
    example: { zh: "标识只差单复数", en: "ids that differ by a plural" },
    subject: named(
      [
        ["hrss/job-service", "就业"],
        ["hrss/job-services", "新业务"],
      ],
      [["hrss/job-service", "就业"]],
    ),
    verdict: "violation",
    finds: [
      'violation hrss/job-services#id: Cannot accept the system id "hrss/job-services": it passes for "hrss/job-service" of hrss/job-service',
    ],
  },
  {
    example: { zh: "标识只差连字符的位置：a-b/c 与 a/b-c", en: "ids that differ by where the hyphen stands: a-b/c and a/b-c" },
    subject: named([
      ["a/b-c", "甲"],
      ["a-b/c", "系统之二"],
    ]),
    verdict: "violation",
    finds: ['violation a/b-c#id: Cannot accept the system id "a/b-c": it passes for "a-b/c" of a-b/c'],
  },
  {
    example: { zh: "标识只差 1 和 l，新来的改", en: "ids that differ by 1 and l: the newcomer changes" },
    subject: named(
      [
        ["hrss/portal", "老门户"],
        ["hrss/porta1", "新平台"],
      ],
      [["hrss/portal", "老门户"]],
    ),
    verdict: "violation",
    finds: ['violation hrss/porta1#id: Cannot accept the system id "hrss/porta1": it passes for "hrss/portal" of hrss/portal'],
  },
  {
    example: { zh: "与已下线系统的标识容易混淆", en: "an id that passes for a retired system's" },
    subject: named(
      [
        ["hrss/m-data", "数据"],
        ["hrss/rn-data", "别的", "retired"],
      ],
      [["hrss/rn-data", "别的", "retired"]],
    ),
    verdict: "violation",
    finds: ['violation hrss/m-data#id: Cannot accept the system id "hrss/m-data": it passes for "hrss/rn-data" of hrss/rn-data'],
  },
  {
    example: { zh: "改名改成与别人容易混淆的", en: "a system renamed into what passes for another" },
    subject: named(
      [
        ["hrss/a", "知已平台"],
        ["hrss/b", "知己平台"],
      ],
      [
        ["hrss/a", "原来的名称"],
        ["hrss/b", "知己平台"],
      ] satisfies readonly Named[],
    ),
    verdict: "violation",
    finds: ['violation hrss/a#name: Cannot accept the system name "知已平台": it passes for "知己平台" of hrss/b'],
  },
  {
    example: { zh: "两个单位的标识和名称都容易混淆", en: "two bureaus that look alike by id and by name" },
    subject: named([], undefined, [tenant("health", "卫生局"), tenant("hea1th", "卫-生局")]),
    verdict: "violation",
    finds: [
      'violation health#id: Cannot accept the bureau id "health": it passes for "hea1th" of hea1th',
      'violation health#name: Cannot accept the bureau name "卫生局": it passes for "卫-生局" of hea1th',
    ],
  },
  {
    example: { zh: "完全同名由另一条策略管", en: "one and the same name, which another policy tells" },
    subject: named([
      ["hrss/a", "门户网站"],
      ["hrss/b", "门户网站"],
    ]),
    verdict: "pass",
    finds: [],
  },
];
