import { expect, test } from "vitest";
import { noRootDiskLost } from "../../../policies/damage/no-root-disk-lost.ts";
import { resource } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { findings, onlyFinding } from "../subjects.ts";
import { changed, platformChanged, SHOP, withDb } from "./changed.ts";
import { cases } from "./no-root-disk-lost.cases.ts";

testCases(noRootDiskLost, cases);

test("A finding leads back to the image that the bureau wrote, in both languages", () => {
  expect(onlyFinding(noRootDiskLost.check(changed(SHOP, withDb({ image: "openeuler-22.03-sp4" }))))).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "openstack_compute_instance_v2.servers_db-1",
    attribute: "block_device.uuid",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["servers", "db", "image"] },
    asks: [{ kind: "accepts", damage: "root-disk-lost", of: "db" }],
    message: {
      zh: '服务器会丢失系统盘：服务器 db 的 image 从 "rocky-9" 改为 "openeuler-22.03-sp4"，因而销毁后重建；accepts 里没有对 db 接受 root-disk-lost',
      en: 'Cannot let the server lose its root disk: image of server db changes from "rocky-9" to "openeuler-22.03-sp4", so it is destroyed and made anew; accepts holds no root-disk-lost of db',
    },
  });
});

test.each([
  ["the size of its boot disk", { systemDisk: { type: "ssd", sizeGb: 80 } }, ["servers", "db", "systemDisk", "sizeGb"]],
  ["the type of its boot disk", { systemDisk: { type: "sas", sizeGb: 60 } }, ["servers", "db", "systemDisk", "type"]],
] as const)("A finding leads back to %s", (_, overrides, path) => {
  expect(onlyFinding(noRootDiskLost.check(changed(SHOP, withDb(overrides)))).at?.path).toEqual(path);
});

test("The platform, which declares nothing, can accept nothing", () => {
  const [before] = [resource("openstack_compute_instance_v2", { key_pair: "a" })];
  const after = resource("openstack_compute_instance_v2", { key_pair: "b" });
  expect(findings(noRootDiskLost.check(platformChanged([before], [after])))).toEqual([
    'violation openstack_compute_instance_v2.it#key_pair: Cannot let the server lose its root disk: key_pair of server it changes from "a" to "b", so it is destroyed and made anew; there is no declaration that could accept it',
  ]);
});
