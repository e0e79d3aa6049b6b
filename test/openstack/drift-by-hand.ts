import type { CloudClient, CloudObject } from "../../scripts/cloud/cloud-client.ts";
import { byHand, until } from "./by-hand.ts";

/** Id of image rocky-9 in pool gov of the samples. */
const ROCKY = "61f88826-eda4-4912-bf53-0f21c8ef5914";

/**
 * Somebody at the dashboard of a system's project: SSH opened to the world and a declared rule taken away, a server, a volume and a public address
 * made beside Terraform's. Returns what takes away again what no state holds.
 */
export async function driftByHand(client: CloudClient, externalNetworkId: string): Promise<() => Promise<void>> {
  const ofProject = { query: { project_id: client.session.project.id } };
  const [network] = await client.list("network", "networks", "networks", ofProject);
  const groups = await client.list("network", "security-groups", "security_groups", ofProject);
  const group = groups.find(({ name }) => name === client.session.project.name);
  const rules = await client.list("network", "security-group-rules", "security_group_rules", ofProject);
  const declared = rules.find((rule) => rule["port_range_min"] === 8443 && rule["direction"] === "ingress");
  await byHand(client, "DELETE", "network", `security-group-rules/${declared?.["id"]}`);
  const rule = await make(client, "network", "security-group-rules", "security_group_rule", {
    security_group_id: group?.["id"],
    direction: "ingress",
    ethertype: "IPv4",
    protocol: "tcp",
    port_range_min: 22,
    port_range_max: 22,
    remote_ip_prefix: "0.0.0.0/0",
  });
  const volume = await make(client, "volume", "volumes", "volume", { name: "by-hand", size: 7, volume_type: "ssd" });
  const address = await make(client, "network", "floatingips", "floatingip", { floating_network_id: externalNetworkId });
  const boot = {
    boot_index: 0,
    uuid: ROCKY,
    source_type: "image",
    destination_type: "volume",
    volume_size: 20,
    delete_on_termination: true,
  };
  const server = await make(
    client,
    "compute",
    "servers",
    "server",
    {
      name: "by-hand",
      flavorRef: "general-1c-2g",
      networks: [{ uuid: network?.["id"] }],
      block_device_mapping_v2: [{ ...boot, volume_type: "sas" }],
    },
    { "openstack-api-version": "compute 2.67" },
  );
  const status = async () => ((await client.find("compute", `servers/${server}`))?.["server"] as CloudObject | undefined)?.["status"];
  await until("the server by hand", async () => ((await status()) === "ACTIVE" ? true : undefined));
  return async () => {
    await byHand(client, "DELETE", "compute", `servers/${server}`);
    await byHand(client, "DELETE", "network", `floatingips/${address}`);
    await byHand(client, "DELETE", "network", `security-group-rules/${rule}`);
    await byHand(client, "DELETE", "volume", `volumes/${volume}`);
    await until("the end of the server", async () => ((await status()) === undefined ? true : undefined));
    await until("the end of the volume", async () => ((await client.find("volume", `volumes/${volume}`)) === undefined ? true : undefined));
  };
}

/** Makes one thing and returns its id. */
async function make(
  client: CloudClient,
  service: "network" | "volume" | "compute",
  path: string,
  key: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const made = await byHand(client, "POST", service, path, { body: { [key]: body }, headers });
  return String((made[key] as CloudObject)["id"]);
}
