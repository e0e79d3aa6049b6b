import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../catalog/text.ts";
import { readStateStore } from "../engine/state-store.ts";
import type { Finding, MachineCheck } from "./check.ts";
import { queryPostgres } from "./postgres.ts";

const ID = "locks";
const REMEDY = text(
  "等另一个操作结束；确认持锁的进程已经不在之后，用 npm run state -- unlock 解锁",
  "wait until the other run ends; where its holder is surely gone, npm run state -- unlock",
);
const FREE: Finding = { id: ID, result: "ok", message: text("没有状态被锁住", "no state is locked") };

/** Locks that somebody holds now: whoever plans or applies the same stack has to wait for them. */
export const checkLocks: MachineCheck = async ({ environment, repository }) => {
  const store = readStateStore(environment, repository);
  if (store.kind === "local") return [lockedFiles(store.label)];
  // The backend holds an advisory lock for as long as its session lives; PostgreSQL drops it with the session.
  const rows = await queryPostgres(
    store,
    "select distinct a.application_name, a.client_addr::text, a.backend_start::text from pg_locks l join pg_stat_activity a using (pid) " +
      "where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())",
  );
  if (rows.length === 0) return [FREE];
  const holders = rows.map((row) => `${row["client_addr"] ?? "local"} ${row["backend_start"]}`).join(", ");
  return [
    {
      id: ID,
      result: "warning",
      message: text(`被锁住，持锁的会话：${holders}`, `locked by ${holders}`),
      remedy: REMEDY,
    },
  ];
};

/** The engine writes `.<state>.lock.info` beside a state that it holds; one that was killed leaves it behind. */
function lockedFiles(folder: string): Finding {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".lock.info")) : [];
  if (names.length === 0) return FREE;
  const holders = names.map((name) => {
    const { Who: who = "?", Operation: operation = "?", Created: created = "?" } = readInfo(join(folder, name));
    return `${name.replace(/^\.|\.tfstate\.lock\.info$/g, "")} (${who}, ${operation}, ${created})`;
  });
  return {
    id: ID,
    result: "warning",
    message: text(`被锁住的状态：${holders.join("、")}`, `locked: ${holders.join(", ")}`),
    remedy: REMEDY,
  };
}

function readInfo(path: string): Partial<Record<"Who" | "Operation" | "Created", string>> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  } catch {
    // Half written, or gone since.
    return {};
  }
}
