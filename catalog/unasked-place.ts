import type { Unasked } from "./asked.ts";
import type { Declaration } from "./declaration.ts";
import { placeOfChange } from "./declared-place.ts";
import type { Path } from "./source/source-file.ts";
import type { ResourceChange } from "./terraform-plan/planned-resource.ts";
import { type Text, text } from "./text.ts";

/** Where a finding on an unasked change stands: at the entry that asks in vain, or else at what causes the change. */
export function placeOfUnasked(subject: Parameters<typeof placeOfChange>[0], change: ResourceChange, { at, asks }: Unasked) {
  const place = { ...placeOfChange(subject, change), ...(asks === undefined ? {} : { asks }) };
  return at === undefined || subject.declaration === undefined
    ? place
    : { ...place, at: { file: subject.declaration.source.path, path: at } };
}

/** Where a finding on something that is no longer declared stands: at the entry that asks in vain, or else at the key that it stood under. */
export function declaredOrAsked({ id, source }: Declaration, path: Path, { at, asks }: Unasked) {
  const keys = path.map(String);
  return {
    system: id,
    address: keys.slice(0, -1).join("."),
    attribute: keys.at(-1) ?? "",
    at: { file: source.path, path: at ?? path },
    ...(asks === undefined ? {} : { asks }),
  };
}

/** The line of the earlier declaration where something stood that is gone. */
export function stoodAt({ source }: Declaration, path: Path): Text {
  const { line } = source.locate(path, "key");
  return text(`（原在第 ${line} 行）`, `, on line ${line} before`);
}
