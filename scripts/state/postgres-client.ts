import { Client } from "pg";
import { text, verbatim } from "../../catalog/text.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { StateStore } from "../engine/state-store.ts";

/** Milliseconds to connect, and for one query. */
const TIME_LIMIT = 15_000;

/** One connection to the state store, made by its first query. */
export interface PostgresClient {
  /** Rows of a query. Throws EngineFailure where the database cannot be asked; its words hold no connection string. */
  readonly query: (words: string, values?: readonly unknown[]) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => Promise<void>;
}

export function postgresClient(store: StateStore): PostgresClient {
  let connected: Promise<Client> | undefined;
  return {
    query: async (words, values = []) => {
      connected ??= connect(store);
      try {
        return (await (await connected).query(words, [...values])).rows as Record<string, unknown>[];
      } catch (error) {
        throw storeFailure(store, error);
      }
    },
    close: async () => {
      await (await connected?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}

async function connect({ environment }: StateStore): Promise<Client> {
  const client = new Client({
    connectionString: environment["PG_CONN_STR"],
    connectionTimeoutMillis: TIME_LIMIT,
    query_timeout: TIME_LIMIT,
    application_name: "govcloud",
  });
  // A server that goes away between two queries ends the next one with an error; it must not end the process.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The driver's message names host and user, never the password. */
function storeFailure({ label }: StateStore, error: unknown): EngineFailure {
  const said = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code || error.name : String(error);
  const cause = verbatim(said);
  return new EngineFailure("state-store", text(`状态库 ${label} 出错：${cause.zh}`, `Cannot use the state store ${label}: ${cause.en}`));
}
