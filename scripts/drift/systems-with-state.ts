import type { SystemId } from "../../catalog/declaration.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import { text } from "../../catalog/text.ts";
import type { StateStore } from "../engine/state-store.ts";
import { openIndex, type StateEntry } from "../state/state-index.ts";

/** Declared systems and the states of a store, told apart. */
export interface SystemsWithState {
  /** Declared, with a state to compare. */
  readonly toLookAt: ReadonlySet<SystemId>;
  /** States that hold something and that no declaration answers for. */
  readonly undeclared: readonly SystemId[];
  /** Declared, and not applied yet. */
  readonly withoutState: readonly SystemId[];
}

/**
 * Reads which systems have a state. An empty one has nothing that could drift.
 *
 * @throws InvalidRequest where a system that was asked for has none, or the store holds none at all: to look at nothing is no answer.
 */
export async function systemsWithState(
  store: StateStore,
  declared: readonly SystemId[],
  only: readonly SystemId[] | undefined,
): Promise<SystemsWithState> {
  const index = openIndex(store);
  let states: Set<SystemId>;
  try {
    states = new Set((await index.list()).filter(holdsSomething).map(({ stack }) => stack.replace("--", "/")));
  } finally {
    await index.close();
  }
  const unknown = only?.find((id) => !states.has(id));
  if (unknown !== undefined) throw withoutState(unknown, store, [...states]);
  if (states.size === 0)
    throw new InvalidRequest(
      text(
        `${store.label} 里没有任何状态，无从比较；状态在别处时设 GOVCLOUD_STATE`,
        `Cannot look for drift: there is no state in ${store.label}; set GOVCLOUD_STATE where the states are elsewhere`,
      ),
    );
  const wanted = new Set(only ?? states);
  return {
    toLookAt: new Set(declared.filter((id) => wanted.has(id))),
    undeclared: [...wanted].filter((id) => !declared.includes(id)).sort(),
    withoutState: only === undefined ? declared.filter((id) => !states.has(id)) : [],
  };
}

/** What an encrypted or unreadable state holds, nobody knows: the engine says. */
function holdsSomething({ document }: StateEntry): boolean {
  return document !== undefined && (document.kind !== "plain" || document.resources.length > 0);
}

function withoutState(id: SystemId, { label }: StateStore, known: readonly SystemId[]): InvalidRequest {
  const meant = didYouMean(id, known);
  return new InvalidRequest(
    text(
      `${label} 里没有 ${id} 的状态，无从比较${meant === undefined ? "" : `；是不是 ${meant}`}`,
      `Cannot look for drift in ${id}: it has no state in ${label}${meant === undefined ? "" : `; did you mean ${meant}`}`,
    ),
  );
}
