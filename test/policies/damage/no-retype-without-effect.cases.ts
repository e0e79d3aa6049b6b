import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { resource } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { systemSubject } from "../subjects.ts";
import { changed, SHOP } from "./changed.ts";

const TYPE = "openstack_blockstorage_volume_v3";

/** A volume of 20 GB whose type changes, by its retype policy. */
function retyped(to: string, policy?: string): SystemSubject {
  const values = { size: 20, ...(policy === undefined ? {} : { volume_retype_policy: policy }) };
  const change: ResourceChange = {
    address: `${TYPE}.data`,
    type: TYPE,
    action: "update",
    before: resource(TYPE, { ...values, volume_type: "SAS" }, "data"),
    after: resource(TYPE, { ...values, volume_type: to }, "data"),
    cause: ["volume_type"],
    damage: [],
  };
  return { ...changed(SHOP, SHOP), changes: [change] };
}

const IDLE =
  "violation openstack_blockstorage_volume_v3.data#volume_type: The volume type changes from SAS to SSD without effect (volume_retype_policy is never): it stays SAS after the apply, and is priced as SAS";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "没有写 volume_retype_policy（实录 volume-retype-default）", en: "no retype policy (recorded: volume-retype-default)" },
    subject: retyped("SSD"),
    verdict: "violation",
    finds: [IDLE],
  },
  {
    example: { zh: "volume_retype_policy 是 never（实录 volume-retype-never）", en: "the policy never (recorded: volume-retype-never)" },
    subject: retyped("SSD", "never"),
    verdict: "violation",
    finds: [IDLE],
  },
  {
    example: {
      zh: "volume_retype_policy 是 on-demand（实录 volume-retype-on-demand）",
      en: "on-demand (recorded: volume-retype-on-demand)",
    },
    subject: retyped("SSD", "on-demand"),
    verdict: "pass",
    finds: [],
  },
  { example: { zh: "类型不变", en: "the same type" }, subject: retyped("SAS"), verdict: "pass", finds: [] },
  { example: { zh: "新系统", en: "a new system" }, subject: systemSubject(SHOP), verdict: "not-applicable" },
];
