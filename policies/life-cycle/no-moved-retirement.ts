import { reasonForChange } from "../../catalog/change-reason.ts";
import { declared, defineSystemPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a day of retirement that is brought forward, that is put off without a reason, or that is rewritten once the system is retired. */
export const noMovedRetirement = defineSystemPolicy({
  id: "life-cycle/no-moved-retirement",
  level: "mandatory",
  title: { zh: "定下的下线日期不随意改动", en: "A day of retirement that was set is kept" },
  why: {
    zh: "使用单位按定下的日期取回数据：提前，数据没取完就销毁；推迟，继续花钱；下线以后，日期和证明就是凭据",
    en: "People take back their data by that day: brought forward, data are destroyed too soon; put off, it goes on costing money; and once retired, day and attestation are the record",
  },
  clause: "合同 5.4、附件4 2、附件4 3",
  remedy: {
    zh: "恢复原来的日期（on）和证明（attestation）；要推迟，在 changeReason 写明原因；确须提前的，由市大数据中心登记豁免",
    en: "Put day and attestation back; where the day is put off, say why in changeReason; where it must come sooner, the centre records a waiver",
  },
  check({ declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台不下线", "the platform is not retired")];
    const [before, then, now] = [base?.declaration, base?.declaration?.retirement, declaration.retirement];
    if (before === undefined || then === undefined) return [notApplicable("原来没有下线日期", "no day of retirement was set before")];
    if (now === undefined && before.stage !== "retired") {
      const reason = reasonForChange(declaration, before);
      if (reason.kind === "given") return [pass()];
      return [
        violation(
          { ...declared(declaration, ["stage"]), asks: [{ kind: "changeReason" }] },
          `撤销了定在 ${then.on} 的下线：${reason.wanted.zh}`,
          `Cannot call off the retirement of ${then.on}: ${reason.wanted.en}`,
        ),
      ];
    }
    if (now === undefined) return [notApplicable("退出已撤销", "the exit is called off")];
    if (before.stage === "retired") {
      return (["on", "attestation"] as const).map((key): Verdict => {
        if (then[key] === now[key]) return pass();
        return violation(
          declared(declaration, ["retirement", key]),
          `系统已经下线，${key === "on" ? `日期 ${then.on}` : "证明"}是凭据，不能再改`,
          `Cannot rewrite ${key === "on" ? `the day ${then.on}` : "the attestation"} of a system that is retired: it is the record`,
        );
      });
    }
    const place = declared(declaration, ["retirement", "on"]);
    if (now.on < then.on)
      return [
        violation(
          place,
          `下线日期从 ${then.on} 提前到 ${now.on}；应为 ${then.on} 或以后`,
          `Cannot bring the retirement forward from ${then.on} to ${now.on}: wanted ${then.on} or later`,
        ),
      ];
    // A system that did retire later than planned says the day on which it did.
    if (now.on === then.on || declaration.stage === "retired") return [pass()];
    const reason = reasonForChange(declaration, before);
    if (reason.kind === "given") return [pass()];
    return [
      violation(
        { ...place, asks: [{ kind: "changeReason" }] },
        `下线日期从 ${then.on} 推迟到 ${now.on}：${reason.wanted.zh}`,
        `Cannot put the retirement off from ${then.on} to ${now.on}: ${reason.wanted.en}`,
      ),
    ];
  },
});
