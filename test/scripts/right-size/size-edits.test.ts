import { Decimal } from "decimal.js";
import { expect, test } from "vitest";
import type { ServerGroup } from "../../../catalog/declaration.ts";
import { adviseGroup } from "../../../catalog/sizing/advise-group.ts";
import { readMonth } from "../../../catalog/sizing/calendar-month.ts";
import { adviceOnly, sizeEdits } from "../../../scripts/right-size/size-edits.ts";
import { serverUsage } from "../../catalog/sizing/usage.ts";
import { CATALOGUE, declaration, pool } from "../../declared.ts";

const GROUP: ServerGroup = {
  key: "app",
  count: 1,
  family: "general",
  cpu: 8,
  memoryGb: 16,
  image: "kylin-v10-sp3",
  systemDisk: { type: "ssd", sizeGb: 60 },
  dataDisks: [],
  listens: [],
};
const disk = (key: string, sizeGb: number) => ({ key, type: "sas" as const, sizeGb });

/** Use above 85 %: 180 GB used make 211, 100 GB make 117. */
test.each<{ key: string; disks: ServerGroup["dataDisks"]; used: string; edits: readonly string[]; left: readonly string[] }>([
  {
    key: "the only data disk grows by the whole growth",
    disks: [disk("data", 140)],
    used: "180",
    edits: ["servers.app.dataDisks.data.sizeGb 140 → 151"],
    left: [],
  },
  { key: "a smaller disk is a migration", disks: [disk("data", 140)], used: "100", edits: [], left: ["app 200 → 117 migration"] },
  { key: "a system disk alone would be a new one", disks: [], used: "59", edits: [], left: ["app 60 → 69 rebuild"] },
  {
    key: "of two data disks nobody knows which is meant",
    disks: [disk("a", 70), disk("b", 70)],
    used: "180",
    edits: [],
    left: ["app 200 → 211 choice"],
  },
])("Disks: $key", ({ disks, used, edits, left }) => {
  const group = { ...GROUP, dataDisks: disks };
  const usage = { ...serverUsage("hrss/social/app-1", { cpu: "40", memory: "50" }), diskUsedGb: new Decimal(used) };
  const facts = { rules: CATALOGUE.resourceUsage, pool: pool(), month: readMonth("2026-01") };
  const advice = adviseGroup(declaration({ servers: [group] }), group, [usage], facts);
  expect(advice.disk.target).not.toBe(advice.disk.now);
  expect(sizeEdits([advice]).flatMap((each) => each.edits.map(({ path, from, to }) => `${path.join(".")} ${from} → ${to}`))).toEqual(edits);
  expect(adviceOnly([advice]).map(({ group: { key }, now, target, kind }) => `${key} ${now} → ${target} ${kind}`)).toEqual(left);
});
