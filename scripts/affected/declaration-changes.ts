import type { Declarations } from "../../catalog/declaration.ts";
import { changedValues } from "../../catalog/source/changed-values.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import { type Text, text } from "../../catalog/text.ts";
import { type Change, changeWords, type FilePair, lineOf, pairFiles, type Touches } from "./change.ts";

/** What bureaus changed in their own files: a system's declaration touches that system, `tenant.yaml` every system of the bureau. Comments change nothing. */
export function declarationChanges(before: Declarations | undefined, after: Declarations): readonly Change[] {
  const systems = new Map([...(before?.systems ?? []), ...after.systems].map(({ source, id }) => [source.path, id]));
  const tenants = new Map([...(before?.tenants.values() ?? []), ...after.tenants.values()].map(({ source, id }) => [source.path, id]));
  const files = (side: Declarations | undefined): SourceFile[] =>
    side === undefined ? [] : [...side.tenants.values(), ...side.systems].map(({ source }) => source);
  return pairFiles(files(before), files(after)).flatMap((pair) => {
    const [system, tenant] = [systems.get(pair.path), tenants.get(pair.path)];
    if (system !== undefined) return ofFile(pair, "own-file", { platform: false, systems: system });
    // A bureau that came or went has no systems but those that came or went with it.
    if (tenant !== undefined && pair.before !== undefined && pair.after !== undefined)
      return ofFile(pair, "tenant", { platform: false, systems: (uses) => uses.tenant === tenant });
    return [];
  });
}

function ofFile(pair: FilePair, kind: "own-file" | "tenant", touches: Touches): Change[] {
  const { path: file, before, after } = pair;
  if (before === undefined || after === undefined) return [{ kind, file, line: 1, words: wholeFile(before === undefined), touches }];
  return changedValues(before.value, after.value).map((change) => ({
    kind,
    file,
    line: lineOf(change, pair),
    words: changeWords(change),
    touches,
  }));
}

function wholeFile(isNew: boolean): Text {
  return isNew ? text("新系统", "a new system") : text("文件没有了", "the file is gone");
}
