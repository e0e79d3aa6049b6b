import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { CloudClient, type CloudObject } from "../../scripts/cloud/cloud-client.ts";
import { type Prices, readPrices } from "../../scripts/drift/cost-of.ts";
import { readManagedIds } from "../../scripts/drift/managed-ids.ts";
import { type UnmanagedResource, unmanagedResources } from "../../scripts/drift/unmanaged.ts";
import { BOOK } from "../declared.ts";
import { applyOne, cloudTree, readState, whyNotApply } from "../openstack/apply.ts";
import { byHand, until } from "../openstack/by-hand.ts";
import type { PlatformIds } from "../openstack/cloud-tree.ts";
import { applyPlatform } from "../openstack/platform.ts";

const cloud = inject("openstack");
const facts = cloud.kind === "running" ? cloud.facts : undefined;
const reason = cloud.kind === "missing" ? cloud.reason : await whyNotApply();
const folder = mkdtempSync(join(tmpdir(), "govcloud-unmanaged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another one each time: a cloud that is left running keeps the last. */
const SYSTEM = `drifting-${Date.now().toString(36)}`;
const PROJECT = `hrss--${SYSTEM}`;
/** Id of image rocky-9 in pool gov of the samples. */
const ROCKY = "61f88826-eda4-4912-bf53-0f21c8ef5914";
const DECLARATION = `name: 漂移测试
stage: production
mlps: 2
pool: gov
classified: false
servers:
  app:
    family: general
    cpu: 2
    memoryGb: 4
    image: rocky-9
    systemDisk: { type: sas, sizeGb: 40 }
    dataDisks: { data: { type: ssd, sizeGb: 10 } }
    listens: [{ port: 443, from: internet }]
storage: { objectGb: 1, fileGb: 1 }
backupGb: 20
`;

describe.skipIf(reason !== undefined)(`What no state holds in a real project${reason === undefined ? "" : ` (skipped: ${reason})`}`, () => {
  let client: CloudClient;
  let prices: Prices;
  let ids: PlatformIds | undefined;
  const look = async (): Promise<readonly UnmanagedResource[]> =>
    await unmanagedResources(client, PROJECT, readManagedIds(readState(folder, PROJECT)), prices);
  const print = ({ kind, name, monthly, opening }: UnmanagedResource) =>
    `${kind} ${name}${monthly === undefined ? "" : ` ${monthly.toFixed(2)}`}${opening?.world === true ? " WORLD" : ""}`;

  beforeAll(async () => {
    if (facts === undefined) return;
    ids = await applyPlatform(facts);
    const options = {
      imageSource: "http://127.0.0.1:1",
      ids,
      files: { [`stacks/tenants/hrss/${SYSTEM}.yaml`]: DECLARATION },
    };
    const tree = cloudTree(join(folder, "tree"), facts, options);
    await applyOne(`hrss/${SYSTEM}`, tree, facts, folder);
    const pool = tree.catalogue.pools.get("gov");
    if (pool === undefined) throw new Error("no pool gov");
    client = await CloudClient.signIn(pool, PROJECT, { credentials: facts, environment: {} });
    prices = await readPrices(client, pool, tree.catalogue, BOOK);
  });

  test("is nothing after an apply", async () => {
    expect((await look()).map(print)).toEqual([]);
  });

  test("is told whole after changes by hand", async () => {
    const project = { query: { project_id: client.session.project.id } };
    const [network] = await client.list("network", "networks", "networks", project);
    const [server] = await client.list("compute", "servers/detail", "servers", { version: "2.46" });
    const groups = await client.list("network", "security-groups", "security_groups", project);
    const own = groups.find(({ name }) => name !== "default");
    const spare = groups.find(({ name }) => name === "default");
    const world = {
      direction: "ingress",
      ethertype: "IPv4",
      protocol: "tcp",
      port_range_min: 22,
      port_range_max: 22,
      remote_ip_prefix: "0.0.0.0/0",
    };
    for (const group of [own, spare])
      await byHand(client, "POST", "network", "security-group-rules", {
        body: { security_group_rule: { ...world, security_group_id: group?.["id"] } },
      });
    const volume = await byHand(client, "POST", "volume", "volumes", {
      body: { volume: { name: "by-hand", size: 7, volume_type: "ssd" } },
    });
    await byHand(client, "POST", "network", "ports", {
      body: { port: { name: "by-hand", network_id: network?.["id"], port_security_enabled: false, security_groups: [] } },
    });
    await byHand(client, "POST", "network", "networks", { body: { network: { name: "by-hand" } } }).catch((error: unknown) => {
      // The quota of one network is used up, as it should be.
      expect(String(error)).toMatch(/HTTP 409/);
    });
    await byHand(client, "PUT", "object", "public-files", { headers: { "x-container-read": ".r:*" } });
    const id = (volume["volume"] as CloudObject)["id"];
    await until(
      "the volume",
      async () => ((await client.read("volume", `volumes/${id}`))["volume"] as CloudObject)["status"] === "available" || undefined,
    );
    await byHand(client, "POST", "compute", `servers/${server?.["id"]}/os-volume_attachments`, {
      body: { volumeAttachment: { volumeId: id } },
    });
    await until(
      "the attachment",
      async () => ((await client.read("volume", `volumes/${id}`))["volume"] as CloudObject)["status"] === "in-use" || undefined,
    );
    await byHand(client, "POST", "compute", "servers", {
      headers: { "openstack-api-version": "compute 2.67" },
      body: {
        server: {
          name: "by-hand",
          flavorRef: "general-1c-2g",
          networks: [{ uuid: network?.["id"] }],
          block_device_mapping_v2: [
            {
              boot_index: 0,
              uuid: ROCKY,
              source_type: "image",
              destination_type: "volume",
              volume_size: 20,
              volume_type: "sas",
              delete_on_termination: true,
            },
          ],
        },
      },
    });
    await until("the server", async () => {
      const servers = await client.list("compute", "servers/detail", "servers", { version: "2.46" });
      const status = servers.find(({ name }) => name === "by-hand")?.["status"];
      if (status === "ERROR") throw new Error("the server by hand is in ERROR");
      return status === "ACTIVE" || undefined;
    });

    // A snapshot of the volume, an empty image, an address, a share, a key pair, a load balancer.
    await byHand(client, "POST", "volume", "snapshots", { body: { snapshot: { name: "by-hand", volume_id: id, force: true } } });
    await byHand(client, "POST", "image", "images", { body: { name: "by-hand", disk_format: "raw", container_format: "bare" } });
    await byHand(client, "POST", "network", "floatingips", { body: { floatingip: { floating_network_id: ids?.externalNetworkId } } });
    await byHand(client, "POST", "share", "shares", {
      headers: { "x-openstack-manila-api-version": "2.51" },
      body: { share: { name: "by-hand", size: 3, share_proto: "NFS", share_type: "cephfs-nfs" } },
    });
    await byHand(client, "POST", "compute", "os-keypairs", { body: { keypair: { name: SYSTEM } } });
    const [subnet] = (network?.["subnets"] ?? []) as string[];
    await byHand(client, "POST", "load-balancer", "lbaas/loadbalancers", {
      body: { loadbalancer: { name: "by-hand", vip_subnet_id: subnet, project_id: client.session.project.id } },
    });

    const found = (await look()).filter(({ kind, name }) => kind !== "key-pair" || name === SYSTEM);
    expect(found.map(print)).toEqual([
      // 1 core and 2 GB: 21.60 + 43.20.
      "server by-hand 64.80",
      // Its boot volume, 20 GB of SAS at 0.27; then 7 GB of SSD at 0.45.
      expect.stringMatching(/^volume \S+ 5\.40$/),
      "volume by-hand 3.15",
      "snapshot by-hand",
      "image by-hand",
      "port by-hand WORLD",
      expect.stringMatching(/^floating-ip 203\.0\.113\.\d+$/),
      expect.stringMatching(/^security-group-rule \S+ WORLD$/),
      expect.stringMatching(/^security-group-rule \S+ WORLD$/),
      "container public-files WORLD",
      // 3 GB at 0.18.
      "share by-hand 0.54",
      "load-balancer by-hand",
      `key-pair ${SYSTEM}`,
    ]);
    // Key pairs are the user's: this one would be told of every other project too.
    await byHand(client, "DELETE", "compute", `os-keypairs/${SYSTEM}`);
    const rules = found.filter(({ kind }) => kind === "security-group-rule").map(({ opening }) => opening?.words.en);
    expect(rules.sort()).toEqual([
      "by-hand tcp 22: reachable from any address that routes to it",
      `${PROJECT}-app-1 tcp 22: reachable from the internet`,
    ]);
  });
});
