import { type Diagnostic, diagnose } from "../source/diagnostic.ts";
import { didYouMean } from "../source/did-you-mean.ts";
import type { SourceFile } from "../source/source-file.ts";
import { text } from "../text.ts";

export const USAGE_QUERIES_FILE = "catalog/usage-queries.yaml";

/** What is asked of each server: percent of what it has, and GB of 1024³ bytes. */
export type UsageQuantity = "cpuPercent" | "memoryPercent" | "diskUsedGb";
export const USAGE_QUANTITIES: readonly UsageQuantity[] = ["cpuPercent", "memoryPercent", "diskUsedGb"];

/** Labels by which a series is joined to a declared server: those with its metadata, or those with the names of its project and itself. */
export type UsageJoin =
  | { readonly by: "metadata"; readonly system: string; readonly server: string; readonly index: string }
  | { readonly by: "names"; readonly project: string; readonly name: string };

/** One query of catalog/usage-queries.yaml. */
export interface UsageQuery {
  /** Name of its set and its quantity, `node.cpuPercent`. */
  readonly id: string;
  readonly quantity: UsageQuantity;
  readonly join: UsageJoin;
  /** PromQL that gives, at any moment, one series a server. */
  readonly expression: string;
}

/** How usage is asked of Prometheus. */
export interface UsageQueries {
  /** Seconds between the values that are averaged. */
  readonly stepSeconds: number;
  readonly hoursPerQuery: number;
  /** Those of the sets in use; of two for one quantity the first one counts. */
  readonly queries: readonly UsageQuery[];
}

type WrittenSet = { readonly join: Readonly<Record<string, string>> } & Readonly<Partial<Record<UsageQuantity, string>>>;
interface Written {
  readonly stepSeconds: number;
  readonly hoursPerQuery: number;
  readonly use: readonly string[];
  readonly sets: Readonly<Record<string, WrittenSet>>;
}

/** Reads catalog/usage-queries.yaml, which its schema holds already. */
export function readUsageQueries(source: SourceFile, diagnostics: Diagnostic[]): UsageQueries {
  const { stepSeconds, hoursPerQuery, use, sets } = source.value as Written;
  const queries = new Map<string, readonly UsageQuery[]>();
  for (const [name, set] of Object.entries(sets)) {
    const join = toJoin(set.join);
    if (join === undefined) diagnostics.push(noJoin(source, name));
    const own = USAGE_QUANTITIES.flatMap((quantity): UsageQuery[] => {
      const expression = set[quantity];
      return expression === undefined || join === undefined ? [] : [{ id: `${name}.${quantity}`, quantity, join, expression }];
    });
    if (own.length === 0 && join !== undefined) diagnostics.push(noQuery(source, name));
    queries.set(name, own);
  }
  for (const [index, name] of use.entries()) if (!queries.has(name)) diagnostics.push(unknownSet(source, index, name, [...queries.keys()]));
  return { stepSeconds, hoursPerQuery, queries: use.flatMap((name) => queries.get(name) ?? []) };
}

function toJoin({ system, server, index, project, name }: Readonly<Record<string, string>>): UsageJoin | undefined {
  const byMetadata = system !== undefined && server !== undefined && index !== undefined;
  const byNames = project !== undefined && name !== undefined;
  if (byMetadata && project === undefined && name === undefined) return { by: "metadata", system, server, index };
  if (byNames && system === undefined && server === undefined && index === undefined) return { by: "names", project, name };
  return undefined;
}

function noJoin(source: SourceFile, name: string): Diagnostic {
  return diagnose(
    source,
    ["sets", name, "join"],
    "contradiction",
    text(
      `${name} 的 join 应写 system、server、index 三个标签，或 project、name 两个标签`,
      `Cannot join the series of ${name} to servers: wanted the labels system, server and index, or project and name`,
    ),
    { on: "key" },
  );
}

function noQuery(source: SourceFile, name: string): Diagnostic {
  return diagnose(
    source,
    ["sets", name],
    "missing-key",
    text(
      `${name} 里没有查询：应有 ${USAGE_QUANTITIES.join("、")} 中的至少一个`,
      `Cannot use ${name}, which has no query: wanted at least one of ${USAGE_QUANTITIES.join(", ")}`,
    ),
    { on: "key" },
  );
}

function unknownSet(source: SourceFile, index: number, name: string, known: readonly string[]): Diagnostic {
  return diagnose(
    source,
    ["use", index],
    "unknown-reference",
    text(`没有名为 ${name} 的一组查询`, `Cannot find the set ${name}: wanted one of ${known.join(", ")}`),
    { didYouMean: didYouMean(name, known) },
  );
}
