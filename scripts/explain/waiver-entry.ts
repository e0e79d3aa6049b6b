import type { Lang } from "../../catalog/text.ts";

/** Lines of a waiver below `waivers:`; the words in angle brackets are left to whoever decides. Of the contract as a whole no system is named. */
export function waiverEntry(
  {
    policy,
    system,
    address,
    attribute,
  }: { readonly policy: string; readonly system: string | null; readonly address: string; readonly attribute?: string | undefined },
  lang: Lang,
): readonly string[] {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  return [
    `  - policy: ${policy}`,
    ...(system === null ? [] : [`    system: ${system}`]),
    `    address: ${address}`,
    ...(attribute === undefined ? [] : [`    attribute: ${attribute}`]),
    `    reason: <${say("原因", "why it may stand")}>`,
    `    owner: <${say("负责的岗位", "the role that answers for it")}>`,
    `    approver: <${say("批准人：policies/approvers.yaml 里的岗位，不能是提交人", "who approves: a role of policies/approvers.yaml, never the author")}>`,
    `    expires: <${say("最后一天，最长一年，如 2026-03-31", "its last day, at most a year ahead, such as 2026-03-31")}>`,
  ];
}

/** The entry for any finding of a policy, with a system and an address as its findings show them. */
export function waiverPattern(policy: string, lang: Lang): readonly string[] {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const system = say(
    "<单位>/<系统>（整个合同的结果不写这一行）",
    "<bureau>/<system> (without this line for a finding of the whole contract)",
  );
  return waiverEntry({ policy, system, address: say("<结果里的地址>", "<the address that the finding shows>") }, lang);
}
