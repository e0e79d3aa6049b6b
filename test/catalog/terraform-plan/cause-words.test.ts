import { expect, test } from "vitest";
import { causeWords } from "../../../catalog/terraform-plan/cause-words.ts";
import type { ResourceChange } from "../../../catalog/terraform-plan/planned-resource.ts";
import { resource } from "../../declared.ts";

const change = (
  action: ResourceChange["action"],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  ...cause: string[]
): ResourceChange => ({
  address: "t.it",
  type: "t",
  action,
  before: resource("t", before),
  after: resource("t", after),
  cause,
  damage: [],
});

test.each([
  [change("update", { size: 20 }, { size: 15 }, "size"), "size of t it changes from 20 to 15, so it is changed in place"],
  [change("replace", {}, { key: "a" }, "key"), 'key of t it changes from none to "a", so it is destroyed and made anew'],
  [change("update", { a: 1, b: 1 }, { a: 2, b: 2 }, "a", "b"), "a of t it changes from 1 to 2 (and b), so it is changed in place"],
  [
    change("update", { disk: [{ size: 1 }, { size: 2 }] }, { disk: [{ size: 1 }, { size: 3 }] }, "disk.size"),
    "disk.size of t it changes from 2 to 3, so it is changed in place",
  ],
  [change("update", {}, {}, "network.port"), "what network.port of t it refers to changes, so it is changed in place"],
  [change("delete", { size: 1 }, {}), "t it is deleted"],
  [
    change("update", { text: "x" }, { text: `${"y".repeat(60)}\u001b[31m\n` }, "text"),
    `text of t it changes from "x" to "${"y".repeat(39)}…, so it is changed in place`,
  ],
  [
    change("update", { text: "x" }, { text: "\u202egpj" }, "text"),
    'text of t it changes from "x" to "\ufffdgpj", so it is changed in place',
  ],
] as const)("%#: %s", (each, words) => {
  expect(causeWords(each).en).toBe(words);
});

const of = (
  type: string,
  action: ResourceChange["action"],
  values: Readonly<Record<string, unknown>>,
  damage: ResourceChange["damage"],
  after: Readonly<Record<string, unknown>>,
  ...cause: string[]
): ResourceChange => ({
  address: `${type}.it`,
  type,
  action,
  before: resource(type, values),
  after: action === "delete" ? undefined : resource(type, after),
  cause,
  damage,
});

const BOOT = { source_type: "image", destination_type: "volume", boot_index: 0 };
const server = (more: Readonly<Record<string, unknown>>) => ({ name: "app-1", block_device: [{ ...BOOT, ...more }] });

test.each([
  [
    of("openstack_sharedfilesystem_share_v2", "update", { name: "common", size: 80 }, ["data-lost"], { name: "common", size: 40 }, "size"),
    "size of share common changes from 80 to 40, so it is changed in place",
    "文件存储 common 的 size 从 80 改为 40，因而就地修改",
  ],
  [
    of("openstack_blockstorage_volume_v3", "update", { name: "d", size: 20 }, ["fails-at-apply"], { name: "d", size: 15 }, "size"),
    "size of volume d changes from 20 to 15, so it is changed in place; the cloud only enlarges a volume",
    "数据盘 d 的 size 从 20 改为 15，因而就地修改；云平台只能扩大卷",
  ],
  [
    of("openstack_blockstorage_volume_v3", "update", { name: "d", size: 10 }, ["fails-at-apply"], { name: "d", size: 20 }, "size"),
    "size of volume d changes from 10 to 20, so it is changed in place; it is in use and does not grow online",
    "数据盘 d 的 size 从 10 改为 20，因而就地修改；卷在用，又没有开启在线扩容",
  ],
  [
    of("openstack_compute_instance_v2", "delete", server({ delete_on_termination: false }), ["data-lost"], {}),
    "server app-1 is deleted; its old boot disk stays in the cloud, managed by nobody and still billed",
    "服务器 app-1 被删除；旧系统盘会留在云里，没有人管理，却继续占用和计费",
  ],
  [
    of("openstack_compute_instance_v2", "delete", server({ delete_on_termination: true }), ["data-lost"], {}),
    "server app-1 is deleted",
    "服务器 app-1 被删除",
  ],
  [
    of("openstack_compute_instance_v2", "update", server({}), ["reboot"], { ...server({}), image_id: "b" }, "image_id"),
    'image_id of server app-1 changes from none to "b", so it is changed in place; and every later apply restarts it again',
    '服务器 app-1 的 image_id 从 无 改为 "b"，因而就地修改；以后每次执行都会再重启一次',
  ],
  [
    of("kubernetes_namespace_v1", "delete", { metadata: { name: "shop" } }, ["data-lost"], {}),
    "namespace shop is deleted",
    "命名空间 shop 被删除",
  ],
] as const)("%#: names what it is done to, and what else there is to know: %s", (each, en, zh) => {
  expect(causeWords(each)).toEqual({ zh, en });
});

test("In Chinese too", () => {
  expect(causeWords(change("replace", { size: 20 }, { size: 15 }, "size")).zh).toBe("t it 的 size 从 20 改为 15，因而销毁后重建");
});
