import type { Declaration, Listen } from "../../catalog/declaration.ts";
import { declaredGroup } from "../../catalog/declared-place.ts";
import { type AddressRange, isCovered, readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { clusterOpeners, readClusterOpenings } from "../../catalog/terraform-plan/exposure/cluster-openings.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { type Opening, readOpenings } from "../../catalog/terraform-plan/exposure/read-openings.ts";
import { reachableOf, serverName } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { type Text, text } from "../../catalog/text.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

const WITHOUT_DECLARATION = text(
  "把服务器、地址和规则在计划里写明，只用 ClusterIP 服务，或去掉多开的部分",
  "Write servers, addresses and rules out in the plan, use ClusterIP alone, or close what is open",
);

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
    const { openings, stray, opaque } = readOpenings(subject.resources, subject.base?.resources);
    const remedy = subject.foreign === true ? WITHOUT_DECLARATION : undefined;
    const openers = clusterOpeners(subject.resources);
    const judged = (subject.foreign === true ? 0 : openings.length) + stray.length + opaque.length + openers.length;
    if (judged === 0)
      return [
        openings.length === 0
          ? notApplicable("从外面什么也访问不到", "nothing can be reached from outside")
          : notApplicable(
              "别的流水线做的计划，没有可以对照的申报",
              "another pipeline made the plan, and nothing is declared to hold it against",
            ),
      ];
    const told = new Set<string>();
    return [
      // What another pipeline's plan opens is shown and held against the policies on ports open to the world; nothing is declared to compare it with.
      ...(subject.foreign === true ? [] : openings).flatMap((opening) => {
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
          remedy,
        ),
      ),
      ...opaque.map((resource) =>
        undetermined(
          placeOfResource(subject, resource, "id"),
          `${resource.type} 自己建服务器或接通网络，无法判断开放了什么，应把服务器和规则写明`,
          `Cannot tell what becomes reachable: ${resource.type} makes servers or links of its own; wanted servers and rules written out`,
          remedy,
        ),
      ),
      ...(openers.length === 0 ? [] : clusterVerdicts(subject, openers, remedy)),
    ];
  },
});

function openingVerdict(subject: SystemSubject, opening: Opening): Verdict {
  const { server, cause } = opening;
  const listens = declaredListens(subject.declaration, server);
  if (isDeclared(listens, opening)) return pass();
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
        : from === EVERY_ADDRESS[6]
          ? { zh: "任何 IPv6 地址", en: "any IPv6 address" }
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

/** Whether what is declared is all that an opening opens: each of its ports, from every address that it lets in. */
function isDeclared(listens: readonly Listen[], { protocol, ports, peer }: Opening): boolean {
  if (ports.kind !== "range" || ports.to - ports.from >= listens.length || peer.kind === "unknown") return false;
  return Array.from({ length: ports.to - ports.from + 1 }, (_, index) => ports.from + index).every((port) => {
    const sources = listens.filter((listen) => listen.protocol === protocol && listen.port === port).map(({ from }) => from);
    if (sources.some(({ kind }) => kind === "internet")) return true;
    const declared = sources.flatMap((from) => ("cidr" in from ? (readAddressRange(from.cidr) ?? []) : []));
    return rangesOf(peer).every((range) => isCovered(range, declared));
  });
}

/** Everybody is every address of the rule's family; where a rule is for both, of both. */
function rangesOf(peer: Exclude<Opening["peer"], { kind: "unknown" }>): readonly AddressRange[] {
  if (peer.kind === "network") return [peer.range];
  const families = peer.family === undefined ? ([4, 6] as const) : [peer.family];
  return families.flatMap((family) => readAddressRange(EVERY_ADDRESS[family]) ?? []);
}

const EVERY_ADDRESS = { 4: "0.0.0.0/0", 6: "::/0" } as const;

function printListens(listens: readonly Listen[], lang: "zh" | "en"): string {
  const words = { internet: "互联网", self: "本系统" } as const;
  return listens
    .map(({ protocol, port, from }) => {
      const source = from.kind === "tenant" || from.kind === "cidr" ? from.cidr : lang === "zh" ? words[from.kind] : from.kind;
      return lang === "zh" ? `${source}→${protocol} ${port}` : `${protocol} ${port} from ${source}`;
    })
    .join(lang === "zh" ? "、" : ", ");
}

/** Components are reached inside their cluster alone. */
function clusterVerdicts(subject: SystemSubject, openers: readonly PlannedResource[], remedy: Text | undefined): Verdict[] {
  const found = readClusterOpenings(openers, publicSpaceOf(subject.catalogue));
  if (found.length === 0) return [pass()];
  return found.map(({ kind, resource, attribute, by }) => {
    const place = placeOfResource(subject, resource, attribute);
    return kind === "open"
      ? violation(
          place,
          `通过 ${by.zh} 会在集群之外开放端口，应只用 ClusterIP 服务`,
          `Cannot open a port outside the cluster by ${by.en}: wanted ClusterIP`,
          remedy,
        )
      : undetermined(
          place,
          `无法判断${by.zh}是否在集群之外开放端口，应写明，只用 ClusterIP 服务`,
          `Cannot tell whether ${by.en} opens a port outside the cluster: wanted it written out, and ClusterIP`,
          remedy,
        );
  });
}
