import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { GROUP, NETWORK, PORT } from "../../catalog/terraform-plan/exposure/security-groups.ts";
import { indexStack, textsAt } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import { blocks, type PlannedResource, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

const SERVER = "openstack_compute_instance_v2";
const ATTACHMENT = "openstack_compute_interface_attach_v2";

/** Rejects ports that no security group guards, and servers connected by a port that is not written out. */
export const requirePortSecurity = defineSystemPolicy({
  id: "exposure/require-port-security",
  level: "mandatory",
  title: { zh: "每块网卡都开启端口安全，并有访问规则（安全组）", en: "Every port states its port security and its groups" },
  why: {
    zh: "网卡的端口安全一关，访问规则（安全组）全部失效，服务器还能冒充别的地址；这一项不写就保持上一次的值，关过就一直关着，所以必须写 true",
    en: "Without port security no group applies and addresses can be forged; left out it keeps its last value, so once off it stays off: it must say true",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护",
  remedy: {
    zh: "申请不用改，由平台工程师处理：网卡写 port_security_enabled = true 和 security_group_ids，不用 no_security_groups；服务器只通过这样的网卡联网",
    en: "The request needs no change; for the platform's engineers: give the port port_security_enabled = true and security_group_ids, never no_security_groups; connect servers by such ports alone",
  },
  check(subject) {
    const index = indexStack(subject.resources);
    const verdicts = [
      ...index.ofType(NETWORK).flatMap((network) => networkVerdicts(subject, network)),
      ...index.ofType(PORT).flatMap((port) => portVerdicts(subject, port)),
      ...index.ofType(SERVER).flatMap((server) => serverVerdicts(subject, server)),
      ...index.ofType(ATTACHMENT).map((attachment) => attachmentVerdict(subject, attachment)),
    ];
    return verdicts.length === 0 ? [notApplicable("没有网卡", "there are no ports")] : verdicts;
  },
});

function networkVerdicts(subject: SystemSubject, network: PlannedResource): Verdict[] {
  if (network.values["port_security_enabled"] !== false) return [];
  const place = placeOfResource(subject, network, "port_security_enabled");
  return [
    violation(
      place,
      "port_security_enabled 为 false：这个网络上的新网卡都没有端口安全，应为 true",
      "Cannot turn port security off (false): every new port of this network would be without it; wanted true",
    ),
  ];
}

function portVerdicts(subject: SystemSubject, port: PlannedResource): Verdict[] {
  const place = (attribute: string) => () => placeOfResource(subject, port, attribute);
  return [
    securityVerdict(place("port_security_enabled"), port),
    ...noGroupsVerdicts(place("no_security_groups"), port),
    groupsVerdict(subject, port),
    ...extraVerdicts(place("value_specs"), port),
  ];
}

type PlaceOf = () => ReturnType<typeof placeOfResource>;

function securityVerdict(place: PlaceOf, port: PlannedResource): Verdict {
  const value = port.values["port_security_enabled"];
  if (value === true) return pass();
  if (value === undefined && port.unknown.has("port_security_enabled"))
    return undetermined(
      place(),
      "端口安全要到执行后才知道，应写明 true",
      "Cannot tell port security before apply: wanted true, written out",
    );
  return value === false
    ? violation(
        place(),
        "port_security_enabled 为 false：安全组全部失效，应为 true",
        "Cannot turn port security off (false): no group applies any more; wanted true",
      )
    : violation(
        place(),
        "没有写 port_security_enabled，会保持上一次的值，应写明 true",
        "Cannot leave port_security_enabled out, which keeps its last value: wanted true, written out",
      );
}

function noGroupsVerdicts(place: PlaceOf, port: PlannedResource): Verdict[] {
  const value = port.values["no_security_groups"];
  if (value === true)
    return [
      violation(
        place(),
        "no_security_groups 为 true，应列出安全组",
        "Cannot do without security groups (no_security_groups is true): wanted them listed",
      ),
    ];
  if (port.unknown.has("no_security_groups"))
    return [
      undetermined(
        place(),
        "no_security_groups 要到执行后才知道，应不写",
        "Cannot tell no_security_groups before apply: wanted it left out",
      ),
    ];
  return [];
}

function groupsVerdict(subject: SystemSubject, port: PlannedResource): Verdict {
  const targets = indexStack(subject.resources).resolve(port, "security_group_ids", GROUP);
  if (targets.length > 0 && targets.every(({ kind }) => kind !== "unknown")) return pass();
  const place = placeOfResource(subject, port, "security_group_ids");
  if (targets.some(({ kind }) => kind === "unknown"))
    return undetermined(place, "安全组要到执行后才知道，应列出", "Cannot tell the security groups before apply: wanted them listed");
  return violation(
    place,
    "没有写安全组，会落到项目的 default 组，应列出",
    "Cannot leave the security groups out, which means the project's default group: wanted them listed",
  );
}

/** Raw arguments go to Neutron as they are, past everything that is checked here. */
function extraVerdicts(place: PlaceOf, port: PlannedResource): Verdict[] {
  const given = blocks(port, "value_specs").flatMap((each) => Object.keys(each));
  if (given.length === 0 && !port.unknown.has("value_specs")) return [];
  const names = given.length === 0 ? "?" : given.join(", ");
  return [
    violation(
      place(),
      `value_specs（${names}）直接交给云平台，绕过检查，应不写`,
      `Cannot pass ${names} to Neutron unseen by value_specs: wanted it left out`,
    ),
  ];
}

function serverVerdicts(subject: SystemSubject, server: PlannedResource): Verdict[] {
  const networks = blocks(server, "network");
  if (networks.length === 0 && stringValue(server, "network_mode") === "none") return [];
  const ports = indexStack(subject.resources).resolve(server, "network.port", PORT);
  if (networks.length > 0 && networks.length <= ports.length && ports.every(({ kind }) => kind === "own")) return [pass()];
  const place = placeOfResource(subject, server, "network");
  if (ports.some(({ kind }) => kind !== "own"))
    return [
      undetermined(
        place,
        "用了本系统之外或尚不知道的网卡",
        "Cannot tell how this server is guarded: its port is not in this system or not known yet",
      ),
    ];
  const named = textsAt(networks, ["name"]).map((name) => `"${name}"`);
  return [
    violation(
      place,
      `直接连接网络${named.join("、")}，云平台自动建的网卡没有端口安全和安全组，应写明网卡（network { port }）`,
      `Cannot connect to the network${named.map((name) => ` ${name}`).join("")} directly, by a port that Nova makes: wanted a port that is written out (network { port })`,
    ),
  ];
}

function attachmentVerdict(subject: SystemSubject, attachment: PlannedResource): Verdict {
  const ports = indexStack(subject.resources).resolve(attachment, "port_id", PORT);
  if (ports.length > 0 && ports.every(({ kind }) => kind === "own")) return pass();
  const place = placeOfResource(subject, attachment, ports.length > 0 ? "port_id" : "network_id");
  return ports.length > 0
    ? undetermined(
        place,
        "用了本系统之外或尚不知道的网卡",
        "Cannot tell how this interface is guarded: its port is not in this system or not known yet",
      )
    : violation(
        place,
        "按网络连接，网卡由云平台自动建，应写 port_id",
        "Cannot connect an interface by its network: wanted port_id of a port that is written out",
      );
}
