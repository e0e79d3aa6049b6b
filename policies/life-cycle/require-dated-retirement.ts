import { ATTESTATION_WANTED, isAttestation, isSameAttestation } from "../../catalog/attestation.ts";
import { isProvided } from "../../catalog/declaration.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { declared, defineSystemPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a retirement that comes too early, that nobody attests to, or that skips the exit before it. */
export const requireDatedRetirement = defineSystemPolicy({
  id: "life-cycle/require-dated-retirement",
  level: "mandatory",
  title: { zh: "下线要到期、有证明、先退出", en: "A retirement has come due, is attested and follows an exit" },
  why: {
    zh: "下线会销毁系统的全部资源和数据：必须先经过退出阶段，到了日期，并有数据已返还、清除的证明",
    en: "Retirement destroys everything that the system has: it follows the stage exiting, on or after its day, with the attestation that data were returned and erased",
  },
  clause: "合同 5.4、附件4 3; GB/T 22239-2019 8.1.4.10 剩余信息保护",
  remedy: {
    zh: "先写 stage: exiting 和 retirement；到了 retirement.on 那天、数据返还和清除之后，再写 stage: retired，attestation 写明清单编号和清除情况",
    en: "Write stage: exiting with its retirement first; when the day retirement.on has come and data are returned and erased, write stage: retired and say so in attestation",
  },
  check({ at, declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台不下线", "the platform is not retired")];
    const { stage, retirement } = declaration;
    if (isProvided(declaration)) return [notApplicable("系统没有下线", "the system is not retired")];
    if (retirement === undefined)
      return [
        violation(
          declared(declaration, ["stage"]),
          "已下线，却没有写 retirement（日期和证明）",
          "Cannot be retired without retirement: wanted its date (on) and attestation",
        ),
      ];
    const verdicts: Verdict[] = [];
    const before = base?.declaration;
    if (before !== undefined && isProvided(before) && before.stage !== "exiting")
      verdicts.push(
        violation(
          declared(declaration, ["stage"]),
          `阶段从 ${before.stage} 直接改为 ${stage}；应先写 exiting`,
          `Cannot go from ${before.stage} to ${stage} at once: wanted exiting in between`,
        ),
      );
    // What a tree says without another to compare with changes nothing, so a day to come does no harm there.
    if (before !== undefined && retirement.on > at.toString())
      verdicts.push(
        violation(
          declared(declaration, ["retirement", "on"]),
          `下线日期 ${retirement.on} 还没有到（今天 ${at}）；到期之前应为 exiting`,
          `Cannot be retired on ${at}: its day is ${retirement.on}, wanted exiting until then`,
        ),
      );
    if (!isAttestation(retirement.attestation))
      verdicts.push(
        violation(
          declared(declaration, ["retirement", "attestation"]),
          `下线证明“${clip(retirement.attestation)}”不能作为凭据；应写明${ATTESTATION_WANTED.zh}`,
          `Cannot accept the attestation "${clip(retirement.attestation)}": wanted ${ATTESTATION_WANTED.en}`,
        ),
      );
    // What announced the exit was written before data were returned and erased: it cannot tell that they were.
    else if (before !== undefined && isProvided(before) && isSameAttestation(retirement.attestation, before.retirement?.attestation))
      verdicts.push(
        violation(
          declared(declaration, ["retirement", "attestation"]),
          `下线证明与退出时写的相同；应重写为实际的返还和清除情况：${ATTESTATION_WANTED.zh}`,
          `Cannot accept the attestation that announced the exit: wanted what was done since, ${ATTESTATION_WANTED.en}`,
        ),
      );
    return verdicts.length === 0 ? [pass()] : verdicts;
  },
});
