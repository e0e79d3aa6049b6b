import { attestedRemoval } from "../../catalog/attested-removal.ts";
import { type Declaration, isProvided } from "../../catalog/declaration.ts";
import type { Path } from "../../catalog/source/source-file.ts";
import { counted } from "../../catalog/text.ts";
import { declaredOrAsked, stoodAt } from "../../catalog/unasked-place.ts";
import { defineSystemPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects fewer servers than before, by a lower count, another name or a block that is gone, without an attested removal. */
export const noServerRemovedWithoutRemoval = defineSystemPolicy({
  id: "damage/no-server-removed-without-removal",
  level: "mandatory",
  title: { zh: "减少服务器要有下线记录", en: "No server is removed without its removal" },
  why: {
    zh: "台数减少、改名或整段删掉，服务器和系统盘就被销毁；改名等于删旧建新",
    en: "A lower count, another name or a block that is gone destroys servers with their disks; a new name is a new server, and the old one goes",
  },
  clause: "合同 附件4 3; GB/T 22239-2019 8.1.4.10 剩余信息保护",
  remedy: {
    zh: "恢复原来的台数和名称；或在 removals 里写明服务器名、台数（count）、日期和数据去向的证明",
    en: "Put the count and the name back; or add removals: the name of the servers, how many leave (count), the day and the attestation of what became of their data",
  },
  check(subject) {
    const { declaration, base } = subject;
    if (declaration === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    if (base?.declaration === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (!isProvided(declaration)) return [notApplicable("系统下线，见 retirement", "the system is retired, with its own attestation")];
    const earlier = base.declaration;
    return groupsOf(earlier).flatMap((before): readonly Verdict[] => {
      const { kind, key, count } = before;
      const left = groupsOf(declaration).find((each) => each.kind === kind && each.key === key)?.count ?? 0;
      if (left >= count) return [pass()];
      const asked = attestedRemoval(subject, [key]);
      if (asked.kind === "asked") return [pass()];
      const renamed = left === 0 ? newNameOf(before, earlier, declaration) : undefined;
      const hint =
        renamed === undefined
          ? { zh: "", en: "" }
          : { zh: `；看起来改名为 ${renamed}，改名就是删旧建新`, en: `; it looks renamed to ${renamed}, and a new name is a new server` };
      const path: Path = left === 0 ? [kind, key] : [kind, key, "count"];
      const was = left === 0 ? stoodAt(earlier, path) : { zh: "", en: "" };
      return [
        violation(
          declaredOrAsked(declaration, path, asked),
          `${key}${was.zh} 从 ${count} 台减到 ${left} 台；${asked.reason.zh}${hint.zh}`,
          `Cannot remove ${count - left} of ${counted(count, "server")} of ${key}${was.en}: ${asked.reason.en}${hint.en}`,
          asked.remedy,
        ),
      ];
    });
  },
});

interface Group {
  readonly kind: "servers" | "gpuServers";
  readonly key: string;
  readonly count: number;
  /** What tells a renamed group from another one. */
  readonly shape: string;
}

function groupsOf({ servers, gpuServers }: Declaration): readonly Group[] {
  return [
    ...servers.map(
      ({ key, count, family, cpu, memoryGb, image }): Group => ({
        kind: "servers",
        key,
        count,
        shape: `${family} ${cpu} ${memoryGb} ${image}`,
      }),
    ),
    ...gpuServers.map(({ key, count, box, image }): Group => ({ kind: "gpuServers", key, count, shape: `${box} ${image}` })),
  ];
}

function newNameOf({ kind, shape }: Group, before: Declaration, after: Declaration): string | undefined {
  const known = new Set(groupsOf(before).map(({ key }) => key));
  return groupsOf(after).find((each) => each.kind === kind && each.shape === shape && !known.has(each.key))?.key;
}
