import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FREE_TYPES } from "../../../cost/resources/free.ts";
import { COSTINGS } from "../../../cost/resources/registry.ts";
import { costed, reasonOf } from "../costed.ts";

const STACKS = new URL("../../../stacks/", import.meta.url);

/** Terraform types of the bindings that the stacks import: `@cdktf/provider-openstack/fw-group-v2` is openstack_fw_group_v2. */
function typesOfStacks(): string[] {
  const files = readdirSync(STACKS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const words = files.map((file) => readFileSync(new URL(file, STACKS), "utf8")).join("\n");
  const types = [...words.matchAll(/@cdktf\/provider-(openstack|kubernetes)\/(?:lib\/)?([a-z0-9-]+?)(?:\/index\.js)?"/g)].map(
    ([, provider, type = ""]) => `${provider}_${type.replaceAll("-", "_")}`,
  );
  return [...new Set(types)].filter((type) => !type.endsWith("_provider")).sort();
}

describe("Every resource type that a stack can emit", () => {
  const types = typesOfStacks();
  test("is found among the bindings", () => {
    expect(types.length).toBeGreaterThan(25);
    expect(types).toContain("openstack_fw_group_v2");
    expect(types).toContain("kubernetes_namespace_v1");
  });

  test.each(types)("is priced, or free for a reason: %s", (type) => {
    expect(COSTINGS.has(type) || FREE_TYPES.has(type)).toBe(true);
  });

  test("is in one table alone", () => {
    expect([...COSTINGS.keys()].filter((type) => FREE_TYPES.has(type))).toEqual([]);
  });

  test("leaves no entry behind for a type that no stack emits", () => {
    expect([...COSTINGS.keys(), ...FREE_TYPES.keys()].filter((type) => !types.includes(type) && type !== "terraform_data")).toEqual([]);
  });
});

test.each([...FREE_TYPES.keys()])("%s is free, for a reason in both languages", (type) => {
  expect(costed(type, {})).toBe("free");
  const reason = reasonOf(type, {});
  expect(reason?.zh).toMatch(/\p{Script=Han}/u);
  expect(reason?.en).toMatch(/^[a-z ,:()0-9]+$/i);
});

test.each([
  "openstack_db_instance_v1",
  "openstack_lb_loadbalancer_v2",
  "openstack_containerinfra_cluster_v1",
  "kubernetes_pod_v1",
  "null_resource",
  "toString",
  "constructor",
])("%s, of which nobody said what it costs, is unknown and never free", (type) => {
  expect(costed(type, {})).toBe("unpriced: type");
  expect(reasonOf(type, {})).toEqual({ zh: `没有资源类型 ${type} 的计价方法`, en: `there is no costing for resource type ${type}` });
});
