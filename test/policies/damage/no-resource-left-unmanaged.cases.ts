import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { resource } from "../../declared.ts";
import { recordedPlan } from "../../plans/recorded.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";

/** A plan that another pipeline made. */
function foreign(changes: readonly ResourceChange[]): SystemSubject {
  const subject = systemSubject(undefined, { id: "shop", changes, foreign: true });
  const resources = changes.flatMap(({ before }) => before ?? []);
  return { ...subject, declaration: undefined, base: { declaration: undefined, resources, monthly: subject.monthly } };
}

const recorded = (plan: string) => foreign(recordedPlan(plan).changes);

const VOLUME = resource("openstack_blockstorage_volume_v3", { name: "shop-data", size: 10, volume_type: "SAS" });
const HELPER = { ...resource("random_id", { hex: "a1" }), provider: "registry.terraform.io/hashicorp/random" };
const change = (of: typeof VOLUME, rest: Partial<ResourceChange>): ResourceChange => ({
  ...{ address: of.address, type: of.type, action: "forget", before: of, after: undefined, cause: [], damage: [] },
  ...rest,
});

const STAYS =
  "it stays in the cloud, managed by nobody, and goes on being delivered and, where it has a price, billed; wanted it managed or deleted";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "数据盘和它的挂载移出管理（实录 forget）", en: "a volume and its attachment leave the state (recorded: forget)" },
    subject: recorded("forget"),
    verdict: "violation",
    finds: [
      `violation openstack_blockstorage_volume_v3.api-1-data#: Cannot let go of volume api-1-data: ${STAYS}`,
      `violation openstack_compute_volume_attach_v2.api-1-data#: Cannot let go of volume attachment api-1-data: ${STAYS}`,
    ],
  },
  {
    example: { zh: "重建数据盘，旧的移出管理", en: "a volume is made anew and the old one let go of" },
    subject: foreign([change(VOLUME, { action: "replace", after: VOLUME, cause: ["size"], order: "forget" })]),
    verdict: "violation",
    finds: [`violation ${VOLUME.address}#size: Cannot let go of the old volume shop-data: ${STAYS}`],
  },
  {
    example: { zh: "重建数据盘，旧的删除", en: "a volume is made anew and the old one deleted" },
    subject: foreign([change(VOLUME, { action: "replace", after: VOLUME, cause: ["size"], order: "delete-first" })]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "移出管理的只在 Terraform 内部起作用", en: "what is let go of works inside Terraform alone" },
    subject: foreign([change(HELPER, {})]),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "纳入管理和改名什么也不留下（实录 import）", en: "an import leaves nothing behind (recorded: import)" },
    subject: recorded("import"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "删除由别的策略判断（实录 volume-remove）", en: "a deletion is judged by others (recorded: volume-remove)" },
    subject: recorded("volume-remove"),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "新系统没有原状可比", en: "a new system has nothing before it" },
    subject: systemSubject(),
    verdict: "not-applicable",
  },
];
