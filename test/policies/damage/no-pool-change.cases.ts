import type { Declaration } from "../../../catalog/declaration.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const STORE = declaration({ objectGb: 100 });
const moved = (before: Declaration, after: Declaration) =>
  systemSubject(after, { base: { declaration: before, resources: [], monthly: systemSubject().monthly } });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "系统从政务资源池改到公安资源池", en: "a system goes from the government's pool to the public security one" },
    subject: moved(STORE, { ...STORE, pool: "ps" }),
    verdict: "violation",
    finds: ["violation hrss/social#pool: Cannot move the system from pool gov to ps: wanted gov, as before"],
  },
  { example: { zh: "资源池不变", en: "the pool stays" }, subject: moved(STORE, STORE), verdict: "pass", finds: [] },
  {
    example: { zh: "已下线的系统什么也没有，改了也无妨", en: "a retired system has nothing left to move" },
    subject: moved({ ...STORE, stage: "retired" }, { ...STORE, stage: "retired", pool: "ps" }),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(STORE),
    verdict: "not-applicable",
  },
  { example: { zh: "平台不属于某个资源池", en: "the platform is in no single pool" }, subject: PLATFORM, verdict: "not-applicable" },
];
