import { text, verbatim } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { StateStore } from "../engine/state-store.ts";

/** Milliseconds to connect, and for the query. */
const TIME_LIMIT = 10_000;

/** Rows of one reading query. Throws EngineFailure where the database cannot be asked; its words hold no connection string. */
export async function queryPostgres(
  { label, environment }: StateStore,
  query: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    connectionString: environment["PG_CONN_STR"],
    connectionTimeoutMillis: TIME_LIMIT,
    query_timeout: TIME_LIMIT,
    application_name: "govcloud doctor",
  });
  // A connection that ends by itself is told by the query that it breaks.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(query)).rows as Record<string, unknown>[];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // The system's code where there is one; PostgreSQL's own is a number, its words say more.
    const cause = verbatim(code !== undefined && /^E[A-Z]+$/.test(code) ? code : message);
    throw new EngineFailure("state-store", text(`连不上 ${label}：${cause.zh}`, `Cannot ask ${label}: ${cause.en}`));
  } finally {
    await client.end().catch(() => undefined);
  }
}
