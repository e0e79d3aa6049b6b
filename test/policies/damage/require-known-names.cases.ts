import type { Declaration } from "../../../catalog/declaration.ts";
import type { ContractSubject } from "../../../policies/policy.ts";
import { CATALOGUE } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";
import { accepts, edited, removal, SHOP } from "./changed.ts";

const compared = (before: readonly Declaration[], after: readonly Declaration[]) =>
  contractSubject(after, { base: { catalogue: CATALOGUE, declarations: before, tenants: new Map(), monthly: new Map() } });
const WITHOUT_DB = { ...SHOP, servers: SHOP.servers.filter(({ key }) => key !== "db") };
const KNOWN = "wanted one of app, db, db.data, storage.object, storage.file";

export const cases: readonly PolicyCase<ContractSubject>[] = [
  {
    example: { zh: "accepts 里把 db 写成 dbb", en: "accepts names dbb for db" },
    subject: compared([SHOP], [edited({ ...SHOP, accepts: [accepts("reboot", "app"), accepts("reboot", "dbb")] })]),
    verdict: "violation",
    finds: [`violation accepts.1#of: Cannot find "dbb"; did you mean db: ${KNOWN}`],
  },
  {
    example: { zh: "removals 里数据盘的名称写错", en: "removals names a volume that is not there" },
    subject: compared([SHOP], [edited({ ...SHOP, removals: [removal("db.date")] })]),
    verdict: "violation",
    finds: [`violation removals.0#of: Cannot find "db.date"; did you mean db.data: ${KNOWN}`],
  },
  {
    example: { zh: "新系统里写错", en: "a slip in a new system" },
    subject: compared([], [{ ...SHOP, accepts: [accepts("outage", "web")] }]),
    verdict: "violation",
    finds: [`violation accepts.0#of: Cannot find "web": ${KNOWN}`],
  },
  {
    example: { zh: "写的是这次下线的服务器", en: "they name servers that this change removes" },
    subject: compared([SHOP], [edited({ ...WITHOUT_DB, removals: [removal("db")], accepts: [accepts("outage", "db.data")] })]),
    verdict: "pass",
  },
  {
    example: { zh: "写的都在", en: "all that they name is there" },
    subject: compared([SHOP], [edited({ ...SHOP, removals: [removal("storage.file")], accepts: [accepts("reboot", "app")] })]),
    verdict: "pass",
  },
  {
    example: { zh: "以前下线的服务器，记录还在", en: "the removal of an earlier change names what is long gone" },
    subject: compared(
      [{ ...WITHOUT_DB, removals: [removal("db")] }],
      [edited({ ...WITHOUT_DB, removals: [removal("db"), removal("app")] })],
    ),
    verdict: "pass",
  },
  {
    example: { zh: "声明没有改", en: "the declaration stays as it is" },
    subject: compared([{ ...SHOP, accepts: [accepts("reboot", "dbb")] }], [{ ...SHOP, accepts: [accepts("reboot", "dbb")] }]),
    verdict: "pass",
  },
  {
    example: { zh: "没有原状可比", en: "there is nothing before to compare with" },
    subject: contractSubject([{ ...SHOP, accepts: [accepts("reboot", "dbb")] }]),
    verdict: "not-applicable",
  },
];
