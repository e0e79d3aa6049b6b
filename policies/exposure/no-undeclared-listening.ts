import type { Declaration, Listen } from "../../catalog/declaration.ts";
import { declaredGroup } from "../../catalog/declared-place.ts";
import { type AddressRange, isCovered, readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { clusterOpeners, readClusterOpenings } from "../../catalog/terraform-plan/exposure/cluster-openings.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { type Opening, readOpenings } from "../../catalog/terraform-plan/exposure/read-openings.ts";
import { reachableOf, serverName } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

/** Rejects whatever can be reached from outside and is not declared: by this protocol, at this port, from this source, in this group of servers. */
export const noUndeclaredListening = defineSystemPolicy({
  id: "exposure/no-undeclared-listening",
  level: "mandatory",
  title: { zh: "只开放 listens 里写明的端口", en: "Nothing is reachable that is not declared under listens" },
  why: {
    zh: "审批人看的是申请：实际开放的比申请里写的多，多出的部分就没有人批准过",
    en: "Approvers see the declaration: whatever is open beyond it was approved by nobody",
  },
  clause: "GB/T 22239-2019 8.1.3.1 边界防护；GB/T 22239-2019 8.1.3.2 访问控制",
  remedy: {
    zh: "在这组服务器的 listens 里写明端口（port）、来源（from）和协议（protocol，不写就是 tcp）；不需要开放的，由平台工程师去掉",
    en: "Write port, from and, unless it is tcp, protocol under listens of these servers; what need not be open the platform's engineers close",
  },
  check(subject) {
    const { openings, stray, opaque } = readOpenings(subject.resources, subject.base?.resources);
    const openers = clusterOpeners(subject.resources);
    if (openings.length + stray.length + opaque.length + openers.length === 0)
      return [notApplicable("从外面什么也访问不到", "nothing can be reached from outside")];
    return [
      ...openingVerdicts(subject, openings),
      ...stray.map(({ resource, attribute }) =>
        undetermined(
          placeOfResource(subject, resource, attribute),
          "这个公网地址给了本系统之外或尚不知道的端口，无法判断开放了什么",
          "Cannot tell what becomes reachable: this public address goes to a port that is not in this system or not known yet",
        ),
      ),
      ...opaque.map((resource) =>
        undetermined(
          placeOfResource(subject, resource, "id"),
          `${resource.type} 自己建服务器或接通网络，无法判断开放了什么，应把服务器和规则写明`,
          `Cannot tell what becomes reachable: ${resource.type} makes servers or links of its own; wanted servers and rules written out`,
        ),
      ),
      ...(openers.length === 0 ? [] : clusterVerdicts(subject, openers)),
    ];
  },
});

/** What can be reached by several ways in the same words is told once. */
function openingVerdicts(subject: SystemSubject, openings: readonly Opening[]): Verdict[] {
  const groups = declaredGroups(subject.declaration);
  const ofServer = new Map<PlannedResource, DeclaredListens>();
  const told = new Set<string>();
  const verdicts: Verdict[] = [];
  for (const opening of openings) {
    const { server } = opening;
    const declared = ofServer.get(server) ?? groups.get(declaredGroup(server.address)?.group ?? "") ?? NOTHING_DECLARED;
    ofServer.set(server, declared);
    const verdict = isDeclared(declared, opening) ? pass() : openingVerdict(subject, opening, declared.listens);
    const key = "message" in verdict ? verdict.message.en : "";
    if (key !== "" && told.has(key)) continue;
    if (key !== "") told.add(key);
    verdicts.push(verdict);
  }
  return verdicts;
}

function openingVerdict(subject: SystemSubject, opening: Opening, listens: readonly Listen[]): Verdict {
  const { server, cause } = opening;
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
    zh: listens.length === 0 ? "这组服务器没有写 listens" : `listens 里只有 ${printListens(listens, "zh")}`,
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
    `${name} 的 ${is.zh} 可从${source.zh}访问，申请里却没有写：${wanted.zh}`,
    `Cannot let ${source.en} reach ${is.en} of ${name}: ${wanted.en}`,
  );
}

/** What a group of servers declares, and by `tcp 443` whom that lets in; `internet` is everybody. */
interface DeclaredListens {
  readonly listens: readonly Listen[];
  readonly sources: ReadonlyMap<string, "internet" | readonly AddressRange[]>;
}

/** What a server of no group declares. */
const NOTHING_DECLARED: DeclaredListens = { listens: [], sources: new Map() };

function declaredGroups(declaration: Declaration | undefined): ReadonlyMap<string, DeclaredListens> {
  if (declaration === undefined) return new Map();
  // Of two groups of one key the servers' counts.
  const groups = [...declaration.gpuServers, ...declaration.servers];
  return new Map(groups.map(({ key, listens }) => [key, { listens, sources: sourcesOf(listens) }]));
}

function sourcesOf(listens: readonly Listen[]): DeclaredListens["sources"] {
  const sources = new Map<string, "internet" | AddressRange[]>();
  for (const { protocol, port, from } of listens) {
    const key = `${protocol} ${port}`;
    const others = sources.get(key) ?? [];
    const range = "cidr" in from ? readAddressRange(from.cidr) : undefined;
    if (range !== undefined && others !== "internet") others.push(range);
    sources.set(key, from.kind === "internet" ? "internet" : others);
  }
  return sources;
}

/** Whether what is declared is all that an opening opens: each of its ports, from every address that it lets in. */
function isDeclared({ listens, sources }: DeclaredListens, { protocol, ports, peer }: Opening): boolean {
  if (ports.kind !== "range" || ports.to - ports.from >= listens.length || peer.kind === "unknown") return false;
  for (let port = ports.from; port <= ports.to; port += 1) {
    const declared = sources.get(`${protocol} ${port}`);
    if (declared === "internet") continue;
    if (declared === undefined || !rangesOf(peer).every((range) => isCovered(range, declared))) return false;
  }
  return true;
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
function clusterVerdicts(subject: SystemSubject, openers: readonly PlannedResource[]): Verdict[] {
  const found = readClusterOpenings(openers, publicSpaceOf(subject.catalogue));
  if (found.length === 0) return [pass()];
  return found.map(({ kind, resource, attribute, by }) => {
    const place = placeOfResource(subject, resource, attribute);
    return kind === "open"
      ? violation(
          place,
          `通过 ${by.zh} 会在集群之外开放端口，应只用 ClusterIP 服务`,
          `Cannot open a port outside the cluster by ${by.en}: wanted ClusterIP`,
        )
      : undetermined(
          place,
          `无法判断${by.zh}是否在集群之外开放端口，应写明，只用 ClusterIP 服务`,
          `Cannot tell whether ${by.en} opens a port outside the cluster: wanted it written out, and ClusterIP`,
        );
  });
}
