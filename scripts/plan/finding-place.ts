import { declaredPath } from "../../catalog/declared-place.ts";
import type { Path, SourceFile } from "../../catalog/source/source-file.ts";
import type { Finding } from "../../policies/evaluate.ts";
import type { Plan } from "./build-plan.ts";

/** Where a reader is led. */
export interface FindingPlace {
  readonly file: string;
  /** 1-based, as the column is. */
  readonly line: number;
  readonly column: number;
  /** Column behind the last character, where the place is known to the character. */
  readonly endColumn: number | undefined;
}

/** Where findings may lead. */
export type FindingSources = Pick<Plan, "head" | "base" | "waivers" | "planFiles">;

/**
 * The line that causes a finding, by one rule for all formats. Where no line of the tree does: in the system's declaration, what brings the resource;
 * of a plan that another pipeline made, its file; of a system whose file vanished, that file; else the contract.
 */
export function findingPlace({ at, system, address }: Finding, plan: FindingSources): FindingPlace {
  const { head, base } = plan;
  if (at !== undefined) {
    const source = sourceOf(at.file, plan);
    if (at.line !== undefined) return { file: at.file, line: at.line, column: 1, endColumn: undefined };
    return source === undefined ? beginningOf(at.file) : located(source, at.path);
  }
  const declaration = system === undefined ? undefined : head.declared.get(system)?.declaration;
  if (declaration !== undefined) return located(declaration.source, declaredPath(declaration, address, head.tree.catalogue.components));
  const planFile = system === undefined ? undefined : plan.planFiles?.get(system);
  if (planFile !== undefined) return beginningOf(planFile);
  const vanished = system === undefined ? undefined : base?.declared.get(system)?.declaration;
  return beginningOf(vanished?.source.path ?? `catalog/contracts/${head.contract.id}.yaml`);
}

function beginningOf(file: string): FindingPlace {
  return { file, line: 1, column: 1, endColumn: undefined };
}

function located(source: SourceFile, path: Path): FindingPlace {
  const { line, column, length } = source.locate(path);
  return { file: source.path, line, column, endColumn: column + length };
}

function sourceOf(file: string, { head, base, waivers }: Pick<Plan, "head" | "base" | "waivers">): SourceFile | undefined {
  for (const side of [head, base]) {
    if (side === undefined) continue;
    const found = side.tree.sources.find(({ path }) => path === file);
    if (found !== undefined) return found;
  }
  return waivers.find(({ source }) => source.path === file)?.source;
}
