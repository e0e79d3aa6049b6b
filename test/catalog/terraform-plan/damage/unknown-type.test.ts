import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classifyDamage, isDamageKnown } from "../../../../catalog/terraform-plan/damage.ts";
import { resource } from "../../../declared.ts";

describe("A type that nobody has looked at", () => {
  const before = resource("acme_thing_v1", { name: "a", size: 1 });
  const of = (action: "create" | "update" | "replace" | "delete" | "forget", ...cause: readonly string[]) => {
    const change = { address: "acme_thing_v1.it", type: "acme_thing_v1", action, before, after: before, cause };
    return classifyDamage(change, [change]);
  };
  test("is taken to hold data and to serve something", () => {
    expect(of("delete")).toEqual(["data-lost", "outage"]);
    expect(of("replace", "size")).toEqual(["data-lost", "outage"]);
    expect(of("update", "size")).toEqual(["outage"]);
  });

  test("may be made, renamed, described and let go", () => {
    expect(of("create")).toEqual([]);
    expect(of("update", "name", "description", "tags", "metadata.labels.a")).toEqual([]);
    expect(of("update", "name", "size")).toEqual(["outage"]);
    expect(of("forget")).toEqual([]);
  });

  test("is no type of the OpenStack provider: every one of those is in a table", () => {
    const facts = JSON.parse(readFileSync("providers/openstack/force-new.json", "utf8")) as object;
    expect(Object.keys(facts).filter((type) => !isDamageKnown(type))).toEqual([]);
    expect(Object.keys(facts)).toHaveLength(108);
    expect(["constructor", "__proto__", "kubernetes_constructor", "kubernetes_manifest"].map(isDamageKnown)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
