import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { accepts, changed, SHOP, withDb } from "./changed.ts";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "数据库加内存，没有说明会重启（实录 flavor-resize）",
      en: "the database gets more memory, and nobody said that it restarts (recorded: flavor-resize)",
    },
    subject: changed(SHOP, withDb({ memoryGb: 16 })),
    verdict: "violation",
    finds: [
      'violation openstack_compute_instance_v2.servers_db-1#flavor_id: Expect a restart: flavor_id of server db changes from "general-4c-8g" to "general-4c-16g", so it is changed in place; accepts holds no reboot of db',
    ],
  },
  {
    example: { zh: "加内存并写明接受重启", en: "the same, with the restart accepted" },
    subject: changed(SHOP, withDb({ memoryGb: 16 }, { accepts: [accepts("reboot", "db")] })),
    verdict: "pass",
    finds: [],
  },
  {
    example: {
      zh: "数据盘在线扩容不重启（实录 volume-grow-online）",
      en: "a data volume grows online, which restarts nothing (recorded: volume-grow-online)",
    },
    subject: changed(SHOP, withDb({ dataDisks: [{ key: "data", type: "sas", sizeGb: 200 }] })),
    verdict: "pass",
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(SHOP),
    verdict: "not-applicable",
  },
];
