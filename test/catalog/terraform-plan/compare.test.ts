import { describe, expect, test } from "vitest";
import { changesOf, edit, editBlock, print } from "./damage/rows.ts";
import { type Resources, shop } from "./shop.ts";

describe("A comparison", () => {
  test("names the attributes that cause a change, and for a replacement those alone that force it", () => {
    const head = shop();
    edit("compute_instance_v2.app-1", { name: "other", user_data: "x", flavor_id: "general-8c-16g" })(head);
    editBlock("compute_instance_v2.web-1", "block_device", { volume_size: 60 })(head);
    edit("compute_instance_v2.local-1", { name: "other", flavor_id: "general-8c-16g" })(head);
    expect(
      changesOf(shop(), head).flatMap(({ address, cause }) => (cause.length === 0 ? [] : [`${address.split(".")[1]}: ${cause.join(" ")}`])),
    ).toEqual(["app-1: user_data", "local-1: flavor_id name", "web-1: block_device.volume_size", "data: instance_id"]);
  });

  test("follows a replacement through what refers to it, however far", () => {
    const chain: Resources = Object.fromEntries([
      [
        "terraform_data",
        Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [
            `n${index}`,
            { triggers_replace: index === 0 ? "1" : `\${terraform_data.n${index - 1}.id}` },
          ]),
        ),
      ],
    ]);
    const head = structuredClone(chain);
    edit("terraform_data.n0", { triggers_replace: "2" })(head);
    expect(changesOf(chain, head).map(({ action }) => action)).toEqual(Array.from({ length: 50 }, () => "replace"));
  });

  test("updates what refers to something replaced where the attribute does not force a replacement", () => {
    const base: Resources = { terraform_data: { a: { triggers_replace: "1" }, b: { input: { id: "${terraform_data.a.id}" } } } };
    const head = structuredClone(base);
    edit("terraform_data.a", { triggers_replace: "2" })(head);
    expect(print(changesOf(base, head))).toEqual(["replace terraform_data.a", "update terraform_data.b"]);
  });

  test("does not take a reference to something updated in place for a change", () => {
    const head = shop();
    edit("networking_network_v2.app", { name: "other" })(head);
    expect(print(changesOf(shop(), head))).toEqual(["update networking_network.app"]);
  });

  test("sees a reference pointed at something else", () => {
    const head = shop();
    edit("compute_volume_attach_v2.data", { instance_id: "${openstack_compute_instance_v2.web-1.id}" })(head);
    expect(print(changesOf(shop(), head))).toEqual(["replace compute_volume_attach.data outage"]);
  });

  test("sees a known value become unknown, and the other way round", () => {
    const base: Resources = { terraform_data: { a: { input: "x" }, b: { input: "${terraform_data.a.id}" } } };
    const head: Resources = { terraform_data: { a: { input: "${var.x}" }, b: { input: "x" } } };
    expect(print(changesOf(base, head))).toEqual(["update terraform_data.a", "update terraform_data.b"]);
  });

  test("leaves an ignored attribute out, and what lies below it", () => {
    const base: Resources = { terraform_data: { a: { input: { x: "1", y: "1" }, lifecycle: { ignore_changes: ["input.x"] } } } };
    const head = structuredClone(base);
    edit("terraform_data.a", { input: { x: "2", y: "1" } })(head);
    expect(print(changesOf(base, head))).toEqual([]);
    edit("terraform_data.a", { input: { x: "2", y: "2" } })(head);
    expect(print(changesOf(base, head))).toEqual(["update terraform_data.a"]);
  });

  test("compares blocks one by one, and their number", () => {
    const base: Resources = { terraform_data: { a: { input: [{ x: 1 }, { x: 2 }] } } };
    const head: Resources = { terraform_data: { a: { input: [{ x: 1 }, { x: 3 }] } } };
    expect(changesOf(base, head)[0]?.cause).toEqual(["input.x"]);
    expect(changesOf(base, { terraform_data: { a: { input: [{ x: 1 }] } } })[0]?.cause).toEqual(["input"]);
  });

  test("lists its changes by address, whatever the order of the configuration", () => {
    const reversed = Object.fromEntries(Object.entries(shop()).reverse());
    expect(changesOf({}, reversed).map(({ address }) => address)).toEqual(changesOf({}, shop()).map(({ address }) => address));
  });
});
