import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { CloudClient, CloudObject, Service } from "../../scripts/cloud/cloud-client.ts";
import { cloudFolder } from "./start.ts";

/** Changes a cloud behind Terraform's back, as somebody at the dashboard would; the program's own client can only read. */
export async function byHand(
  client: CloudClient,
  method: "POST" | "PUT" | "DELETE",
  service: Service,
  path: string,
  options: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<CloudObject> {
  const answer = await fetch(client.address(service, path), {
    method,
    headers: { "x-auth-token": client.session.token, "content-type": "application/json", ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const words = await answer.text();
  if (!answer.ok) throw new Error(`Cannot ${method} ${path} of ${service}: HTTP ${answer.status} ${words.slice(0, 500)}`);
  return words.startsWith("{") ? (JSON.parse(words) as CloudObject) : {};
}

/**
 * Takes back what Cinder counts as reserved without a reservation. Zed leaves that behind when two disks of a project are made or deleted at the same moment,
 * and then refuses a quota of 0 for ever; its `cinder-manage quota sync` says "fixed" and changes nothing.
 */
export function correctVolumeCounts(): void {
  const socket = join(cloudFolder(), "run/mysql.sock");
  const correct =
    "UPDATE cinder.quota_usages SET reserved = 0 WHERE reserved <> 0 AND id NOT IN (SELECT usage_id FROM cinder.reservations WHERE deleted = 0)";
  const { status, stderr } = spawnSync("mariadb", ["--no-defaults", "-uroot", "-S", socket, "-e", correct], { encoding: "utf8" });
  if (status !== 0) throw new Error(`Cannot correct Cinder's counts: ${stderr}`);
}

/** Asks until something is so, as clouds finish later than they answer. */
export async function until<Value>(what: string, ask: () => Promise<Value | undefined>, seconds = 120): Promise<Value> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const value = await ask();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`Cannot go on: ${what} was not so within ${seconds} seconds`);
}
