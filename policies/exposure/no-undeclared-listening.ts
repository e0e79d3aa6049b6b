import type { Declaration, Listen } from "../../catalog/declaration.ts";
import { declaredGroup } from "../../catalog/declared-place.ts";
import { type AddressRange, isEveryAddress, rangeContains, readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { type Opening, readOpenings } from "../../catalog/terraform-plan/exposure/read-openings.ts";
import { reachableOf, serverName } from "../../catalog/terraform-plan/exposure.ts";
import { blocks, type PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

/** Rejects whatever can be reached from outside and is not declared: by this protocol, at this port, from this source, in this group of servers. */
export const noUndeclaredListening = defineSystemPolicy({
  id: "exposure/no-undeclared-listening",
  level: "mandatory",
  title: { zh: "只开放 listens 里申报的端口", en: "Nothing is reachable that is not declared under listens" },
  why: {
    zh: "审批人只看申报：实际开放的若比申报的多，多出的部分就没有人批准过",
    en: "Approvers see the declaration: whatever is open beyond it was approved by nobody",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.3.2 访问控制",
  remedy: {
    zh: "在该组服务器的 listens 里写明协议、端口和来源，或去掉多开的部分",
    en: "Declare protocol, port and source under listens of that group, or close what is open beyond it",
  },
  check(subject) {
    const { openings, stray } = readOpenings(subject.resources);
    const services = subject.resources.filter(({ type }) => type === "kubernetes_service_v1" || type === "kubernetes_service");
    if (openings.length + stray.length + services.length === 0)
      return [notApplicable("从外面什么也访问不到", "nothing can be reached from outside")];
    const told = new Set<string>();
    return [
      ...openings.flatMap((opening) => {
        const verdict = openingVerdict(subject, opening);
        const key = "message" in verdict ? verdict.message.en : "";
        if (key !== "" && told.has(key)) return [];
        told.add(key);
        return [verdict];
      }),
      ...stray.map(({ resource, attribute }) =>
        undetermined(
          placeOfResource(subject, resource, attribute),
          "这个公网地址给了本系统之外或尚不知道的端口，无法判断开放了什么",
          "Cannot tell what becomes reachable: this public address goes to a port that is not in this system or not known yet",
        ),
      ),
      ...services.flatMap((service) => serviceVerdict(subject, service)),
    ];
  },
});

function openingVerdict(subject: SystemSubject, opening: Opening): Verdict {
  const { server, cause } = opening;
  const listens = declaredListens(subject.declaration, server);
  if (listens.some((listen) => covers(listen, opening))) return pass();
  const { protocol, ports, from } = reachableOf(opening);
  const place = placeOfResource(subject, cause.resource, cause.attribute);
  const name = serverName(server);
  const is =
    protocol === "any"
      ? { zh: "所有协议的所有端口", en: "every port of every protocol" }
      : { zh: `${protocol} ${ports}`, en: `${protocol} ${ports}` };
  const source =
    from === "internet"
      ? { zh: "互联网", en: "the internet" }
      : from === "anyone"
        ? { zh: "任何地址", en: "any address" }
        : { zh: from, en: from };
  const wanted = {
    zh: listens.length === 0 ? "这组服务器没有申报任何端口" : `申报的只有 ${printListens(listens, "zh")}`,
    en: listens.length === 0 ? "this group declares no port" : `its group declares only ${printListens(listens, "en")}`,
  };
  if (opening.peer.kind === "unknown" || protocol === "unknown" || ports === "unknown") {
    return undetermined(
      place,
      `无法判断 ${name} 开放了什么：规则或来源在这里看不到（${wanted.zh}）`,
      `Cannot tell what of ${name} can be reached: its rules or their source are not known here (${wanted.en})`,
    );
  }
  return violation(
    place,
    `${name} 的 ${is.zh} 可从${source.zh}访问，但没有申报：${wanted.zh}`,
    `Cannot let ${source.en} reach ${is.en} of ${name}: ${wanted.en}`,
  );
}

/** What the group of a server declares; a server of no group declares nothing. */
function declaredListens(declaration: Declaration | undefined, { address }: PlannedResource): readonly Listen[] {
  const key = declaredGroup(address)?.group;
  if (declaration === undefined || key === undefined) return [];
  return [...declaration.servers, ...declaration.gpuServers].find((group) => group.key === key)?.listens ?? [];
}

/** Whether a declared port is all that an opening opens. */
function covers({ protocol, port, from }: Listen, opening: Opening): boolean {
  const { ports, peer } = opening;
  if (opening.protocol !== protocol || ports.kind !== "range" || ports.from !== port || ports.to !== port || peer.kind === "unknown")
    return false;
  switch (from.kind) {
    case "self":
      return false;
    case "internet":
      return true;
    case "tenant":
    case "cidr": {
      const declared = readAddressRange(from.cidr);
      return (
        declared !== undefined &&
        (isEveryAddress(declared) || (peer.kind === "network" && rangeContains(declared, peer.range satisfies AddressRange)))
      );
    }
  }
}

function printListens(listens: readonly Listen[], lang: "zh" | "en"): string {
  const words = { internet: "互联网", self: "本系统" } as const;
  return listens
    .map(({ protocol, port, from }) => {
      const source = from.kind === "tenant" || from.kind === "cidr" ? from.cidr : lang === "zh" ? words[from.kind] : from.kind;
      return lang === "zh" ? `${source}→${protocol} ${port}` : `${protocol} ${port} from ${source}`;
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** Components are reached inside their cluster; a service of another kind opens a port of every node, or a public address. */
function serviceVerdict(subject: SystemSubject, service: PlannedResource): Verdict[] {
  const place = placeOfResource(subject, service, "spec.type");
  const [spec] = blocks(service, "spec");
  const type = spec?.["type"] ?? "ClusterIP";
  const isUnknown = ["spec", "spec.type", "spec.external_ips"].some((path) => service.unknown.has(path));
  if (isUnknown)
    return [
      undetermined(
        place,
        "服务类型要到执行后才知道，应为 ClusterIP",
        "Cannot tell the kind of this service before apply: wanted ClusterIP",
      ),
    ];
  const external = spec?.["external_ips"];
  if (type === "ClusterIP" && !(Array.isArray(external) && external.length > 0)) return [pass()];
  const found = type === "ClusterIP" ? "external_ips" : String(type);
  return [
    violation(
      place,
      `服务是 ${found}，会在集群之外开放端口，应为 ClusterIP`,
      `Cannot open a port outside the cluster by ${found}: wanted ClusterIP`,
    ),
  ];
}
