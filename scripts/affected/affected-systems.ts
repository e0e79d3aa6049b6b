import { byKey } from "../../catalog/by-key.ts";
import type { SystemId } from "../../catalog/declaration.ts";
import { type Text, text } from "../../catalog/text.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { CheckedTree } from "../plan/read-tree.ts";
import { catalogueChanges } from "./catalogue-changes.ts";
import type { Change, ReasonKind } from "./change.ts";
import { codeChanges, isOwnHistory, withCentresWaivers } from "./code-changes.ts";
import { declarationChanges } from "./declaration-changes.ts";
import { type Uses, usesOf } from "./uses.ts";
import { waiverChanges } from "./waiver-changes.ts";

/** A system that a change touches, and why: one reason for each file that does, the first line of it, and in how many values. */
export interface AffectedSystem {
  readonly id: SystemId;
  /** Undefined for the platform. */
  readonly tenant: string | undefined;
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly kind: ReasonKind;
  readonly file: string;
  readonly line: number;
  /** The first few values, and how many there are beside. */
  readonly words: Text;
}

export interface Affected {
  /** The platform first, then by id. */
  readonly systems: readonly AffectedSystem[];
  /** All systems of both trees, the platform among them. */
  readonly of: number;
  /** Whether code of the program was compared too. */
  readonly code: "compared" | "not-compared";
}

/** Finds the systems that a change touches by comparing two trees' data by value; without a base everything is new. Throws InvalidInput. */
export function affectedSystems(head: CheckedTree, base: CheckedTree | undefined, program: string): Affected {
  if (base === undefined) return everything(head);
  const own = isOwnHistory(head.tree, base.tree, program);
  const changes = changesBetween(head, base, own ? program : undefined);
  const ofOne = Map.groupBy(changes, ({ touches }) => (typeof touches.systems === "string" ? touches.systems : undefined));
  const ofSome = (ofOne.get(undefined) ?? []).flatMap((change) =>
    typeof change.touches.systems === "function" ? [{ change, isTouched: change.touches.systems }] : [],
  );
  const uses = usesOfBoth(head, base);
  const systems = [...uses].sort(byKey).map(([id, sides]): AffectedSystem => {
    const shared = ofSome.filter(({ isTouched }) => sides.some(isTouched)).map(({ change }) => change);
    return { id, tenant: sides[0]?.tenant, reasons: reasonsOf([...(ofOne.get(id) ?? []), ...shared]) };
  });
  const platform = { id: PLATFORM, tenant: undefined, reasons: reasonsOf(changes.filter(({ touches }) => touches.platform)) };
  return {
    systems: [platform, ...systems].filter(({ reasons }) => reasons.length > 0),
    of: uses.size + 1,
    code: own ? "compared" : "not-compared",
  };
}

function everything({ declarations }: CheckedTree): Affected {
  const words = text("不比较，全部视为新增", "compared with nothing: everything is new");
  const isNew = (file: string): readonly Reason[] => [{ kind: "own-file", file, line: 1, words }];
  const systems = declarations.systems.map(({ id, tenant, source }) => ({ id, tenant, reasons: isNew(source.path) }));
  return {
    systems: [{ id: PLATFORM, tenant: undefined, reasons: isNew("catalog/pools.yaml") }, ...systems],
    of: systems.length + 1,
    code: "not-compared",
  };
}

function changesBetween(head: CheckedTree, base: CheckedTree, program: string | undefined): readonly Change[] {
  const [after, before] =
    program === undefined
      ? [head.tree, base.tree]
      : [withCentresWaivers(head.tree, program), withCentresWaivers(base.tree, program, base.tree.identity)];
  return [
    ...declarationChanges(base.declarations, head.declarations),
    ...waiverChanges(before, after),
    ...catalogueChanges(base.catalogue, head.catalogue),
    ...(program === undefined ? [] : codeChanges(program, base.tree.identity)),
  ];
}

/** What each system uses, in the tree after and in the one before, as far as it is there. */
function usesOfBoth(head: CheckedTree, base: CheckedTree): ReadonlyMap<SystemId, readonly Uses[]> {
  const uses = new Map<SystemId, Uses[]>();
  for (const { declarations, catalogue } of [head, base]) {
    for (const declaration of declarations.systems) {
      const known = uses.get(declaration.id);
      const side = usesOf(declaration, catalogue);
      if (known === undefined) uses.set(declaration.id, [side]);
      else known.push(side);
    }
  }
  return uses;
}

/** Values that are told of one file; a price book touches a system with a dozen. */
const MOST_VALUES = 3;

function reasonsOf(changes: readonly Change[]): readonly Reason[] {
  return [...Map.groupBy(changes, ({ kind, file }) => `${kind} ${file}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const told = group.slice(0, MOST_VALUES).map(({ words }) => words);
    const more = group.length - told.length;
    const words = text(
      told.map(({ zh }) => zh).join("；") + (more === 0 ? "" : `；另有 ${more} 处`),
      told.map(({ en }) => en).join("; ") + (more === 0 ? "" : `; and ${more} more`),
    );
    return [{ kind: first.kind, file: first.file, line: first.line, words }];
  });
}
