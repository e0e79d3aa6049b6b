import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE, declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { staged } from "./staged.ts";

const social = declaration({ id: "hrss/social" });
const jobs = declaration({ id: "hrss/jobs", name: "就业服务" });
const school = declaration({ id: "education/school", name: "智慧教育" });
const compared = (before: readonly Declaration[], after: readonly Declaration[]) =>
  contractSubject(after, { base: { catalogue: CATALOGUE, declarations: before, tenants: new Map(), monthly: new Map() } });

export const cases: readonly PolicyCase<ContractSubject>[] = [
  { example: { zh: "所有文件都在", en: "every file is there" }, subject: compared([social, jobs], [social, jobs]), verdict: "pass" },
  { example: { zh: "多了一个系统", en: "a system is added" }, subject: compared([social], [social, jobs]), verdict: "pass" },
  {
    example: { zh: "一个系统的文件被删掉", en: "the file of a system is deleted" },
    subject: compared([social, jobs], [social]),
    verdict: "violation",
    finds: [
      "violation hrss/jobs#file: Cannot let stacks/tenants/hrss/jobs.yaml vanish: wanted stage exiting, then retired, in a file that stays",
    ],
  },
  {
    example: { zh: "文件改了名，系统名称没变", en: "the file is renamed, the system keeps its name" },
    subject: compared([social, jobs], [social, { ...jobs, id: "hrss/employment", system: "employment" }]),
    verdict: "violation",
    finds: [
      "violation hrss/jobs#file: Cannot let stacks/tenants/hrss/jobs.yaml vanish: wanted stage exiting, then retired, in a file that stays; it looks renamed to hrss/employment, which would destroy it and make another",
    ],
  },
  {
    example: { zh: "整个单位的目录没了", en: "a bureau's whole folder is gone" },
    subject: compared([school, jobs, social], [school]),
    verdict: "violation",
    finds: [
      "violation hrss/jobs#file: Cannot let stacks/tenants/hrss/jobs.yaml vanish: wanted stage exiting, then retired, in a file that stays",
      "violation hrss/social#file: Cannot let stacks/tenants/hrss/social.yaml vanish: wanted stage exiting, then retired, in a file that stays",
    ],
  },
  {
    example: { zh: "整个目录清空", en: "the whole tree is emptied" },
    subject: compared([social], []),
    verdict: "violation",
    finds: [
      "violation hrss/social#file: Cannot let stacks/tenants/hrss/social.yaml vanish: wanted stage exiting, then retired, in a file that stays; no system at all is left in the tree",
    ],
  },
  {
    example: { zh: "已下线系统的文件被删掉", en: "the file of a retired system is deleted" },
    subject: compared([social, staged("retired", { id: "hrss/old", name: "旧系统" })], [social]),
    verdict: "violation",
    finds: [
      "violation hrss/old#file: Cannot let stacks/tenants/hrss/old.yaml vanish: the system is retired, and its file stays as the record",
    ],
  },
  {
    example: { zh: "系统下线，文件还在", en: "a system retires and its file stays" },
    subject: compared([staged("exiting")], [staged("retired")]),
    verdict: "pass",
  },
  { example: { zh: "没有可比较的原状", en: "there is nothing to compare with" }, subject: contractSubject([]), verdict: "not-applicable" },
];
