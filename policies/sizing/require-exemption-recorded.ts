import { REASON_SENSE } from "../../catalog/change-reason.ts";
import type { Declaration } from "../../catalog/declaration.ts";
import { saysSomething, saysTheSame } from "../../catalog/meaning.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { declared, defineContractPolicy, type Place, pass, undetermined, type Verdict, violation } from "../policy.ts";

/**
 * Rejects an exemption from sizing that is new or prolonged until the centre records it, one that says nothing, and one that reaches too far ahead. It sees
 * all declarations, since an exemption that a new system brings is as new as one that is added.
 */
export const requireExemptionRecorded = defineContractPolicy({
  id: "sizing/require-exemption-recorded",
  level: "mandatory",
  title: { zh: "不按使用率调整的系统，豁免须经登记", en: "An exemption from sizing is recorded" },
  why: {
    zh: "豁免的是应急、安全类系统和有据可查的应急或重大活动；单位自己写一个字就豁免，下个月想扩多少就扩多少",
    en: "What is exempt is emergency and security systems and a recorded emergency or event; if a word of the bureau's own were enough, it could grow as it likes the month after",
  },
  clause: "本项目规则; 合同 附件2 7.2",
  remedy: {
    zh: "写明是哪一类系统或哪一次应急、活动，定一个近的截止日，由市大数据中心登记豁免（地址里带着截止日，改了日期要重新登记）；提前结束不用登记",
    en: "Say which kind of system, emergency or event it is and name an end that is near; the centre records a waiver, whose address holds the day, so that another day needs another. Ending it sooner needs none",
  },
  check({ at, catalogue, declarations, base }) {
    const before = base && new Map(base.declarations.map((declaration) => [declaration.id, declaration.sizing]));
    const ceiling = catalogue.resourceUsage.exemption;
    return declarations.flatMap((declaration): Verdict[] => {
      const { sizing } = declaration;
      if (sizing === undefined) return [];
      const { exempt, until } = sizing;
      const found: Verdict[] = [];
      if (ceiling === undefined) {
        found.push(
          undetermined(
            exemptionPlace(declaration, until, "until"),
            "不知道豁免最长多久：catalog/annex-2.yaml 应写 resourceUsage.exemption.atMostMonths",
            "Cannot tell how long an exemption may last: wanted resourceUsage.exemption.atMostMonths in catalog/annex-2.yaml",
          ),
        );
      } else {
        const latest = at.add({ months: ceiling.atMostMonths }).toString();
        if (until > latest)
          found.push(
            violation(
              exemptionPlace(declaration, until, "until"),
              `豁免到 ${until} 止，最晚为 ${latest}（今天起 ${ceiling.atMostMonths} 个月）`,
              `Cannot exempt until ${until}: wanted ${latest} or earlier, at most ${ceiling.atMostMonths} months ahead`,
            ),
          );
      }
      const then = before?.get(declaration.id);
      const isLonger = then === undefined || until > then.until;
      if (before !== undefined && (isLonger || !saysTheSame(exempt, then.exempt)) && !saysSomething(exempt, REASON_SENSE))
        found.push(
          violation(
            exemptionPlace(declaration, until, "exempt"),
            `豁免的原因“${clip(exempt)}”没有说明什么，至少 ${REASON_SENSE.characters} 个字`,
            `Cannot exempt for "${clip(exempt)}", which says nothing: wanted ${REASON_SENSE.characters} characters or more`,
          ),
        );
      if (before !== undefined && isLonger)
        found.push(
          violation(
            exemptionPlace(declaration, until, "sizing"),
            then === undefined
              ? `新写了到 ${until} 止的豁免（${clip(exempt)}），须经市大数据中心登记`
              : `豁免从 ${then.until} 延长到 ${until}（${clip(exempt)}），须经市大数据中心登记`,
            then === undefined
              ? `Cannot take an exemption until ${until} (${clip(exempt)}) by declaring it: wanted the centre's waiver`
              : `Cannot prolong the exemption from ${then.until} to ${until} (${clip(exempt)}): wanted the centre's waiver`,
          ),
        );
      return found.length === 0 ? [pass()] : found;
    });
  },
});

/** The day is part of the address: a waiver is of the exemption that the centre saw, and not of a longer one. */
function exemptionPlace(declaration: Declaration, until: string, key: "sizing" | "exempt" | "until"): Place {
  const path = key === "sizing" ? ["sizing"] : ["sizing", key];
  return { ...declared(declaration, path), address: `sizing.${until}`, attribute: key };
}
