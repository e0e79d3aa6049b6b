import { defineWorldOpenPortPolicy } from "../world-open-port.ts";

/** Rejects administration ports that anybody may reach: administrators come through the bastion. */
export const noWorldOpenAdminPort = defineWorldOpenPortPolicy({
  id: "exposure/no-world-open-admin-port",
  kind: "admin",
  title: { zh: "管理端口不对任何人开放", en: "No administration port is open to the world" },
  harm: {
    zh: "SSH、远程桌面这类管理端口是运维人员登录服务器的入口，人人都能连上，就只隔着一个口令；运维应经云堡垒机",
    en: "Whoever reaches SSH or a remote desktop needs but a password to own the server; administrators come through the bastion",
  },
  remedy: {
    zh: "在 listens 里把这个端口的 from 改为运维网段（云堡垒机所在的网段）、tenant（本单位网段）或 self（本系统），或删去这个端口",
    en: "Under listens let from of this port name the operators' network (that of the bastion), tenant (the bureau's own) or self (the system), or leave the port out",
  },
  port: { zh: "管理端口", en: "administration port" },
  only: { zh: "运维网段", en: "the operators' network" },
});
