import { changesDoing, type JudgedChange } from "../../catalog/accepted-damage.ts";
import { declaredComponent, placeOfChange } from "../../catalog/declared-place.ts";
import { causeWords } from "../../catalog/terraform-plan/cause-words.ts";
import { placeOfUnasked } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, type Verdict, violation } from "../policy.ts";

/** Rejects a change that interrupts service where nobody accepted that: a router cut off, a volume taken off, protection that goes. */
export const noOutage = defineSystemPolicy({
  id: "damage/no-outage",
  level: "mandatory",
  title: { zh: "不在未声明接受时中断服务", en: "No service is interrupted unasked" },
  why: {
    zh: "摘下数据盘、断开路由器、解绑公网地址、停用项目或账号、撤掉安全组件或纳管节点，都会让正在提供的服务中断",
    en: "A volume taken off its server, a router cut off, a public address taken off, a project or user disabled, a security component or a managed node gone: what runs is interrupted",
  },
  clause: "合同 附件2 1.1",
  remedy: {
    zh: "撤回这项修改；确要中断的，约定时间，在 accepts 里写明 damage: outage、有效期和原因（全系统共用的资源，每个服务器组都要写）",
    en: "Take the change back; or agree on a window and add accepts: damage outage, a last day and the reason (for what the whole system shares, one for each server group)",
  },
  yieldsTo: ["damage/no-tainted-replacement"],
  check(subject) {
    if (subject.base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    const outages = changesDoing("outage", subject);
    const ofComponents = outages.filter(isComponentGone);
    return [
      ...[...Map.groupBy(ofComponents, ({ change }) => bundleKey(subject, change)).values()].flatMap((gone) =>
        bundleVerdicts(subject, gone),
      ),
      ...outages.filter((each) => !isComponentGone(each)).map((each) => changeVerdict(subject, each)),
    ];
  },
});

function changeVerdict(subject: SystemSubject, { change, asked }: JudgedChange): Verdict {
  if (asked.kind === "asked") return pass();
  const cause = causeWords(change, subject.catalogue.images);
  return violation(
    placeOfUnasked(subject, change, asked),
    `服务会中断：${cause.zh}；${asked.reason.zh}`,
    `Cannot let service be interrupted: ${cause.en}; ${asked.reason.en}`,
    asked.remedy,
  );
}

function isComponentGone({ change }: JudgedChange): boolean {
  return change.action === "delete" && declaredComponent(change.address) !== undefined;
}

/** The word of the declaration that asks for the bundle of a component: `cryptography` or `mlps`. */
function bundleKey(subject: SystemSubject, change: JudgedChange["change"]): string {
  const place = placeOfChange(subject, change);
  return "at" in place ? String(place.at.path[0]) : "";
}

/** A bundle goes as a whole, so it is told once, with every component that goes. */
function bundleVerdicts(subject: SystemSubject, gone: readonly JudgedChange[]): Verdict[] {
  const [first] = gone;
  if (first === undefined || first.asked.kind === "asked") return [pass()];
  const keys = [...new Set(gone.map(({ change }) => declaredComponent(change.address) ?? ""))];
  const names = keys.map((key) => subject.catalogue.components.find((each) => each.key === key)?.name ?? { zh: key, en: key });
  const place = { ...placeOfChange(subject, first.change), address: subject.id, attribute: bundleKey(subject, first.change) };
  return [
    violation(
      place,
      `安全防护会中断：要撤掉 ${names.length} 个组件，即${names.map(({ zh }) => zh).join("、")}；${first.asked.reason.zh}`,
      `Cannot let protection be interrupted: it takes away ${names.map(({ en }) => en).join(", ")}; ${first.asked.reason.en}`,
      first.asked.remedy,
    ),
  ];
}
