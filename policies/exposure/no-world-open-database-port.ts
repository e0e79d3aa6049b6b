import { defineWorldOpenPortPolicy } from "../world-open-port.ts";

/** Rejects database ports that anybody may reach: data are asked for through an application. */
export const noWorldOpenDatabasePort = defineWorldOpenPortPolicy({
  id: "exposure/no-world-open-database-port",
  kind: "database",
  title: { zh: "数据库端口不对任何人开放", en: "No database port is open to the world" },
  harm: {
    zh: "数据库端口人人都能连上，等于把全部数据交给第一个猜中口令或找到漏洞的人；数据只应经应用系统访问",
    en: "A database that anybody reaches gives all its data to the first who guesses a password or knows a flaw; data are asked for through an application",
  },
  remedy: {
    zh: "在 listens 里把这个端口的 from 改为 self（只给本系统的服务器）；确需共享数据的，写明对方的网段",
    en: "Under listens let from of this port be self (the system's own servers), or name the one network that shares the data",
  },
  port: { zh: "数据库端口", en: "database port" },
  only: { zh: "应用", en: "the applications" },
});
