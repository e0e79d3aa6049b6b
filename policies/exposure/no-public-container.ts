import { placeOfResource } from "../../catalog/terraform-plan/exposure/place.ts";
import { type PlannedResource, stringValue } from "../../catalog/terraform-plan/planned-resource.ts";
import { defineSystemPolicy, notApplicable, pass, type SystemSubject, undetermined, type Verdict, violation } from "../policy.ts";

const CONTAINER = "openstack_objectstorage_container_v1";

/** Rejects containers that anybody, or another project, may read or write, and links that need no sign-in. */
export const noPublicContainer = defineSystemPolicy({
  id: "exposure/no-public-container",
  level: "mandatory",
  title: { zh: "对象存储不公开", en: "No container is public" },
  why: {
    zh: "对象存储一旦公开，任何人不用登录就能读走；允许任何人写入，还会被换成有害的文件。对外提供文件，应经过应用系统",
    en: "Anybody reads a public container without signing in, and poisons one that is open to write; files are given out by an application",
  },
  clause: "GB/T 22239-2019 8.1.4.2 访问控制；GB/T 22239-2019 8.1.4.8 数据保密性",
  remedy: {
    zh: "申请不用改，由平台工程师处理：删去 container_read 和 container_write；要给别人的文件，由应用系统提供下载",
    en: "The request needs no change; for the platform's engineers: leave container_read and container_write out; an application hands out what must be shared",
  },
  check(subject) {
    const containers = subject.resources.filter(({ type }) => type === CONTAINER);
    const links = subject.resources.filter(({ type }) => type === "openstack_objectstorage_tempurl_v1");
    if (containers.length + links.length === 0) return [notApplicable("没有对象存储", "there are no containers")];
    const own = ownProjects(subject.resources);
    return [
      ...containers.flatMap((container) =>
        (["container_read", "container_write"] as const).flatMap((attribute) => aclVerdicts(subject, container, attribute, own)),
      ),
      ...links.map((link) =>
        violation(
          placeOfResource(subject, link, "method"),
          "临时链接让持有者不用登录就能访问",
          "Cannot make a temporary link: whoever holds it needs no sign-in",
        ),
      ),
    ];
  },
});

/** Names and ids by which an access list may name the system's own project. */
function ownProjects(resources: readonly PlannedResource[]): ReadonlySet<string> {
  const projects = resources.filter(({ type }) => type === "openstack_identity_project_v3");
  return new Set(projects.flatMap((project) => [stringValue(project, "id") ?? "", stringValue(project, "name") ?? ""]).filter(Boolean));
}

function aclVerdicts(
  subject: SystemSubject,
  container: PlannedResource,
  attribute: "container_read" | "container_write",
  own: ReadonlySet<string>,
): Verdict[] {
  const place = placeOfResource(subject, container, attribute);
  const what = attribute === "container_read" ? { zh: "读", en: "read" } : { zh: "写", en: "write" };
  if (container.unknown.has(attribute))
    return [
      undetermined(
        place,
        `谁能${what.zh}要到执行后才知道，应不写`,
        `Cannot tell who may ${what.en} before apply: wanted ${attribute} left out`,
      ),
    ];
  const entries = (stringValue(container, attribute) ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const verdicts = entries.flatMap((entry) => entryVerdict(place, entry, what, own) ?? []);
  return verdicts.length === 0 ? [pass()] : verdicts;
}

/** One element of a Swift access list: a referrer (`.r:*`), listings, or `project:user`. Undefined where it lets in nobody else. */
function entryVerdict(
  place: ReturnType<typeof placeOfResource>,
  entry: string,
  what: { readonly zh: string; readonly en: string },
  own: ReadonlySet<string>,
): Verdict | undefined {
  const words = entry.toLowerCase().replaceAll(" ", "");
  if (/^\.r(ef|eferer|eferrer)?:/.test(words)) {
    // With a minus it takes away; any other referrer is a header that everybody can send.
    if (/^\.[a-z]+:-/.test(words)) return undefined;
    return violation(place, `"${entry}" 让任何人不用登录就能${what.zh}`, `Cannot let anybody ${what.en} without signing in ("${entry}")`);
  }
  if (words === ".rlistings") return violation(place, `".rlistings" 让任何人列出文件`, `Cannot let anybody list the files (".rlistings")`);
  const [project = "", user] = entry.split(":");
  if (user === undefined)
    return undetermined(place, `无法判断 "${entry}" 是谁，应不写`, `Cannot tell who "${entry}" is: wanted it left out`);
  if (project.trim() === "*")
    return user.trim() === "*"
      ? violation(place, `"${entry}" 让云上每个用户都能${what.zh}`, `Cannot let every user of the cloud ${what.en} ("${entry}")`)
      : violation(place, `"${entry}" 让其他项目的用户能${what.zh}`, `Cannot let a user of any project ${what.en} ("${entry}")`);
  if (own.has(project.trim())) return undefined;
  return violation(place, `"${entry}" 让其他项目能${what.zh}`, `Cannot let another project ${what.en} ("${entry}")`);
}
