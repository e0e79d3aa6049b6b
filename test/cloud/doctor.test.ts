import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { Finding } from "../../scripts/doctor/check.ts";
import { runChecks } from "../../scripts/doctor/run-checks.ts";
import { cloudEnvironment, cloudTree, whyNotApply } from "../openstack/apply.ts";
import type { CloudTreeOptions } from "../openstack/cloud-tree.ts";
import { applyPlatform } from "../openstack/platform.ts";

const cloud = inject("openstack");
const facts = cloud.kind === "running" ? cloud.facts : undefined;
const cannotApply = facts === undefined ? "no cloud" : await whyNotApply();
const folder = mkdtempSync(join(tmpdir(), "govcloud-doctor-cloud-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(facts === undefined)(`doctor on a real OpenStack${cloud.kind === "missing" ? ` (skipped: ${cloud.reason})` : ""}`, () => {
  const findings = async (options: Partial<CloudTreeOptions> = {}): Promise<Map<string, Finding>> => {
    if (facts === undefined) throw new Error("no cloud");
    const tree = cloudTree(mkdtempSync(join(folder, "tree-")), facts, { imageSource: "http://127.0.0.1:1", ...options });
    const surroundings = { tree, environment: cloudEnvironment(facts), repository: folder };
    const found = await runChecks(
      surroundings,
      [...tree.catalogue.pools.values()],
      ["login", "clock", "role", "references", "quota", "capacity"],
    );
    return new Map(found.map((finding) => [finding.id, finding]));
  };

  test("finds the operator, its role, quotas and what is left", async () => {
    const found = await findings();
    const results = ["login/gov", "clock/gov", "role/gov", "quota/gov", "share-type/gov"].map((id) => found.get(id)?.result);
    expect(results).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    const parts = ["general", "c86", "arm", "gpu-box-1", "gpu-box-2", "gpu-box-3"].map((part) => found.get(`capacity/gov/${part}`));
    expect(parts.map((finding) => finding?.result)).toEqual(["ok", "ok", "ok", "ok", "ok", "ok"]);
    expect(parts.slice(3).map((finding) => finding?.message.en)).toEqual([
      "left 8 GPU boxes of type 1",
      "left 8 GPU boxes of type 2",
      "left 6 GPU boxes of type 3",
    ]);
    expect(found.get("capacity/gov/sas-volumes")?.result).toBe("ok");
    expect(found.get("capacity/gov/shares")?.result).toBe("ok");
  });

  test("misses the ids of the samples, which no cloud has", async () => {
    const found = await findings();
    expect(["external-network/gov", "subnet-pool/gov"].map((id) => found.get(id)?.result)).toEqual(["failed", "failed"]);
  });

  test.skipIf(cannotApply !== undefined)(
    `finds every reference once the platform is applied${cannotApply === undefined ? "" : ` (skipped: ${cannotApply})`}`,
    async () => {
      if (facts === undefined) throw new Error("no cloud");
      const found = await findings({ ids: await applyPlatform(facts) });
      expect([...found.values()].filter(({ result }) => result !== "ok").map(({ id, message }) => `${id}: ${message.en}`)).toEqual([
        "capacity/gov/objects: object storage does not tell what it has left",
      ]);
    },
  );
});
