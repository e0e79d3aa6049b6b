import { describe, expect, test } from "vitest";
import type { PlanChange } from "../../catalog/terraform-plan/read-plan.ts";
import { PLANNED, RECORDED, recordedPlan } from "./recorded.ts";
import { ROWS } from "./rows.ts";

/** `openstack_compute_instance_v2.web-1` → `compute_instance.web-1`. */
const short = (address: string) => address.replace(/^openstack_/, "").replace(/_v\d(?=\.|$)/, "");

/** The actions as the README writes them, each with its types in alphabetical order. */
function planned(changes: readonly PlanChange[]): string {
  const groups = new Map<string, Map<string, number>>();
  for (const { action, order, type, isImported, movedFrom } of changes) {
    if (action === "no-op" && !isImported && movedFrom === undefined) continue;
    const replacement = order === "create-first" ? "create/delete" : "delete/create";
    const note = isImported ? " (import)" : movedFrom === undefined ? "" : " (moved)";
    const words = `${action === "replace" ? replacement : action}${note}`;
    const types = groups.get(words) ?? new Map<string, number>();
    groups.set(words, types.set(short(type), (types.get(short(type)) ?? 0) + 1));
  }
  return normalised(
    [...groups].map(
      ([words, types]) => `${words} ${[...types].map(([type, count]) => (count === 1 ? type : `${type} ×${count}`)).join(", ")}`,
    ),
  );
}

/** Groups and types in alphabetical order; where the README only counts, the count. */
function normalised(groups: readonly string[]): string {
  const sorted = groups.map((group) => {
    const [, words = "", types = ""] = /^((?:no-op \(\w+\)|\S+)) (.*)$/.exec(group) ?? [];
    return `${words} ${types.split(", ").sort().join(", ")}`;
  });
  return sorted.length === 0 ? "none" : sorted.sort().join("; ");
}

/** Rows of which the README tells the number of resources alone. */
const COUNTED = /^\w+ \d+$/;

describe("The recorded plans", () => {
  test("are all in the table, once, and in the README", () => {
    expect(ROWS.map(({ plan }) => plan).sort()).toEqual(RECORDED);
    expect([...PLANNED.keys()].filter((plan) => !RECORDED.includes(plan))).toEqual([]);
  });

  describe.each(ROWS)("$plan:", ({ plan, damage, cause }) => {
    const { changes } = recordedPlan(plan);
    const acting = changes.filter(({ action }) => action !== "no-op");

    test.runIf(PLANNED.has(plan))("plans what the README says", () => {
      const words = PLANNED.get(plan) ?? "";
      if (COUNTED.test(words)) expect([...new Set(acting.map(({ action }) => action)), acting.length].join(" ")).toBe(words);
      else expect(planned(changes)).toBe(normalised(words === "none" ? [] : words.split("; ")));
    });

    test("names what causes each update and replacement", () => {
      const found = acting.filter((each) => each.cause.length > 0);
      expect(found.map((each) => [short(each.address), ...each.cause].join(" "))).toEqual(cause);
    });

    test(`does ${damage.join(", ") || "no damage"}`, () => {
      expect([...new Set(changes.flatMap((each) => each.damage))].sort()).toEqual([...damage].sort());
    });
  });
});
