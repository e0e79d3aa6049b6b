import { isProvided } from "../../catalog/declaration.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";

/** Rejects a system in a pool with a data centre outside the territory of the PRC. */
export const requireDataInPrc = defineSystemPolicy({
  id: "security/require-data-in-prc",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "数据驻留在中国境内", en: "Data stay in the PRC" },
  why: {
    zh: "业务运行、存放和备份涉及的所有数据中心都须在中华人民共和国境内",
    en: "Every data centre that runs, stores or backs up the data has to lie within the territory of the PRC",
  },
  clause: "合同 9.3.7; GB/T 22239-2019 8.2.1.1 基础设施位置",
  remedy: {
    zh: "换一个机房全部在境内的资源池；机房登记有误的请改 catalog/pools.yaml",
    en: "Use a pool whose data centres all lie in the PRC; where one is recorded wrongly, correct catalog/pools.yaml",
  },
  check({ declaration, pool }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线，没有资源", "the system is retired and has nothing")];
    const place = declared(declaration, ["pool"]);
    if (pool === undefined || pool.dataCentres.length === 0)
      return [
        undetermined(
          place,
          `资源池 ${declaration.pool} 没有登记机房，不知道数据在哪里`,
          `Cannot tell where pool ${declaration.pool} keeps its data: no data centre is recorded`,
        ),
      ];
    // Territory in the sense of the clause (境内) is CN alone: HK, MO and TW have codes of their own.
    return pool.dataCentres.map(({ name, country }) =>
      country === "CN"
        ? pass()
        : violation(
            place,
            `资源池 ${pool.key} 的机房“${name.zh}”在 ${country}，应在中国境内（CN）`,
            `Cannot keep data in pool ${pool.key}: ${name.en} lies in ${country}, wanted CN`,
          ),
    );
  },
});
