import { Decimal } from "decimal.js";
import type { ServerUsage, UsageMonth } from "../../../catalog/sizing/usage.ts";

type Given = { readonly cpu?: string | null; readonly memory?: string | null; readonly disk?: string | null; readonly coverage?: string };

/** One server's figures, all of the month measured unless it says otherwise; what is not given was not measured. */
export function serverUsage(name: string, { cpu = null, memory = null, disk = null, coverage = "1" }: Given): ServerUsage {
  const [, system = "", server = "", index = ""] = /^(.+)\/([^/]+)-(\d+)$/.exec(name) ?? [];
  const decimal = (words: string | null) => (words === null ? null : new Decimal(words));
  return {
    system,
    server,
    index: Number(index),
    cpuPercent: decimal(cpu),
    memoryPercent: decimal(memory),
    diskUsedGb: decimal(disk),
    coverage: new Decimal(coverage),
    source: { file: "usage.csv", line: 2 },
  };
}

/** A month by the names of its servers, such as `hrss/social/app-1`. */
export function usageMonth(servers: Readonly<Record<string, Given>>, month = "2026-01"): UsageMonth {
  return { month, servers: Object.entries(servers).map(([name, given]) => serverUsage(name, given)), leftOut: [] };
}
