import type { Declaration } from "../../../catalog/declaration.ts";
import { type DamageClass, TAINTED } from "../../../catalog/terraform-plan/planned-resource.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { recordedPlan } from "../../plans/recorded.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, removal, SHOP } from "./changed.ts";

const DB = "openstack_compute_instance_v2.servers_db-1";
const VOLUME = "openstack_blockstorage_volume_v3.servers_db-1_data";
const NETWORK = "openstack_networking_network_v2.network";
const QUOTA = "openstack_compute_quotaset_v2.project";
const MARKED = "it was left half made and is marked as tainted";

/** The shop as it stands, with one resource that the engine replaces for this reason. */
function replaced(
  address: string,
  damage: readonly DamageClass[],
  { now = SHOP, reason = TAINTED }: { readonly now?: Declaration; readonly reason?: string } = {},
): SystemSubject {
  const subject = changed(SHOP, now);
  const marked = subject.changes.map((each) => (each.address === address ? { ...each, action: "replace" as const, damage, reason } : each));
  if (!marked.some(({ action }) => action === "replace")) throw new Error(`Cannot mark ${address}: the shop has no such resource`);
  return { ...subject, changes: marked };
}

/** What the engine planned for a cloud whose server it had left half made. */
function recorded(plan: string): SystemSubject {
  const { before, after, changes } = recordedPlan(plan);
  const subject = systemSubject(SHOP, { resources: after, changes });
  return { ...subject, base: { declaration: SHOP, resources: before, monthly: subject.monthly } };
}

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "上次执行中断，服务器只建成一半（实录 tainted）",
      en: "an interrupted apply left a server half made (recorded: tainted)",
    },
    subject: recorded("tainted"),
    verdict: "violation",
    finds: [
      `violation openstack_compute_instance_v2.img-1#: Cannot let it be replaced unseen: server img-1 is destroyed and made anew; ${MARKED}; accepts holds no root-disk-lost of app, db`,
    ],
  },
  {
    example: {
      zh: "配额不够，新建的服务器中一台出错（实录 quota-exceeded）",
      en: "a plan that first meets a quota has nothing half made yet (recorded: quota-exceeded)",
    },
    subject: recorded("quota-exceeded"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "服务器建成一半，看过之后接受了重建", en: "a server half made, its replacement accepted after a look" },
    subject: replaced(DB, ["root-disk-lost"], { now: { ...SHOP, accepts: [accepts("root-disk-lost", "db")] } }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "接受的是另一个服务器组", en: "accepted for another server group" },
    subject: replaced(DB, ["root-disk-lost"], { now: { ...SHOP, accepts: [accepts("root-disk-lost", "app")] } }),
    verdict: "violation",
    finds: [
      `violation ${DB}#: Cannot let it be replaced unseen: server db is destroyed and made anew; ${MARKED}; accepts holds no root-disk-lost of db`,
    ],
  },
  {
    example: { zh: "数据盘建成一半，没有说明数据去向", en: "a data volume half made, and nobody says what became of its data" },
    subject: replaced(VOLUME, ["data-lost"]),
    verdict: "violation",
    finds: [
      `violation ${VOLUME}#: Cannot let it be replaced unseen: volume db.data is destroyed and made anew; ${MARKED}; removals holds no attested removal of db.data`,
    ],
  },
  {
    example: { zh: "数据盘建成一半，已写明数据去向", en: "a data volume half made, with what became of its data" },
    subject: replaced(VOLUME, ["data-lost"], { now: { ...SHOP, removals: [removal("db.data")] } }),
    verdict: "pass",
  },
  {
    example: { zh: "网络建成一半：只能去掉标记或由中心豁免", en: "a network half made: the mark is taken off, or the centre waives" },
    subject: replaced(NETWORK, ["outage"]),
    verdict: "violation",
    finds: [
      `violation ${NETWORK}#: Cannot let it be replaced unseen: network hrss--social is destroyed and made anew; ${MARKED}; nothing can accept that`,
    ],
  },
  {
    example: { zh: "配额建成一半：按中断接受，每个服务器组都要写", en: "a quota half made: accepted as an outage, for each server group" },
    subject: replaced(QUOTA, [], { now: { ...SHOP, accepts: [accepts("outage", "app"), accepts("outage", "db")] } }),
    verdict: "pass",
  },
  {
    example: { zh: "配额建成一半，没有人接受", en: "a quota half made, accepted by nobody" },
    subject: replaced(QUOTA, []),
    verdict: "violation",
  },
  {
    example: { zh: "因修改而重建，由别的策略判断", en: "a replacement that a change asks for is judged by others" },
    subject: replaced(DB, ["root-disk-lost"], { reason: "replace_because_cannot_update" }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
