import { defineWorldOpenPortPolicy } from "../world-open-port.ts";

/** Rejects database ports that anybody may reach: data are asked for through an application. */
export const noWorldOpenDatabasePort = defineWorldOpenPortPolicy({
  id: "exposure/no-world-open-database-port",
  kind: "database",
  title: { zh: "数据库端口不对任何人开放", en: "No database port is open to the world" },
  harm: {
    zh: "数据库直接暴露，等于把全部数据交给第一个猜中口令或找到漏洞的人；数据只应经应用访问",
    en: "A database that anybody reaches gives all its data to the first who guesses a password or knows a flaw; data are asked for through an application",
  },
  remedy: {
    zh: "把 from 改为 self（只给本系统的应用），确需共享时写明对方网段",
    en: "Let from be self (the system's own applications), or name the one network that shares the data",
  },
  port: { zh: "数据库端口", en: "database port" },
  only: { zh: "应用", en: "the applications" },
});
