import { NAMED_PORTS, type PortKind } from "../catalog/terraform-plan/exposure/named-ports.ts";
import { placeOfResource } from "../catalog/terraform-plan/exposure/place.ts";
import { publicSpaceOf } from "../catalog/terraform-plan/exposure/public-space.ts";
import { printNamedPorts, readWorldOpenings } from "../catalog/terraform-plan/exposure/world-openings.ts";
import type { Text } from "../catalog/text.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemPolicy, undetermined, violation } from "./policy.ts";

/** Names that are written out in a finding; a rule may open a thousand servers. */
const MOST_NAMES = 5;

interface WorldOpenPort extends Pick<SystemPolicy, "id" | "title" | "remedy"> {
  readonly kind: PortKind;
  /** What whoever reaches such a port has. */
  readonly harm: Text;
  /** Its name in a sentence: `administration port`. */
  readonly port: Text;
  /** Who alone should reach it: `the applications`. */
  readonly only: Text;
}

/** A policy that no port of one kind is open to the world. */
export function defineWorldOpenPortPolicy({ id, title, remedy, kind, harm, port, only }: WorldOpenPort): SystemPolicy {
  const table = NAMED_PORTS.filter((each) => each.kind === kind);
  return defineSystemPolicy({
    id,
    level: "mandatory",
    title,
    why: {
      zh: `${harm.zh}。私有网段和各资源池网段以外的地址都是公网；同一端口放行的公网地址合起来超过一个 /24 网段（256 个 IPv4 地址）或一个 IPv6 的 /48 网段，就算对任何人开放`,
      en: `${harm.en}. Whatever is outside private networks and the pools' ranges is public; sources of one port that are together more than a /24 (256 addresses of IPv4) or a /48 (IPv6) count as the world`,
    },
    clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.2.1 网络架构",
    remedy,
    check({ resources, base, catalogue, id: system, declaration }) {
      if (resources.length === 0) return [notApplicable("没有资源", "nothing is built")];
      const to = { resources, space: publicSpaceOf(catalogue), ...(base === undefined ? {} : { before: base.resources }) };
      const found = readWorldOpenings(to, table).map(({ kind: certainty, cause, servers, ports, from }) => {
        const place = placeOfResource({ id: system, declaration }, cause.resource, cause.attribute);
        const names = printNamedPorts(ports);
        const of = ofServers(servers);
        return certainty === "open"
          ? violation(
              place,
              `${of.zh}${port.zh} ${names.zh}向${/^[!-~]/.test(from.zh) ? " " : ""}${from.zh}开放，应只向${only.zh}开放`,
              `Cannot open the ${port.en} ${names.en}${of.en} to ${from.en}: wanted ${only.en} alone`,
            )
          : undetermined(
              place,
              `无法判断${of.zh === "" ? "" : ` ${of.zh}`}${port.zh} ${names.zh}是否对任何人开放：来源、协议或端口在这里看不到`,
              `Cannot tell whether the ${port.en} ${names.en}${of.en} is open to the world: source, protocol or port is not known here`,
            );
      });
      return found.length === 0 ? [pass()] : found;
    },
  });
}

function ofServers(servers: readonly string[]): Text {
  if (servers.length === 0) return { zh: "", en: "" };
  const named = servers.slice(0, MOST_NAMES);
  const more = servers.length - named.length;
  return {
    zh: `${named.join("、")}${more > 0 ? `等 ${servers.length} 台` : ""} 的`,
    en: ` of ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  };
}
