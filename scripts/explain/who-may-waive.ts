import { type Text, text } from "../../catalog/text.ts";
import { NEVER_WAIVED } from "../../catalog/waiver.ts";
import type { Policy } from "../../policies/policy.ts";

export interface WaiverRule {
  readonly kind: "nobody" | "not-needed" | "by-decision";
  readonly words: Text;
}

/** Who may let a finding stand, by what the policy is; the one place that says so. */
const RULES: Readonly<Record<WaiverRule["kind"], Text>> = {
  nobody: text("任何人都不能豁免", "Nobody may waive it"),
  "not-needed": text("只是提示，不拒绝申请，不需要豁免", "It is advice and refuses nothing, so no waiver is needed"),
  "by-decision": text(
    "市大数据中心与安全负责人可以批准，批准人不能是写豁免的人。写明策略、系统、结果里的确切地址、原因、负责人、批准人和最后一天：中心写在 policies/waivers.yaml，单位写在 stacks/tenants/<单位>/waivers.yaml（只限自己的系统）",
    "The big-data centre and its security officer may, and never the author of the waiver. It names the policy, the system, the finding's exact address, the reason, owner, approver and last day: in policies/waivers.yaml by the centre, in stacks/tenants/<bureau>/waivers.yaml by a bureau for its own systems",
  ),
};

/** Who may waive a policy's findings. */
export function whoMayWaive({ id, level }: Policy): WaiverRule {
  const kind = NEVER_WAIVED.has(id) ? "nobody" : level === "advisory" ? "not-needed" : "by-decision";
  return { kind, words: RULES[kind] };
}
