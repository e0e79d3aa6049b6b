import { expect, test } from "vitest";
import { clauseWords } from "../../catalog/clause-words.ts";
import { POLICIES } from "../../policies/index.ts";
import { CATALOGUE } from "../declared.ts";

test.each([
  {
    clause: "合同 5.4、附件4; GB/T 22239-2019 8.1.4.10 剩余信息保护",
    zh: "合同 5.4、附件4；GB/T 22239-2019 8.1.4.10 剩余信息保护",
    en: "contract 5.4, Annex 4; GB/T 22239-2019 8.1.4.10 residual information protection",
  },
  {
    clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.3.2 访问控制",
    zh: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.3.2 访问控制",
    en: "GB/T 22239-2019 8.1.3.1 boundary protection; GB/T 22239-2019 8.1.3.2 access control",
  },
  { clause: "合同 7.1.1、附件3 二（一）", zh: "合同 7.1.1、附件3 二（一）", en: "contract 7.1.1, Annex 3 2(1)" },
  { clause: "合同 附件2 7.2 注1", zh: "合同 附件2 7.2 注1", en: "contract Annex 2 7.2 note 1" },
  { clause: "本项目规则; 合同 7.2.1", zh: "本项目规则；合同 7.2.1", en: "rule of this project; contract 7.2.1" },
  { clause: "附件1 第22项、第23项", zh: "附件1 第22项、第23项", en: "Annex 1 line 22, line 23" },
  { clause: "附件2 第7条注1", zh: "附件2 第7条注1", en: "Annex 2 section 7 note 1" },
])("$clause", ({ clause, zh, en }) => {
  expect([clauseWords(clause, "zh"), clauseWords(clause, "en")]).toEqual([zh, en]);
});

test("every clause that a policy, a line or a component cites is whole in either language", () => {
  const cited = [
    ...POLICIES.map(({ clause }) => clause),
    ...[...CATALOGUE.items.values()].map(({ clause }) => clause),
    ...CATALOGUE.components.flatMap(({ clause, controls }) => [clause, ...controls]),
  ];
  for (const clause of cited) {
    expect(clauseWords(clause, "en")).not.toMatch(/\p{Script=Han}|[、；（）]/u);
    expect(clauseWords(clause, "zh")).not.toMatch(/;/);
  }
});
