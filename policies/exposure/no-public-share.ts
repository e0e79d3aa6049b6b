import { type AddressRange, rangeContains, readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { SUBNET } from "../../catalog/terraform-plan/exposure/security-groups.ts";
import { indexStack } from "../../catalog/terraform-plan/exposure/stack-index.ts";
import { type PlannedResource, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

/** Larger than this is no system's network: an IPv4 /20 has 4096 addresses. */
const WIDEST_PREFIX = { 4: 20, 6: 64 } as const;

/** Rejects shares that the world, or more of the network than the system itself, may mount. */
export const noPublicShare = defineSystemPolicy({
  id: "exposure/no-public-share",
  level: "mandatory",
  title: { zh: "文件存储不公开", en: "No share is public" },
  why: {
    zh: "文件存储只按网络地址放行：放行的网段里，任何一台机器都能读写全部文件",
    en: "NFS trusts addresses: any machine of the network that may mount a share reads and writes all its files",
  },
  clause: "GB/T 22239-2019 8.1.4.2 访问控制；GB/T 22239-2019 8.1.3.1 边界防护",
  remedy: {
    zh: "申请不用改，由平台工程师处理：access_to 写本系统的子网，is_public 写 false",
    en: "The request needs no change; for the platform's engineers: let access_to be the system's own subnet and is_public false",
  },
  check(subject) {
    const index = indexStack(subject.resources);
    const shares = index.ofType("openstack_sharedfilesystem_share_v2");
    const accesses = index.ofType("openstack_sharedfilesystem_share_access_v2");
    if (shares.length + accesses.length === 0) return [notApplicable("没有文件存储", "there are no shares")];
    return [...shares.map((share) => shareVerdict(subject, share)), ...accesses.map((access) => accessVerdict(subject, access))];
  },
});

function shareVerdict(subject: SystemSubject, share: PlannedResource): Verdict {
  const place = () => placeOfResource(subject, share, "is_public");
  if (share.values["is_public"] === true)
    return violation(
      place(),
      "is_public 为 true，别的系统也看得到这份文件存储，应为 false",
      "Cannot show a share to every project (is_public is true): wanted false",
    );
  return share.unknown.has("is_public")
    ? undetermined(place(), "is_public 要到执行后才知道，应为 false", "Cannot tell is_public before apply: wanted false")
    : pass();
}

function accessVerdict(subject: SystemSubject, access: PlannedResource): Verdict {
  const index = indexStack(subject.resources);
  // A subnet of the system whose range is allotted later is its own all the same.
  if (
    index.own(access, "access_to", SUBNET) !== undefined &&
    (access.references.get("access_to") ?? []).every(({ attribute }) => attribute === "cidr")
  )
    return pass();
  const place = placeOfResource(subject, access, "access_to");
  const wanted = { zh: "应为本系统的子网", en: "wanted the system's own subnet" };
  const to = stringValue(access, "access_to");
  if (access.unknown.has("access_to") || to === undefined)
    return undetermined(place, `谁能挂载要到执行后才知道，${wanted.zh}`, `Cannot tell who may mount before apply: ${wanted.en}`);
  const type = stringValue(access, "access_type") ?? "ip";
  if (type !== "ip")
    return to === "*"
      ? violation(place, `任何${type}（"*"）都能挂载`, `Cannot let any ${type} ("*") mount a share: wanted one by name`)
      : pass();
  const range = readAddressRange(to);
  if (range === undefined)
    return undetermined(place, `无法判断 "${to}" 是哪些地址，${wanted.zh}`, `Cannot tell which addresses "${to}" is: ${wanted.en}`);
  const space = publicSpaceOf(subject.catalogue);
  if (space.isWorld([range]))
    return violation(place, `"${to}" 让任何地址都能挂载，${wanted.zh}`, `Cannot let any address mount a share ("${to}"): ${wanted.en}`);
  if (ownRanges(subject).some((own) => rangeContains(own, range))) return pass();
  if (!space.isPrivate(range))
    return violation(place, `"${to}" 含公网地址，${wanted.zh}`, `Cannot let public addresses mount a share ("${to}"): ${wanted.en}`);
  return range.prefix >= WIDEST_PREFIX[range.family]
    ? pass()
    : violation(place, `"${to}" 太大，远不止一个系统，${wanted.zh}`, `Cannot let so large a network mount a share ("${to}"): ${wanted.en}`);
}

function ownRanges({ resources, declaration }: SystemSubject): AddressRange[] {
  const subnets = indexStack(resources)
    .ofType(SUBNET)
    .map((subnet) => stringValue(subnet, "cidr"));
  return [...subnets, declaration?.subnet].flatMap((cidr) => (cidr === undefined ? [] : (readAddressRange(cidr) ?? [])));
}
