import { defineContractPolicy, pass, violation } from "../policy.ts";

/** Points out a waiver that no finding needs: it would silence a later one that nobody decided on. */
export const noUnusedWaiver = defineContractPolicy({
  id: "waiver/no-unused-waiver",
  level: "advisory",
  title: { zh: "没有用不上的豁免", en: "No waiver is unused" },
  why: {
    zh: "用不上的豁免留着，会放过以后没有人批准过的问题",
    en: "A waiver that is not needed any more would let a later finding pass that nobody decided on",
  },
  clause: "GB/T 39786-2021 8.5 管理制度",
  remedy: {
    zh: "删除这条豁免；如果地址写错，请改成结果里的确切地址",
    en: "Delete the waiver, or correct its address to the one that the finding shows",
  },
  check({ at, waivers }) {
    return waivers.map(({ used, waiver: { policy, system, address, expires, source, index } }) => {
      // An expired one is told by the policy on expiry.
      if (used || at.toString() > expires) return pass();
      return violation(
        {
          ...(system === undefined ? {} : { system }),
          address,
          attribute: "policy",
          at: { file: source.path, path: ["waivers", index, "policy"] },
        },
        `策略 ${policy} 在 ${address} 没有需要豁免的结果`,
        `Cannot find a finding of ${policy} at ${address} that this waiver would cover`,
      );
    });
  },
});
