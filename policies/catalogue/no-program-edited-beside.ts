import type { SourceFile } from "../../catalog/source/source-file.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type ContractBase, type ContractSubject, defineContractPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a request that changes the program, its rules or its pipelines together with a bureau's files. */
export const noProgramEditedBeside = defineContractPolicy({
  id: "catalogue/no-program-edited-beside",
  level: "mandatory",
  title: { zh: "申请资源不夹带改动程序", en: "No request for resources edits the program beside" },
  why: {
    zh: "程序、策略、审批名单和流水线决定所有申请怎样判断；夹在资源申请里，审批的人看的是金额，合并之后换掉的却是规则",
    en: "The program, its policies, the lists of approvers and the pipelines decide how every request is judged: beside a request for resources, those who approve look at the money, and the merge replaces the rules",
  },
  clause: "本项目规则; GB/T 22239-2019 8.1.10 安全运维管理",
  remedy: {
    zh: "资源申请里只留 stacks/tenants/ 下的文件；程序的改动另提合并请求，由 CODEOWNERS 里的人审",
    en: "Leave only files of stacks/tenants/ in the request; put changes of the program into a request of their own, for those whom CODEOWNERS names",
  },
  check({ base, declarations, tenants }) {
    if (base?.otherFiles === undefined) return [notApplicable("没有可比较的提交", "there is no commit to compare with")];
    if (!bureausChanged({ declarations, tenants }, base)) return [notApplicable("单位的文件没有改", "no bureau's file changed")];
    if (base.otherFiles.length === 0) return [pass()];
    return base.otherFiles.map((path) =>
      violation(
        { address: path, attribute: "file", at: { file: path, path: [] } },
        `申请资源的同时改了 ${clip(path, 100)}：计划没有审它`,
        `Cannot change ${clip(path, 100)} beside a request for resources: the plan does not judge it`,
      ),
    );
  },
});

type Declared = Pick<ContractSubject, "declarations" | "tenants">;

function bureausChanged(head: Declared, base: ContractBase): boolean {
  const [now, then] = [head, base].map(({ declarations, tenants }) =>
    [...declarations, ...tenants.values()].map(({ source }: { source: SourceFile }) => `${source.path}\0${source.text}`).sort(),
  );
  return now?.join("\0") !== then?.join("\0");
}
