import { isInForce, type WaiverUse } from "../../catalog/waiver.ts";
import { defineContractPolicy, pass, type Verdict, violation, waiverPlace } from "../policy.ts";

/** Points out a waiver that no finding needs: it would silence a later one that nobody decided on. */
export const noUnusedWaiver = defineContractPolicy({
  id: "waiver/no-unused-waiver",
  level: "advisory",
  waivableBy: "nobody",
  title: { zh: "没有用不上的豁免", en: "No waiver is unused" },
  why: {
    zh: "用不上的豁免留着，会放过以后没有人批准过的问题",
    en: "A waiver that is not needed any more would let a later finding pass that nobody decided on",
  },
  clause: "本项目规则; GB/T 39786-2021 8.5 管理制度",
  remedy: {
    zh: "删除这条豁免；如果本来要用，请把地址和属性改成结果里的",
    en: "Delete the waiver; where it was meant to cover a finding, correct its address and attribute to those that the finding shows",
  },
  check({ at, waivers }) {
    // One that has ended or reaches too far is told by the policies on that.
    return waivers.map((use) => (isInForce(use.waiver, at) ? verdictOf(use) : pass()));
  },
});

function verdictOf({ waiver, outcome }: WaiverUse): Verdict {
  const { policy, address, covers } = waiver;
  switch (outcome.kind) {
    case "covers":
    case "unjudged":
      return pass();
    case "unneeded":
      return violation(
        waiverPlace(waiver, "policy"),
        `策略 ${policy} 在 ${address} 没有需要豁免的结果`,
        `Cannot find a finding of ${policy} at ${address} that this waiver would cover`,
      );
    case "ambiguous": {
      const attributes = outcome.attributes.map((each) => each || "-").join(", ");
      return violation(
        waiverPlace(waiver, "address"),
        `策略 ${policy} 在 ${address} 有几条结果，看不出豁免哪一条：请写明 attribute（${attributes}）`,
        `Cannot tell which of the findings of ${policy} at ${address} is waived: wanted attribute (${attributes})`,
      );
    }
    case "other-kind":
      return violation(
        waiverPlace(waiver, "covers"),
        `策略 ${policy} 在 ${address} 的结果是${outcome.found === "undetermined" ? "无法判断" : "违反"}，这条豁免只适用于${covers === "undetermined" ? "无法判断" : "违反"}（covers: ${covers}）`,
        `Cannot cover the finding of ${policy} at ${address}: it is ${outcome.found}, and this waiver covers ${covers}; wanted covers: ${outcome.found}`,
      );
  }
}
