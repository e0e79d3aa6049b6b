import type { Declaration, SystemId } from "../../declaration.ts";
import { declaredPath } from "../../declared-place.ts";
import type { PlannedResource } from "../planned-resource.ts";

/** Where a finding on a resource stands, led back to what a bureau wrote to get it. */
export function placeOfResource(
  { id, declaration }: { readonly id: SystemId; readonly declaration: Declaration | undefined },
  { address }: PlannedResource,
  attribute: string,
) {
  const at = declaration && { file: declaration.source.path, path: declaredPath(declaration, address) };
  return { system: id, address, attribute, ...(at === undefined ? {} : { at }) };
}
