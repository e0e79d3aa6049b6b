import { isEveryAddress, isHost, rangeContains, readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { PORT, pairsAreUnknown, SUBNET } from "../../catalog/terraform-plan/exposure/security-groups.ts";
import { indexStack, textsAt } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import { serverName } from "../../catalog/terraform-plan/exposure.ts";
import { type PlannedResource, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

/** Rejects address pairs that are more than one address of the port's own subnet. */
export const requireBoundedAddressPairs = defineSystemPolicy({
  id: "exposure/require-bounded-address-pairs",
  level: "mandatory",
  title: { zh: "网卡的额外地址只能是本子网里的一个地址", en: "An allowed address pair is one address of the port's own subnet" },
  why: {
    zh: "额外地址写成 0.0.0.0/0（任何地址），服务器就能冒充任何地址；凡是放行这组服务器的访问规则（安全组），也都变成放行任何地址",
    en: "A pair of 0.0.0.0/0 lets the server forge any address, and every rule whose source is its group then lets in everybody",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护",
  remedy: {
    zh: "申请不用改，由平台工程师处理：只写虚拟地址本身，如 10.20.3.100，且在网卡的子网里；不需要就删去",
    en: "The request needs no change; for the platform's engineers: write the virtual address alone, such as 10.20.3.100, of the port's own subnet, or leave the pair out",
  },
  check(subject) {
    const ports = indexStack(subject.resources).ofType(PORT);
    if (ports.length === 0) return [notApplicable("没有网卡", "there are no ports")];
    return ports.flatMap((port) => portVerdicts(subject, port));
  },
});

function portVerdicts(subject: SystemSubject, port: PlannedResource): Verdict[] {
  if (port.values["allowed_address_pairs"] === undefined && !port.unknown.has("allowed_address_pairs")) return [pass()];
  const place = placeOfResource(subject, port, "allowed_address_pairs");
  const index = indexStack(subject.resources);
  const verdicts = textsAt(port.values["allowed_address_pairs"], ["ip_address"]).flatMap(
    (words) => pairVerdict(subject, port, words) ?? [],
  );
  const others = index.resolve(port, "allowed_address_pairs.ip_address", PORT);
  for (const target of others) if (target.kind === "own") verdicts.push(...ownerVerdicts(subject, port, target.resource));
  if (pairsAreUnknown(port, index))
    verdicts.push(
      undetermined(
        place,
        "额外地址要到执行后才知道，应写明单个地址",
        "Cannot tell the address pairs before apply: wanted single addresses, written out",
      ),
    );
  return verdicts.length === 0 ? [pass()] : verdicts;
}

/** Undefined where the pair is one address of a subnet that the port is in. */
function pairVerdict(subject: SystemSubject, port: PlannedResource, words: string): Verdict | undefined {
  const place = placeOfResource(subject, port, "allowed_address_pairs.ip_address");
  const range = readAddressRange(words);
  if (range === undefined)
    return undetermined(
      place,
      `无法判断 "${words}" 是哪些地址，应为单个地址`,
      `Cannot tell which addresses "${words}" is: wanted a single one`,
    );
  if (isEveryAddress(range))
    return violation(
      place,
      `"${words}" 是任何地址，应为本子网内的单个地址`,
      `Cannot let a port use any address ("${words}"): wanted one of its own subnet`,
    );
  if (!isHost(range))
    return violation(
      place,
      `"${words}" 是一段地址，应为单个地址`,
      `Cannot let a port use a whole range ("${words}"): wanted a single address`,
    );
  const subnets = indexStack(subject.resources).resolve(port, "fixed_ip.subnet_id", SUBNET);
  const known = subnets.flatMap((target) => {
    const cidr = target.kind === "own" ? stringValue(target.resource, "cidr") : undefined;
    const subnet = cidr === undefined ? undefined : readAddressRange(cidr);
    return target.kind === "own" && subnet !== undefined ? [{ range: subnet, gateway: stringValue(target.resource, "gateway_ip") }] : [];
  });
  const owners = indexStack(subject.resources)
    .ofType(PORT)
    .filter((other) => textsAt(other.values["fixed_ip"], ["ip_address"]).includes(words.split("/")[0] ?? ""))
    .flatMap((other) => ownerVerdicts(subject, port, other));
  if (owners[0] !== undefined) return owners[0];
  const home = known.find((subnet) => rangeContains(subnet.range, range));
  if (home !== undefined) {
    return home.gateway === words.split("/")[0]
      ? violation(
          place,
          `"${words}" 是网关的地址，不能给服务器用`,
          `Cannot let a port use the gateway's address ("${words}"): wanted another one of its subnet`,
        )
      : undefined;
  }
  return subnets.length === 0 || known.length < subnets.length
    ? undetermined(
        place,
        `无法判断 "${words}" 是否在网卡的子网内：子网的网段在这里看不到`,
        `Cannot tell whether "${words}" is in the port's own subnet, whose range is not known here`,
      )
    : violation(place, `"${words}" 不在网卡的子网内`, `Cannot let a port use "${words}": wanted an address of its own subnet`);
}

/** The address of a port that waits for it is what pairs are for; that of another server's port would be its impersonation. */
function ownerVerdicts(subject: SystemSubject, port: PlannedResource, other: PlannedResource): Verdict[] {
  const index = indexStack(subject.resources);
  const servers = index
    .ofType("openstack_compute_instance_v2")
    .filter((server) => index.resolve(server, "network.port", PORT).some((target) => target.kind === "own" && target.resource === other));
  if (other === port || servers.length === 0) return [];
  const name = servers.map(serverName).join(", ");
  return [
    violation(
      placeOfResource(subject, port, "allowed_address_pairs.ip_address"),
      `这是服务器 ${name} 自己的地址，写在这里就能冒充它，应为没有服务器使用的地址`,
      `Cannot let a port use the address of the server ${name}, and pass for it: wanted one that no server has`,
    ),
  ];
}
