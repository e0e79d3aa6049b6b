import { existsSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text, verbatim } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { readStateStore, type StateStore } from "../engine/state-store.ts";
import { postgresClient } from "../state/postgres-client.ts";
import { standingFolder, stateFolderFailure } from "../state/state-folder.ts";
import type { Finding, MachineCheck, Surroundings } from "./check.ts";

const ID = "state-store";
const MEGABYTE = 1024 * 1024;
/** A state is some hundred kilobytes, and every apply keeps a backup of it. */
const LEAST_FREE = 100 * MEGABYTE;
const GOOD_FREE = 1024 * MEGABYTE;
/** What a folder's mode lets others than its owner do. */
const OTHERS = 0o077;

/** Where the states are kept: reachable, writable, with room. */
export const checkStateStore: MachineCheck = async ({ environment, repository }) => {
  const store = storeToCheck({ environment, repository });
  return [store.kind === "local" ? checkFolder(store.label) : await checkPostgres(store)];
};

/** The store that GOVCLOUD_STATE names. To name none that exists is a failure of this machine here: the other checks go on. */
export function storeToCheck({ environment, repository }: Pick<Surroundings, "environment" | "repository">): StateStore {
  try {
    return readStateStore(environment, repository);
  } catch (error) {
    throw error instanceof InvalidRequest ? new EngineFailure("state-store", error.text) : error;
  }
}

function checkFolder(folder: string): Finding {
  // The first apply makes the folder: until then the one above it has to do.
  const standing = standingFolder(folder);
  tryToWrite(standing, folder);
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
  if (existsSync(folder) && (statSync(folder).mode & OTHERS) !== 0)
    return {
      id: ID,
      result: "warning",
      message: text(`${folder} 其他用户也能进入，状态里有密钥`, `${folder} is open to other users, and states hold secrets`),
      remedy: verbatim(`chmod 700 ${folder}`),
    };
  return free < GOOD_FREE ? { id: ID, result: "warning", message, remedy } : { id: ID, result: "ok", message };
}

/** Writes and removes a file of its own: permissions alone do not tell of a full or read-only disk. */
function tryToWrite(standing: string, folder: string): void {
  let probe: string | undefined;
  try {
    probe = mkdtempSync(join(standing, ".doctor-"));
    writeFileSync(join(probe, "probe"), Buffer.alloc(64 * 1024));
  } catch (error) {
    throw stateFolderFailure(folder, error);
  } finally {
    if (probe !== undefined) rmSync(probe, { recursive: true, force: true });
  }
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
