import { editedValues } from "../../catalog/governing-data.ts";
import { defineContractPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a request that edits the contract or Annex 1, or that brings the contract it is judged by. */
export const noContractEdited = defineContractPolicy({
  id: "catalogue/no-contract-edited",
  level: "mandatory",
  title: { zh: "申请不改动合同和附件1", en: "No request edits the contract or Annex 1" },
  why: {
    zh: "价格、期限、限价是双方签订的，申请要用它们来判断；能在申请里改，等于自己给自己定标准",
    en: "Fee, term and ceilings are what both parties signed and what requests are judged by: a request that edits them judges itself",
  },
  clause: "合同 15.1.1、15.2.1、15.6",
  remedy: {
    zh: "恢复原来的值；双方已签书面补充合同的，由中心在 policies/waivers.yaml 登记豁免，写明补充合同编号",
    en: "Put the value back; where both parties signed a written supplement, the centre records it as a waiver in policies/waivers.yaml",
  },
  check({ base, catalogue }) {
    if (base === undefined) return [notApplicable("没有比较的基准", "there is nothing to compare with")];
    const edits = editedValues(base.catalogue, catalogue, "contract").map(
      ({ file, path, address, attribute, decides, was, is }): Verdict =>
        violation(
          { address, attribute, at: { file, path } },
          `${decides.zh}从 ${was.zh} 改成了 ${is.zh}：合同只能由双方签字盖章的书面补充合同修改`,
          `Cannot change ${decides.en} from ${was.en} to ${is.en}: only a written supplement signed by both parties amends the contract`,
        ),
    );
    const known = new Set(base.catalogue.contracts.map(({ id }) => id));
    const brought = catalogue.contracts
      .filter(({ id }) => !known.has(id))
      .map(({ id, from }): Verdict => {
        const file = `catalog/contracts/${id}.yaml`;
        return violation(
          { address: file, attribute: "term.from", at: { file, path: ["term", "from"] } },
          `本次申请带来了合同 ${id}（从 ${from} 起）：新合同由双方签字盖章，须由大数据中心登记`,
          `Cannot take in contract ${id}, in force from ${from}: this very request brings it, and a contract is what both parties signed`,
        );
      });
    return edits.length + brought.length === 0 ? [pass()] : [...edits, ...brought];
  },
});
