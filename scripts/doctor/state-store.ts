import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { readStateStore, type StateStore } from "../engine/state-store.ts";
import { postgresClient } from "../state/postgres-client.ts";
import type { Finding, MachineCheck } from "./check.ts";

const ID = "state-store";
const MEGABYTE = 1024 * 1024;
/** A state is some hundred kilobytes, and every apply keeps a backup of it. */
const LEAST_FREE = 100 * MEGABYTE;
const GOOD_FREE = 1024 * MEGABYTE;

/** Where the states are kept: reachable, writable, with room. */
export const checkStateStore: MachineCheck = async ({ environment, repository }) => {
  const store = readStateStore(environment, repository);
  return [store.kind === "local" ? checkFolder(store.label) : await checkPostgres(store)];
};

function checkFolder(folder: string): Finding {
  // The first apply makes the folder: until then the one above it has to do.
  let standing = folder;
  while (!existsSync(standing) && dirname(standing) !== standing) standing = dirname(standing);
  // A file of its own, written and removed: permissions alone do not tell of a full or read-only disk.
  const probe = mkdtempSync(join(standing, ".doctor-"));
  try {
    writeFileSync(join(probe, "probe"), Buffer.alloc(64 * 1024));
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
  const { bavail, bsize } = statfsSync(standing);
  const free = bavail * bsize;
  const message = text(
    `${folder} 可写，剩余 ${Math.floor(free / MEGABYTE)} MB`,
    `${folder} can be written, ${Math.floor(free / MEGABYTE)} MB are free`,
  );
  const remedy = text(
    "腾出磁盘空间：状态写不下，执行过的内容就没有记录",
    "free some disk space: what an apply made is lost where its state cannot be written",
  );
  if (free < LEAST_FREE) return { id: ID, result: "failed", message, remedy };
  return free < GOOD_FREE ? { id: ID, result: "warning", message, remedy } : { id: ID, result: "ok", message };
}

async function checkPostgres(store: StateStore): Promise<Finding> {
  const { query, close } = postgresClient(store);
  const [row] = await query("SELECT has_database_privilege(current_database(), 'CREATE') AS may, pg_is_in_recovery() AS standby").finally(
    close,
  );
  if (row?.["standby"] === true)
    throw new EngineFailure("state-store", text(`${store.label} 是只读的备库`, `Cannot write to ${store.label}: it is a standby`));
  // Each stack has a schema of its own, made by its first apply.
  return row?.["may"] === true
    ? { id: ID, result: "ok", message: text(`${store.label} 可连接，可建 schema`, `${store.label} answers, and schemas may be made there`) }
    : {
        id: ID,
        result: "failed",
        message: text(`${store.label} 可连接，但该账号不能建 schema`, `${store.label} answers, but the user may make no schema there`),
        remedy: text("给该账号数据库的 CREATE 权限", "grant the user CREATE on the database"),
      };
}
