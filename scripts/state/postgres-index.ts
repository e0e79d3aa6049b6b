import { escapeIdentifier } from "pg";
import type { StateStore } from "../engine/state-store.ts";
import { postgresClient } from "./postgres-client.ts";
import { readState } from "./read-state.ts";
import { connectionLives, lockedBy, noState, notLocked, otherLock, taken } from "./state-errors.ts";
import type { StateIndex, StateLock } from "./state-index.ts";

/** The engine's default workspace: one state a schema. */
const WORKSPACE = "default";

/** States as the engine's `pg` backend keeps them: a schema a stack, a table `states`, an advisory lock on the row's id. */
export function postgresIndex(store: StateStore): StateIndex {
  const { query, close } = postgresClient(store);
  const schemas = async () =>
    (await query("SELECT schemaname FROM pg_tables WHERE tablename = 'states' ORDER BY schemaname")).map(({ schemaname }) =>
      String(schemaname),
    );
  const column = async (name: "id" | "data", stack: string) => {
    if (!(await schemas()).includes(stack)) return undefined;
    const [row] = await query(`SELECT ${name} FROM ${escapeIdentifier(stack)}.states WHERE name = $1`, [WORKSPACE]);
    return row === undefined ? undefined : String(row[name] ?? "");
  };
  /** Every advisory lock of the database: the key that it is on, and who holds it. */
  const holders = async () =>
    (
      await query(
        `SELECT ((l.classid::bigint << 32) | l.objid::bigint)::text AS key, l.pid, a.usename, a.client_addr::text AS host, a.backend_start
           FROM pg_locks l JOIN pg_stat_activity a USING (pid)
          WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
    ).map((row) => ({ key: String(row["key"]), lock: lockOfRow(row) }));
  const lockOf = async (stack: string): Promise<StateLock | null> => {
    const id = await column("id", stack);
    return (id === undefined ? undefined : (await holders()).find(({ key }) => key === id)?.lock) ?? null;
  };
  const read = async (stack: string) => {
    const data = await column("data", stack);
    return data === undefined || data === "" ? undefined : readState(data);
  };
  return {
    read,
    lockOf,
    list: async () => {
      const entries = [];
      for (const stack of await schemas()) entries.push({ stack, document: await read(stack), lock: await lockOf(stack) });
      return entries;
    },
    locks: async () => {
      const held = await holders();
      if (held.length === 0) return [];
      const stackOf = new Map<string, string>();
      for (const stack of await schemas()) stackOf.set((await column("id", stack)) ?? "", stack);
      return held.map(({ key, lock }) => ({ stack: stackOf.get(key), lock }));
    },
    unlock: async (stack, id, { force }) => {
      const lock = await lockOf(stack);
      if (lock === null) throw notLocked(stack);
      if (lock.id !== id) throw otherLock(stack, lock, id);
      // Only its own connection can put an advisory lock down, so that connection is ended. The server cannot tell a dead engine from a silent one, and
      // one that still lives behind it goes on over another connection, without the lock: the caller has to be sure that it is gone, and say so.
      if (!force) throw connectionLives(stack, lock);
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
    write: async (stack, words) => {
      // The engine makes schema and table when it first looks for a state.
      if (!(await schemas()).includes(stack)) throw noState(stack);
      const table = `${escapeIdentifier(stack)}.states`;
      await query(
        (await column("id", stack)) === undefined
          ? `INSERT INTO ${table} (name, data) VALUES ($1, $2)`
          : `UPDATE ${table} SET data = $2 WHERE name = $1`,
        [WORKSPACE, words],
      );
    },
    close,
  };
}

/** A lock lives exactly as long as its connection. */
function lockOfRow(row: Readonly<Record<string, unknown>>): StateLock {
  return {
    id: String(row["pid"]),
    who: `${String(row["usename"])}@${String(row["host"] ?? "local")}`,
    operation: "?",
    since: (row["backend_start"] as Date).toISOString(),
    held: true,
  };
}
