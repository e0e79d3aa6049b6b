import { defineWorldOpenPortPolicy } from "../world-open-port.ts";

/** Rejects administration ports that anybody may reach: administrators come through the bastion. */
export const noWorldOpenAdminPort = defineWorldOpenPortPolicy({
  id: "exposure/no-world-open-admin-port",
  kind: "admin",
  title: { zh: "管理端口不对任何人开放", en: "No administration port is open to the world" },
  harm: {
    zh: "SSH、远程桌面等管理端口一旦人人可达，只隔着一个口令；运维应经堡垒机",
    en: "Whoever reaches SSH or a remote desktop needs but a password to own the server; administrators come through the bastion",
  },
  remedy: {
    zh: "把 from 改为运维网段（堡垒机所在的网段）、tenant 或 self，或删去这个端口",
    en: "Let from name the operators' network (that of the bastion), tenant or self, or leave the port out",
  },
  port: { zh: "管理端口", en: "administration port" },
  only: { zh: "运维网段", en: "the operators' network" },
});
