import { skeletonsOf } from "../../catalog/confusables.ts";
import { codePointName } from "../../catalog/source/visible-text.ts";
import { declared, defineContractPolicy, type Place, pass, type Verdict, violation } from "../policy.ts";

/** Rejects names that belong to the platform, to its software or to nobody, names that pass for one of them, and marks that pass for a verdict. */
export const noReservedName = defineContractPolicy({
  id: "identity/no-reserved-name",
  level: "mandatory",
  title: { zh: "不使用保留名称", en: "No name is a reserved one" },
  why: {
    zh: "admin、platform、kube-system 这样的名称会被当成平台自己的，也会与集群、文件系统的保留名冲突；✔、❌ 这样的符号会被看成审核的结论",
    en: "Names such as admin, platform or kube-system pass for the platform's own, and clash with what clusters and file systems keep for themselves; a mark such as a tick or a cross passes for a verdict",
  },
  clause: "本项目规则; GB/T 22239-2019 8.1.10.2 资产管理",
  remedy: {
    zh: "用业务名称，如 social-insurance；不要用平台、管理员、默认一类的词，也不要用图形符号",
    en: "Name the system after what it does, such as social-insurance, in letters and digits",
  },
  check({ declarations, tenants }) {
    const ids: { readonly id: string; readonly place: Place }[] = [
      ...[...tenants.values()].map(({ id, source }) => ({
        id,
        place: { address: id, attribute: "id", at: { file: source.path, path: [] } },
      })),
      ...declarations.map(({ id, system, source }) => ({
        id: system,
        place: { system: id, address: id, attribute: "id", at: { file: source.path, path: [] } },
      })),
    ];
    const names = [
      ...[...tenants.values()].map(({ id, name, source }) => ({
        name,
        place: { address: id, attribute: "name", at: { file: source.path, path: ["name"] } },
      })),
      ...declarations.map((declaration) => ({ name: declaration.name, place: declared(declaration, ["name"]) })),
    ];
    // `storage.object` and `storage.file` name the system's own storage in accepts and removals.
    const groups = declarations.flatMap((declaration) =>
      [...declaration.servers, ...declaration.gpuServers]
        .filter(({ key }) => key === "storage")
        .map(({ key }) =>
          violation(
            declared(declaration, [declaration.servers.some((each) => each.key === key) ? "servers" : "gpuServers", key]),
            `服务器组不能叫 ${key}：accepts 和 removals 里 ${key}.object、${key}.file 指系统的存储`,
            `Cannot name a server group ${key}: ${key}.object and ${key}.file mean the system's storage in accepts and removals`,
          ),
        ),
    );
    return [
      ...groups,
      ...ids.map(({ id, place }) => verdictOf(id, place, RESERVED_PREFIXES.find((prefix) => id.startsWith(prefix)) ?? reservedLike(id))),
      ...names.map(({ name, place }) => verdictOf(name, place, reservedLike(name))),
      ...names.flatMap(({ name, place }) => marksVerdict(name, place)),
    ];
  },
});

/** Kubernetes keeps namespaces that begin with `kube-`; ours begin with the bureau's id. The others would read as the platform's own. */
const RESERVED_PREFIXES = ["kube-", "openstack-", "govcloud-", "platform-"];

const RESERVED = [
  // people and rights
  ...["admin", "administrator", "root", "superuser", "sysadmin", "operator", "owner", "vending", "auditor", "security"],
  // the platform and its parts
  ...["platform", "govcloud", "openstack", "kubernetes", "kube", "kube-system", "kube-public", "kube-node-lease", "keystone", "terraform"],
  ...["catalog", "catalogue", "policies", "stacks", "scripts", "cost", "waiver", "tenant", "registry", "bastion"],
  // words that mean all, none or the usual
  ...["default", "system", "public", "private", "internal", "internet", "external", "self", "all", "any", "none", "null"],
  ...["undefined", "unknown", "true", "false", "shared", "global", "common", "localhost", "base", "head", "contract"],
  // file names that Windows does not give out: a check-out would fail
  ...["con", "prn", "aux", "nul", ...Array.from({ length: 9 }, (_, index) => [`com${index + 1}`, `lpt${index + 1}`]).flat()],
  // display names
  ...[
    "平台",
    "政务云",
    "政务云平台",
    "公安云专区",
    "多云管理平台",
    "管理平台",
    "管理员",
    "系统管理员",
    "超级管理员",
    "系统",
    "默认",
    "公共",
    "全部",
    "无",
    "合同",
  ],
];

const BY_SKELETON: ReadonlyMap<string, string> = new Map(RESERVED.flatMap((word) => skeletonsOf(word).map((each) => [each, word])));

/** Words for the platform and its keepers; a name of them and of words that say nothing more, such as 政务云管理平台, passes for its own. */
const OWN_WORDS = [
  ...["政务云", "公安云专区", "公安云", "多云", "云平台", "超级管理员", "系统管理员", "管理员"],
  ...["administrator", "sysadmin", "admin", "root", "superuser", "govcloud", "openstack", "kubernetes"],
];
const EMPTY_WORDS = [
  ...["管理", "平台", "系统", "服务", "中心", "控制台", "后台", "运维", "门户", "统一", "总", "市"],
  ...["cloud", "console", "portal", "management", "system", "platform", "service", "center", "centre"],
];

const pattern = (words: readonly string[]) => words.map((word) => skeletonsOf(word)[0]).join("|");
const OWN_NAME = new RegExp(`^(?:${pattern(EMPTY_WORDS)})*(${pattern(OWN_WORDS)})(?:${pattern([...OWN_WORDS, ...EMPTY_WORDS])})*$`);

function reservedLike(name: string): string | undefined {
  const skeletons = skeletonsOf(name);
  const reserved = skeletons.map((each) => BY_SKELETON.get(each)).find((each) => each !== undefined);
  if (reserved !== undefined) return reserved;
  const own = OWN_NAME.exec(skeletons[0])?.[1];
  return own === undefined ? undefined : OWN_WORDS.find((word) => skeletonsOf(word)[0] === own);
}

/** Pictures, ticks, crosses and arrows: results mark verdicts and changes with such. Signs that stand in names of things are none. */
const MARK = /(?![©®°№℃℉™])[\p{So}\p{Emoji_Presentation}←-⇿√]/gu;

function marksVerdict(name: string, place: Place): Verdict[] {
  const marks = [...new Set(name.match(MARK) ?? [])].map((mark) => `${mark} (${codePointName(mark)})`);
  if (marks.length === 0) return [];
  return [
    violation(
      place,
      `“${name}”里有符号 ${marks.join("、")}，会被看成审核结果的标记；请用文字`,
      `Cannot use the name "${name}": ${marks.join(", ")} passes for a mark of a verdict, wanted letters, digits and punctuation`,
    ),
  ];
}

function verdictOf(name: string, place: Place, reserved: string | undefined): Verdict {
  if (reserved === undefined) return pass();
  return violation(
    place,
    name === reserved ? `“${name}”是保留名称` : `“${name}”与保留名称 ${reserved} 相同或容易混淆`,
    name === reserved ? `Cannot use the reserved name "${name}"` : `Cannot use the name "${name}": it passes for the reserved ${reserved}`,
  );
}
