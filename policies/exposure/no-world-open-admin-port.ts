import { ADMIN_PORTS } from "../../catalog/terraform-plan/exposure/named-ports.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { printNamedPorts, readWorldOpenings } from "../../catalog/terraform-plan/exposure/world-openings.ts";
import { defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";

/** Rejects administration ports that anybody may reach: administrators come through the bastion. */
export const noWorldOpenAdminPort = defineSystemPolicy({
  id: "exposure/no-world-open-admin-port",
  level: "mandatory",
  title: { zh: "管理端口不对任何人开放", en: "No administration port is open to the world" },
  why: {
    zh: "SSH、远程桌面等管理端口一旦人人可达，只隔着一个口令；运维应经堡垒机",
    en: "Whoever reaches SSH or a remote desktop needs but a password to own the server; administrators come through the bastion",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.2.1 网络架构",
  remedy: {
    zh: "把 from 改为运维网段（堡垒机所在的网段）、tenant 或 self，或删去这个端口",
    en: "Let from name the operators' network (that of the bastion), tenant or self, or leave the port out",
  },
  check(subject) {
    if (subject.resources.length === 0) return [notApplicable("没有资源", "nothing is built")];
    const found = readWorldOpenings(subject.resources, ADMIN_PORTS).map(({ kind, cause, servers, ports, from }) => {
      const place = placeOfResource(subject, cause.resource, cause.attribute);
      const names = printNamedPorts(ports);
      const of = servers.length === 0 ? { zh: "", en: "" } : { zh: `${servers.join("、")} 的`, en: ` of ${servers.join(", ")}` };
      return kind === "open"
        ? violation(
            place,
            `${of.zh}管理端口 ${names.zh}向${from.zh}开放，应只向运维网段开放`,
            `Cannot open the administration port ${names.en}${of.en} to ${from.en}: wanted the operators' network alone`,
          )
        : undetermined(
            place,
            `无法判断${of.zh}管理端口 ${names.zh}是否对任何人开放：来源、协议或端口在这里看不到`,
            `Cannot tell whether the administration port ${names.en}${of.en} is open to the world: source, protocol or port is not known here`,
          );
    });
    return found.length === 0 ? [pass()] : found;
  },
});
