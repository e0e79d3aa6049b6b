import type { UsageQuery } from "../../catalog/sizing/usage-queries.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { DeclaredServers, ServerName } from "./declared-servers.ts";

export type Joined =
  | { readonly kind: "joined"; readonly name: ServerName }
  | { readonly kind: "left-out"; readonly system: string; readonly server: string; readonly index: number | null; readonly reason: Text };

/** The declared server that a series is of, by the labels that its query names; else why it is left out. */
export function joinSeries(labels: Readonly<Record<string, string>>, { join }: UsageQuery, declared: DeclaredServers): Joined {
  const wanted = join.by === "metadata" ? [join.system, join.server, join.index] : [join.project, join.name];
  const missing = wanted.find((label) => labelOf(labels, label) === "");
  if (missing !== undefined)
    return leftOut(
      "",
      "",
      null,
      text(`有序列没有标签 ${missing}，不知道是哪台服务器`, `a series has no label ${missing}: nobody knows which server it is`),
    );
  const name =
    join.by === "metadata" ? byMetadata(labels, join) : declared.byNames(labelOf(labels, join.project), labelOf(labels, join.name));
  if (name === undefined) {
    const [first = "", second = ""] = wanted.map((label) => clip(labelOf(labels, label), 100));
    return leftOut(
      first,
      second,
      null,
      text(`标签 ${wanted.join("、")} 对不上任何申报的服务器`, `the labels ${wanted.join(", ")} name no declared server`),
    );
  }
  const found = declared.find(name);
  return found.kind === "declared"
    ? { kind: "joined", name }
    : leftOut(clip(name.system, 100), clip(name.server, 100), name.index, found.reason);
}

function byMetadata(
  labels: Readonly<Record<string, string>>,
  join: { readonly system: string; readonly server: string; readonly index: string },
): ServerName | undefined {
  const index = labelOf(labels, join.index);
  if (!/^[1-9]\d{0,5}$/.test(index)) return undefined;
  return { system: labelOf(labels, join.system), server: labelOf(labels, join.server), index: Number(index) };
}

/** Prometheus takes an empty label for none. */
function labelOf(labels: Readonly<Record<string, string>>, label: string): string {
  return Object.hasOwn(labels, label) ? (labels[label] ?? "") : "";
}

function leftOut(system: string, server: string, index: number | null, reason: Text): Joined {
  return { kind: "left-out", system, server, index, reason };
}
