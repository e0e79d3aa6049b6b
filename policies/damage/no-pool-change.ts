import { isProvided } from "../../catalog/declaration.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects another pool for a system that stands: another pool is another cloud, and nothing moves there by itself. */
export const noPoolChange = defineSystemPolicy({
  id: "damage/no-pool-change",
  level: "mandatory",
  title: { zh: "已有系统不更换资源池", en: "No standing system changes its pool" },
  why: {
    zh: "每个资源池是另一套云：换池就是在那边从头新建，原来的服务器和数据既不会搬过去，也不再受管理，却照样占用资源",
    en: "Each pool is a cloud of its own: in another one all is made from nothing, and the old servers and data neither move there nor are managed any longer, while they go on using up the pool",
  },
  clause: "合同 5.6.2; GB/T 22239-2019 8.1.4.9 数据备份恢复",
  remedy: {
    zh: "改回原来的资源池；要搬迁，请在新资源池另建一个系统（migration: true），迁移数据后让这个系统下线",
    en: "Put the pool back; to move, declare another system in the new pool (migration: true), migrate the data, then retire this one",
  },
  check({ declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台不属于某个资源池", "the platform belongs to no single pool")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (before.pool === declaration.pool || !isProvided(before)) return [pass()];
    return [
      violation(
        declared(declaration, ["pool"]),
        `资源池从 ${before.pool} 改为 ${declaration.pool}；应保持 ${before.pool}`,
        `Cannot move the system from pool ${before.pool} to ${declaration.pool}: wanted ${before.pool}, as before`,
      ),
    ];
  },
});
