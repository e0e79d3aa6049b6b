import type { Catalogue } from "./catalogue.ts";
import { type ChangedValue, changedValues, printedValue } from "./source/changed-values.ts";
import { matchesPath } from "./source/path-pattern.ts";
import type { Path } from "./source/source-file.ts";
import { type Text, text, verbatim } from "./text.ts";

/** What the two parties signed, and what the operator runs: who may change the one may not change the other. */
export type GoverningArea = "contract" | "platform";

/** Values of the catalogue by which requests are judged, and what they decide. */
interface Governing {
  readonly area: GoverningArea;
  readonly file: RegExp;
  /** The first that matches a path (keys joined by dots, `*` for one of them, the rest below it) says what a value decides; the last matches all. */
  readonly decides: readonly (readonly [path: string, decides: Text])[];
  /** Where an entry may be added, since it changes nothing that stands. Anything else that is added governs, as what is changed does. */
  readonly mayGrow: readonly string[];
}

const GOVERNING: readonly Governing[] = [
  {
    area: "contract",
    file: /^catalog\/contracts\/[^/]+\.yaml$/,
    decides: [
      ["term", text("服务期（合同 2.1）", "the term of service (clause 2.1)")],
      ["runOnWorkingDays", text("继续服务期（合同 2.2）", "the run-on (clause 2.2)")],
      ["factor", text("月度服务费的系数（合同 7.1.1）", "the factor of the monthly fee (clause 7.1.1)")],
      ["vatRate", text("税率（合同 7）", "the VAT rate (clause 7)")],
      ["estimate", text("预估服务费（合同 7）", "the estimate (clause 7)")],
      ["circuits", text("线路（合同 5.1.6）", "the circuits (clause 5.1.6)")],
      ["payments", text("付款（合同 7.2.1）", "the payments (clause 7.2.1)")],
      ["deadlines", text("期限（合同 5.1.5、附件2 第2条）", "the deadlines (clause 5.1.5, Annex 2 §2)")],
      ["trialMonths", text("不计费的测试期（合同 5.1.2）", "the trial that is not billed (clause 5.1.2)")],
      ["", text("合同双方和名称", "the contract's name and parties")],
    ],
    mayGrow: [],
  },
  {
    area: "contract",
    file: /^catalog\/annex-1\.yaml$/,
    decides: [
      ["items.*.ceiling", text("单位限价（附件1）", "a price ceiling (Annex 1)")],
      ["items.*.unit", text("计量单位（附件1）", "the unit that is priced (Annex 1)")],
      ["items.*.specification", text("最低规格（附件1）", "a minimum specification (Annex 1)")],
      ["items.*.includes", text("服务包括的内容（附件1）", "what a service includes (Annex 1)")],
      ["", text("服务目录的一项（附件1）", "a line of the service catalogue (Annex 1)")],
    ],
    mayGrow: [],
  },
  {
    area: "contract",
    file: /^catalog\/annex-2\.yaml$/,
    decides: [
      ["resourceUsage.cpu", text("CPU 使用率的分档（附件2 第7条）", "a band of CPU use (Annex 2 §7)")],
      ["resourceUsage.memory", text("内存使用率的分档（附件2 第7条）", "a band of memory use (Annex 2 §7)")],
      ["resourceUsage.disk", text("磁盘空间使用率（附件2 第7条）", "the use of disks (Annex 2 §7)")],
      ["resourceUsage.exemption", text("豁免最长多久（附件2 第7条 注2）", "how long an exemption may last (Annex 2 §7 note 2)")],
      ["", text("资源使用率考核（附件2 第7条）", "the assessment of resource usage (Annex 2 §7)")],
    ],
    mayGrow: [],
  },
  {
    area: "platform",
    file: /^catalog\/pools\.yaml$/,
    decides: [
      ["pools.*.capacity", text("资源池余量（合同 5.1.4）", "the pool's capacity (clause 5.1.4)")],
      [
        "pools.*.server",
        text("最低、最高配置（附件2 第7条 注1）", "the smallest and largest configuration of a server (Annex 2 §7 note 1)"),
      ],
      [
        "pools.*.racks",
        text("机柜的功率、高度和计价类别（附件1 第18至20项）", "a rack's power, height and class (Annex 1 lines 18 to 20)"),
      ],
      ["pools.*.dataCentres", text("数据所在地（合同 9.3.7）", "where data are kept (clause 9.3.7)")],
      ["pools.*.openstack.operator", text("谁在每个系统的项目里有权限", "who holds a role in every system's project")],
      ["pools.*.openstack", text("连到哪一套云、用它的什么", "which cloud is connected to, and what of it is used")],
      [
        "pools.*.securityCluster",
        text("安全组件运行的集群（附件1 第22至24项）", "where the security components run (Annex 1 lines 22 to 24)"),
      ],
      ["pools.*.egress", text("三级系统可以访问的地址", "what level-3 systems may reach")],
      ["pools.*.range", text("各单位网段的范围", "the range of the bureaus' networks")],
      ["", text("资源池", "a resource pool")],
    ],
    // A pool brings credentials somewhere, a rack a price class: adding one decides as much as changing one.
    mayGrow: [],
  },
  {
    area: "platform",
    file: /^catalog\/flavors\.yaml$/,
    decides: [
      ["gpuBoxes", text("GPU 服务器的规格（附件1 第5至7项）", "what a GPU box is (Annex 1 lines 5 to 7)")],
      ["", text("云服务器的规格（附件1 第1至4项）", "the server sizes on offer (Annex 1 lines 1 to 4)")],
    ],
    mayGrow: ["families.*.sizes.*", "gpuBoxes.*.offered.*"],
  },
  {
    area: "platform",
    file: /^catalog\/images\.yaml$/,
    decides: [
      ["images.*.supportedUntil", text("镜像的支持截止日", "how long an image is supported")],
      ["", text("服务器用的镜像", "the image that servers boot")],
    ],
    // What a server may boot is somebody's decision, and so is where it is fetched from.
    mayGrow: [],
  },
  {
    area: "platform",
    file: /^catalog\/components\.yaml$/,
    decides: [["", text("安全组件（附件1 第22至24项）", "a component of the security bundles (Annex 1 lines 22 to 24)")]],
    mayGrow: [],
  },
  {
    area: "platform",
    file: /^catalog\/usage-queries\.yaml$/,
    decides: [["", text("利用率怎样查得（附件2 第7条）", "how usage is measured (Annex 2 §7)")]],
    // A set that is added may be named in "use" by nobody but a change of what is governed.
    mayGrow: ["sets.*"],
  },
];

/** A governing value that differs from the base's, where somebody wrote it, and what it decides. */
export interface EditedValue {
  readonly file: string;
  readonly path: Path;
  /** File and keys above the value, joined by `/`: what a waiver names. */
  readonly address: string;
  readonly attribute: string;
  readonly decides: Text;
  readonly was: Text;
  readonly is: Text;
}

/** Every governing value of an area that was changed, taken out, or added where nothing may be added; files that are new are no edit. */
export function editedValues(before: Catalogue, after: Catalogue, area: GoverningArea): readonly EditedValue[] {
  return [...before.sources].flatMap(([file, source]) => {
    const governing = GOVERNING.find((each) => each.area === area && each.file.test(file));
    const now = after.sources.get(file);
    if (governing === undefined || now?.text === source.text) return [];
    return changedValues(source.value, now?.value)
      .filter((change) => !isGrowth(governing, change))
      .map((change): EditedValue => {
        const { kind, path, names } = change;
        return {
          file,
          path: kind === "removed" ? path.slice(0, -1) : path,
          address: [file, ...names.slice(0, -1)].join("/"),
          attribute: names.at(-1) ?? "",
          decides: governing.decides.find(([pattern]) => matchesPath(pattern, path, "above"))?.[1] ?? verbatim(file),
          was: printedValue(change.before),
          is: printedValue(change.after),
        };
      });
  });
}

function isGrowth({ mayGrow }: Governing, { kind, path }: ChangedValue): boolean {
  return kind === "added" && mayGrow.some((pattern) => matchesPath(pattern, path, "exactly"));
}
