import { DATABASE_PORTS } from "../../catalog/terraform-plan/exposure/named-ports.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { printNamedPorts, readWorldOpenings } from "../../catalog/terraform-plan/exposure/world-openings.ts";
import { defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";

/** Rejects database ports that anybody may reach: data are asked for through an application. */
export const noWorldOpenDatabasePort = defineSystemPolicy({
  id: "exposure/no-world-open-database-port",
  level: "mandatory",
  title: { zh: "数据库端口不对任何人开放", en: "No database port is open to the world" },
  why: {
    zh: "数据库直接暴露，等于把全部数据交给第一个猜中口令或找到漏洞的人；数据只应经应用访问",
    en: "A database that anybody reaches gives all its data to the first who guesses a password or knows a flaw; data are asked for through an application",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.2.1 网络架构",
  remedy: {
    zh: "把 from 改为 self（只给本系统的应用），确需共享时写明对方网段",
    en: "Let from be self (the system's own applications), or name the one network that shares the data",
  },
  check(subject) {
    if (subject.resources.length === 0) return [notApplicable("没有资源", "nothing is built")];
    const found = readWorldOpenings(subject.resources, DATABASE_PORTS).map(({ kind, cause, servers, ports, from }) => {
      const place = placeOfResource(subject, cause.resource, cause.attribute);
      const names = printNamedPorts(ports);
      const of = servers.length === 0 ? { zh: "", en: "" } : { zh: `${servers.join("、")} 的`, en: ` of ${servers.join(", ")}` };
      return kind === "open"
        ? violation(
            place,
            `${of.zh}数据库端口 ${names.zh}向${from.zh}开放，应只向应用开放`,
            `Cannot open the database port ${names.en}${of.en} to ${from.en}: wanted the applications alone`,
          )
        : undetermined(
            place,
            `无法判断${of.zh}数据库端口 ${names.zh}是否对任何人开放：来源、协议或端口在这里看不到`,
            `Cannot tell whether the database port ${names.en}${of.en} is open to the world: source, protocol or port is not known here`,
          );
    });
    return found.length === 0 ? [pass()] : found;
  },
});
