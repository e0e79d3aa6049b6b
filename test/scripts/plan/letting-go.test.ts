import { expect, test } from "vitest";
import { contractAt } from "../../../catalog/catalogue.ts";
import { standingAfter } from "../../../catalog/terraform-plan/left-standing.ts";
import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import { readDay } from "../../../scripts/options.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { declareSide, synthesiseSystems } from "../../../scripts/plan/system-plan.ts";
import { required } from "../../declared.ts";
import { realTree } from "../../tree.ts";
import { planned } from "./planned.ts";

const ID = "education/exam-registration";

/** What the engine would plan for a declared system of which nothing changes but that it lets go of these resources. */
function lettingGo(isLetGo: (address: string) => boolean) {
  const tree = readCheckedTree(realTree());
  const at = readDay("2026-01-15");
  const side = declareSide(tree, contractAt(tree.catalogue, at), at);
  const before = required(synthesiseSystems(side, new Set([ID])).get(ID), "the system's resources");
  const changes = before.map(
    (each): ResourceChange => ({
      ...{ address: each.address, type: each.type, before: each, cause: [], damage: [] },
      ...(isLetGo(each.address) ? { action: "forget", after: undefined } : { action: "no-op", after: each }),
    }),
  );
  const after = changes.flatMap((change) => change.after ?? []);
  return { before, changes, resources: standingAfter(after, changes) };
}

test("A volume of a declared system that the engine lets go of is refused by the double entry, which names it once", () => {
  const view = lettingGo((address) => /^openstack_blockstorage_volume_v3\..*_data$/.test(address));
  const volumes = view.changes.filter(({ action }) => action === "forget").map(({ address }) => address);
  expect(volumes.length).toBeGreaterThan(0);
  const { verdict, systems } = planned(realTree(), realTree(), { only: new Set([ID]), engine: new Map([[ID, view]]) });
  const [system] = systems;
  expect(verdict).toBe("refused");
  expect(system?.findings.filter(({ level }) => level === "mandatory").map(({ policy, address }) => `${policy} ${address}`)).toEqual(
    volumes.map((address) => `price/require-declared-equals-planned ${address}`),
  );
  expect(system?.monthly.delta).toBe("0.00");
});

test("A server that the engine lets go of is reached as before", () => {
  const { before, changes, resources } = lettingGo((address) => address.startsWith("openstack_compute_instance_v2."));
  const { systems } = planned(realTree(), realTree(), { only: new Set([ID]), engine: new Map([[ID, { before, changes, resources }]]) });
  const exposure = systems[0]?.exposure ?? [];
  expect(exposure.length).toBeGreaterThan(0);
  expect(exposure.filter(({ change }) => change !== "unchanged")).toEqual([]);
});
