import type { Catalogue } from "./catalogue.ts";
import { contains, overlaps, readCidr } from "./cidr.ts";
import type { Declaration, Tenant } from "./declaration.ts";
import type { Diagnostic } from "./source/diagnostic.ts";
import { Reporter } from "./source/reporter.ts";
import { text } from "./text.ts";

/** A bureau's range lies inside a pool's, clear of the subnet pools, and overlaps no other bureau's. */
export function checkRanges(tenants: ReadonlyMap<string, Tenant>, { pools }: Catalogue, diagnostics: Diagnostic[]): void {
  const ranged = [...tenants.values()].filter(({ range }) => range !== undefined);
  for (const [index, tenant] of ranged.entries()) {
    const errors = new Reporter(tenant.source, diagnostics);
    const own = readCidr(tenant.range ?? "");
    if (own === undefined) continue;
    const holder = [...pools.values()].find((pool) => contains(readCidr(pool.range) ?? own, own) && readCidr(pool.range) !== undefined);
    if (holder === undefined) {
      errors.report(
        ["range"],
        "out-of-range",
        text(
          `${tenant.range} 不在任何资源池的网段内（${[...pools.values()].map((pool) => `${pool.key} ${pool.range}`).join("，")}）`,
          `Cannot accept range ${tenant.range}: it lies in no pool's range (${[...pools.values()].map((pool) => `${pool.key} ${pool.range}`).join(", ")})`,
        ),
      );
    }
    for (const pool of pools.values()) {
      for (const prefix of pool.openstack.subnetPool.prefixes) {
        const shared = readCidr(prefix);
        if (shared !== undefined && overlaps(shared, own)) {
          errors.report(
            ["range"],
            "contradiction",
            text(
              `${tenant.range} 与资源池 ${pool.key} 的自动分配网段 ${prefix} 重叠`,
              `Cannot accept range ${tenant.range}: it overlaps the subnet pool ${prefix} of pool ${pool.key}`,
            ),
          );
        }
      }
    }
    const other = ranged.slice(0, index).find(({ range }) => {
      const theirs = readCidr(range ?? "");
      return theirs !== undefined && overlaps(theirs, own);
    });
    if (other !== undefined) {
      errors.report(
        ["range"],
        "contradiction",
        text(
          `${tenant.range} 与单位 ${other.id} 的网段 ${other.range} 重叠`,
          `Cannot accept range ${tenant.range}: it overlaps ${other.range} of bureau ${other.id}`,
        ),
      );
    }
  }
}

/** A node is one bureau's: named in two systems it would be claimed, and billed, twice. */
export function checkManagedNodes(systems: readonly Declaration[], diagnostics: Diagnostic[]): void {
  const owners = new Map<string, Declaration>();
  for (const system of systems) {
    if (system.stage === "retired") continue;
    for (const [index, node] of system.managedNodes.entries()) {
      for (const field of ["name", "serial"] as const) {
        // A serial number is printed in capitals and typed in either case.
        const key = `${system.pool}/${field}/${node[field].toUpperCase()}`;
        const owner = owners.get(key);
        owners.set(key, owner ?? system);
        if (owner === undefined || owner === system) continue;
        new Reporter(system.source, diagnostics).report(
          ["managedNodes", index, field],
          "contradiction",
          text(`纳管节点 ${node[field]} 已由系统 ${owner.id} 申请`, `Cannot claim node ${node[field]}: system ${owner.id} has it`),
        );
      }
    }
  }
}

/** No two subnets overlap; in the order of their addresses each is held against the widest before it, so that many stay cheap. */
export function checkSubnets(systems: readonly Declaration[], diagnostics: Diagnostic[]): void {
  const subnets = systems
    .flatMap((system) => {
      const cidr = system.stage === "retired" ? undefined : readCidr(system.subnet ?? "");
      return cidr === undefined ? [] : [{ system, cidr }];
    })
    .sort((a, b) => a.cidr.first - b.cidr.first || a.cidr.prefix - b.cidr.prefix);
  let widest = subnets[0];
  for (const each of subnets.slice(1)) {
    if (widest !== undefined && overlaps(widest.cidr, each.cidr)) {
      const [other, later] = widest.system.id < each.system.id ? [widest.system, each.system] : [each.system, widest.system];
      new Reporter(later.source, diagnostics).report(
        ["subnet"],
        "contradiction",
        text(
          `${later.subnet} 与系统 ${other.id} 的网段 ${other.subnet} 重叠`,
          `Cannot accept subnet ${later.subnet}: it overlaps ${other.subnet} of system ${other.id}`,
        ),
      );
    }
    if (widest === undefined || each.cidr.last > widest.cidr.last) widest = each;
  }
}
