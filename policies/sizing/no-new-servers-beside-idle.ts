import { bandEdges, directionOf } from "../../catalog/sizing/bands.ts";
import { averageUse, measureGroup, totalOf } from "../../catalog/sizing/judge-growth.ts";
import { measuredChange } from "../../catalog/sizing/measured-change.ts";
import { bandedPercentWords } from "../../catalog/sizing/percent-words.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, type Verdict, violation } from "../policy.ts";

/** Points out a group of servers that is new in a system whose own servers, by their month, ask for no more of anything. */
export const noNewServersBesideIdle = defineSystemPolicy({
  id: "sizing/no-new-servers-beside-idle",
  level: "advisory",
  title: { zh: "原有云服务器还闲着，不另加服务器", en: "No new servers stand beside idle ones" },
  why: {
    zh: "新服务器没有使用率，分档管不到；换个组名就能绕过分档扩容，审批人要看得见",
    en: "New servers have no use, and the bands do not apply to them; growth under another name passes them by, so an approver is to see it",
  },
  clause: "本项目规则; 合同 附件2 7.2; 附件2 7.3",
  remedy: {
    zh: "先用原有的服务器；确是新业务的，在 changeReason 写明，由审批人判断",
    en: "Use the servers there are first; where the work is new, say so in changeReason and the approver decides",
  },
  check(subject) {
    const change = measuredChange(subject);
    if ("zh" in change) return [notApplicable(change.zh, change.en)];
    const { declaration, before, pool, usage } = change;
    const rules = subject.catalogue.resourceUsage;
    const added = declaration.servers.filter(({ key }) => before.servers.every((server) => server.key !== key));
    if (added.length === 0) return [pass()];
    if (before.servers.length === 0) return [notApplicable("系统原来没有云服务器", "the system had no servers before")];
    // A name alone is nothing new.
    const isMore = (["cpu", "memory"] as const).some(
      (resource) => totalOf(declaration.servers, resource) > totalOf(before.servers, resource),
    );
    if (!isMore) return [pass()];
    const measured = before.servers.map((group) => measureGroup(usage, before, group, { rules, pool }));
    const month = usage.month.key;
    const average = (resource: "cpu" | "memory") => {
      const known = measured.filter(({ advice }) => advice[resource].percent !== null);
      return averageUse(known, resource, rules);
    };
    const [cpu, memory] = [average("cpu"), average("memory")];
    return added.map(({ key }): Verdict => {
      const place = declared(declaration, ["servers", key]);
      if ([cpu, memory].some((use) => use !== undefined && directionOf(use.band.factor) === "grow")) return pass();
      if (cpu === undefined || memory === undefined) {
        return undetermined(
          place,
          `新增服务器组 ${key}：原有服务器 ${month} 测得的数据不足，不知道是否闲着`,
          `Cannot tell whether the servers there are stand idle beside the new ${key}: too little of ${month} was measured`,
        );
      }
      const words = [bandedPercentWords(cpu.percent, rules.cpu), bandedPercentWords(memory.percent, rules.memory)];
      return violation(
        place,
        `新增服务器组 ${key}：原有服务器 ${month} 平均使用率 CPU ${words[0]}%（“${cpu.band.printed}”档）、内存 ${words[1]}%（“${memory.band.printed}”档），都不需要增加`,
        `The group ${key} is new, and those there are ask for no more: average use in ${month} was ${words[0]} % of CPU (band ${bandEdges(cpu.band)} %) and ${words[1]} % of memory (band ${bandEdges(memory.band)} %)`,
      );
    });
  },
});
