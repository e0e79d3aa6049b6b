import type { Text } from "../../catalog/text.ts";
import type { StateStore } from "../engine/state-store.ts";
import { localIndex } from "./local-index.ts";
import { postgresIndex } from "./postgres-index.ts";

/** Looks after the states of a store as a whole, which the engine, seeing one at a time, cannot. */
export interface StateIndex {
  readonly list: () => Promise<readonly StateEntry[]>;
  /** The state's document, or undefined where there is none. Holds secrets: callers show addresses and ids only. */
  readonly read: (stack: string) => Promise<StateDocument | undefined>;
  /** Who holds the stack's lock; null where it is free. */
  readonly lockOf: (stack: string) => Promise<StateLock | null>;
  /** Every lock that is held or was left behind; `stack` is undefined where a first apply holds one that no state has yet. */
  readonly locks: () => Promise<readonly { readonly stack: string | undefined; readonly lock: StateLock }[]>;
  /**
   * Takes the lock with this id from a holder that is gone. One that still seems to live keeps it; `force` ends its connection where the store has
   * connections, which somebody has to answer for.
   */
  readonly unlock: (stack: string, id: string, options: { readonly force: boolean }) => Promise<void>;
  /** Gives a state another name; the old one is then free. */
  readonly move: (from: string, to: string) => Promise<void>;
  /** Writes a state in the place of the one that is there; {@link restoreState} looks first whether it may. */
  readonly write: (stack: string, words: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface StateEntry {
  readonly stack: string;
  readonly document: StateDocument | undefined;
  readonly lock: StateLock | null;
}

/** What this program reads of a state. */
export type StateDocument =
  /** OpenTofu leaves serial and lineage in clear beside what it encrypts, and refuses a state in which they were changed; undefined where it did not. */
  | { readonly kind: "encrypted"; readonly lineage: string | undefined; readonly serial: number | undefined }
  | { readonly kind: "unreadable"; readonly cause: Text }
  | {
      readonly kind: "plain";
      readonly lineage: string;
      readonly serial: number;
      readonly engineVersion: string;
      readonly resources: readonly StateResource[];
      /** The stack whose project stands in it, which is whose it is; undefined where it has no project, as the platform's has none. */
      readonly owner: string | undefined;
    };

export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** The cloud's id; undefined where the object has none. */
  readonly id: string | undefined;
  /** Made, but not whole: the next plan replaces it. */
  readonly tainted: boolean;
}

export interface StateLock {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  /** Instant, ISO 8601. */
  readonly since: string;
  /** Whether its holder is known to live; undefined where this machine cannot tell. */
  readonly held: boolean | undefined;
}

/** Opens the index of a store. */
export function openIndex(store: StateStore): StateIndex {
  return store.kind === "local" ? localIndex(store.label) : postgresIndex(store);
}
