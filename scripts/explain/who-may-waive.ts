import { type Text, text } from "../../catalog/text.ts";
import type { Policy } from "../../policies/policy.ts";

export interface WaiverRule {
  readonly kind: "nobody" | "not-needed" | "centre" | "tenant";
  readonly words: Text;
}

const ENTRY = text(
  "豁免写明策略、系统、结果里的确切地址（同一地址有几条结果时还有属性）、原因、负责人、批准人和最后一天（最长一年）；批准人是 policies/approvers.yaml 里的岗位，不能写过这条豁免",
  "A waiver names the policy, the system, the finding's exact address (and its attribute where several findings stand there), the reason, owner, approver and last day, at most a year ahead; the approver is a role of policies/approvers.yaml and wrote no part of it",
);

/** Who may let a finding stand, by what the policy is; the one place that says so. */
const RULES: Readonly<Record<WaiverRule["kind"], Text>> = {
  nobody: text("任何人都不能豁免", "Nobody may waive it"),
  "not-needed": text("只是提示，不拒绝申请，不需要豁免", "It is advice and refuses nothing, so no waiver is needed"),
  centre: text(
    `只有市大数据中心可以豁免，写在 policies/waivers.yaml，单位自己的文件不行。${ENTRY.zh}`,
    `The big-data centre alone may waive it, in policies/waivers.yaml and not in a bureau's own file. ${ENTRY.en}`,
  ),
  tenant: text(
    `可以豁免：中心写在 policies/waivers.yaml，单位写在 stacks/tenants/<单位>/waivers.yaml（只限自己的系统）。${ENTRY.zh}`,
    `It may be waived: in policies/waivers.yaml by the centre, in stacks/tenants/<bureau>/waivers.yaml by a bureau for its own systems. ${ENTRY.en}`,
  ),
};

/** Who may waive a policy's findings. */
export function whoMayWaive({ level, waivableBy }: Pick<Policy, "level" | "waivableBy">): WaiverRule {
  const kind = waivableBy !== "nobody" && level === "advisory" ? "not-needed" : waivableBy;
  return { kind, words: RULES[kind] };
}
