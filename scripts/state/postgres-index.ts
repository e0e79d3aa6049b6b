import { Client, escapeIdentifier } from "pg";
import { text } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { StateStore } from "../engine/state-store.ts";
import { readState } from "./read-state.ts";
import { lockedBy, noState, notLocked, otherLock, taken } from "./state-errors.ts";
import type { StateIndex, StateLock } from "./state-index.ts";

/** Milliseconds to connect, and for one query. */
const TIME_LIMIT = 15_000;
/** The engine's default workspace: one state a schema. */
const WORKSPACE = "default";

/** States as the engine's `pg` backend keeps them: a schema a stack, a table `states`, an advisory lock on the row's id. */
export function postgresIndex(store: StateStore): StateIndex {
  let connected: Promise<Client> | undefined;
  const client = () => {
    connected ??= connect(store);
    return connected;
  };
  const query = async (words: string, values: unknown[] = []) => {
    try {
      return (await (await client()).query(words, values)).rows as Record<string, unknown>[];
    } catch (error) {
      throw storeFailure(store, error);
    }
  };
  const schemas = async () =>
    (await query("SELECT schemaname FROM pg_tables WHERE tablename = 'states' ORDER BY schemaname")).map(({ schemaname }) =>
      String(schemaname),
    );
  const rowOf = async (stack: string) => {
    if (!(await schemas()).includes(stack)) return undefined;
    const [row] = await query(`SELECT id, data FROM ${escapeIdentifier(stack)}.states WHERE name = $1`, [WORKSPACE]);
    return row === undefined ? undefined : { id: String(row["id"]), data: String(row["data"] ?? "") };
  };
  const lockOf = async (stack: string): Promise<StateLock | null> => {
    const row = await rowOf(stack);
    if (row === undefined) return null;
    const [holder] = await query(
      `SELECT l.pid, a.usename, a.client_addr::text AS host, a.backend_start
         FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint`,
      [row.id],
    );
    if (holder === undefined) return null;
    return {
      id: String(holder["pid"]),
      who: `${String(holder["usename"])}@${String(holder["host"] ?? "local")}`,
      operation: "?",
      since: (holder["backend_start"] as Date).toISOString(),
      // The lock lives exactly as long as its connection.
      held: true,
    };
  };
  const read = async (stack: string) => {
    const row = await rowOf(stack);
    return row === undefined || row.data === "" ? undefined : readState(row.data);
  };
  return {
    read,
    lockOf,
    list: async () => {
      const entries = [];
      for (const stack of await schemas()) entries.push({ stack, document: await read(stack), lock: await lockOf(stack) });
      return entries;
    },
    unlock: async (stack, id) => {
      const lock = await lockOf(stack);
      if (lock === null) throw notLocked(stack);
      if (lock.id !== id) throw otherLock(stack, lock, id);
      // Only its own connection can put an advisory lock down, so that connection is ended. An engine that still lives behind it goes on over another
      // one: the caller has to be sure that it is gone.
      await query("SELECT pg_terminate_backend($1::int)", [Number(id)]);
    },
    move: async (from, to) => {
      const known = await schemas();
      if (!known.includes(from)) throw noState(from);
      if (known.includes(to)) throw taken(to);
      const lock = await lockOf(from);
      if (lock !== null) throw lockedBy(from, lock);
      await query(`ALTER SCHEMA ${escapeIdentifier(from)} RENAME TO ${escapeIdentifier(to)}`);
    },
    close: async () => {
      await (await connected?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}

async function connect(store: StateStore): Promise<Client> {
  const client = new Client({
    connectionString: store.environment["PG_CONN_STR"],
    connectionTimeoutMillis: TIME_LIMIT,
    query_timeout: TIME_LIMIT,
    application_name: "govcloud",
  });
  // A server that goes away between two queries ends the next one with an error; it must not end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw storeFailure(store, error);
  }
}

/** The driver's message names host and user, never the password. */
function storeFailure({ label }: StateStore, error: unknown): EngineFailure {
  if (error instanceof EngineFailure) return error;
  const cause = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code || error.name : String(error);
  return new EngineFailure("state-store", text(`状态库 ${label} 出错：${cause}`, `Cannot use the state store ${label}: ${cause}`));
}
