import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { built } from "./built.ts";

const IT = "openstack_objectstorage_container_v1.storage";
const of = (values: Readonly<Record<string, unknown>>) =>
  built({
    objectstorage_container_v1: { storage: { name: "hrss--social", ...values } },
    identity_project_v3: { project: { name: "hrss--social" } },
  });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "没有写谁能读写，只有本项目能", en: "Nobody else is named, so only the project itself reads and writes" },
    subject: of({}),
    verdict: "pass",
  },
  {
    example: { zh: "任何人不用登录就能读（.r:*）", en: "Anybody reads without signing in (.r:*)" },
    subject: of({ container_read: ".r:*" }),
    verdict: "violation",
    finds: [`violation ${IT}#container_read: Cannot let anybody read without signing in (".r:*")`],
  },
  {
    example: { zh: "任何人能读也能列出文件", en: "Anybody reads, and lists the files" },
    subject: of({ container_read: ".r:*, .rlistings" }),
    verdict: "violation",
    finds: [
      `violation ${IT}#container_read: Cannot let anybody read without signing in (".r:*")`,
      `violation ${IT}#container_read: Cannot let anybody list the files (".rlistings")`,
    ],
  },
  {
    example: { zh: "凭网页来路就能读，来路谁都能伪造", en: "A page's name as referrer is enough to read, and anybody can forge it" },
    subject: of({ container_read: ".r:.example.com" }),
    verdict: "violation",
    finds: [`violation ${IT}#container_read: Cannot let anybody read without signing in (".r:.example.com")`],
  },
  {
    example: { zh: "云上每个用户都能写（*:*）", en: "Every user of the cloud writes (*:*)" },
    subject: of({ container_write: "*:*" }),
    verdict: "violation",
    finds: [`violation ${IT}#container_write: Cannot let every user of the cloud write ("*:*")`],
  },
  {
    example: { zh: "别的项目能读", en: "Another project reads" },
    subject: of({ container_read: "5327c8cf69f840e68f81b0589e7f8e9a:*" }),
    verdict: "violation",
    finds: [`violation ${IT}#container_read: Cannot let another project read ("5327c8cf69f840e68f81b0589e7f8e9a:*")`],
  },
  {
    example: { zh: "任何项目里的某个用户能读", en: "A user of any project reads" },
    subject: of({ container_read: "*:5327c8cf" }),
    verdict: "violation",
    finds: [`violation ${IT}#container_read: Cannot let a user of any project read ("*:5327c8cf")`],
  },
  {
    example: { zh: "写明本项目的用户", en: "The project's own users are named" },
    subject: of({ container_read: "hrss--social:*" }),
    verdict: "pass",
  },
  {
    example: { zh: "只写了一个名字，看不出是谁", en: "A bare name says not who it is" },
    subject: of({ container_read: "auditor" }),
    verdict: "undetermined",
    finds: [`undetermined ${IT}#container_read: Cannot tell who "auditor" is: wanted it left out`],
  },
  {
    example: { zh: "谁能读要到执行后才知道", en: "Who reads is known only after the apply" },
    subject: of({ container_read: "${var.readers}" }),
    verdict: "undetermined",
    finds: [`undetermined ${IT}#container_read: Cannot tell who may read before apply: wanted container_read left out`],
  },
  {
    example: { zh: "做了一个不用登录的临时链接", en: "There is a temporary link that needs no sign-in" },
    subject: built({ objectstorage_tempurl_v1: { link: { container: "hrss--social", object: "a.zip", method: "get" } } }),
    verdict: "violation",
  },
  { example: { zh: "没有存储桶", en: "There are no containers" }, subject: built({}), verdict: "not-applicable" },
];
