import { contains, readCidr } from "../cidr.ts";
import type { Tenant } from "../declaration.ts";
import type { Pool } from "../pool.ts";
import type { Reporter } from "../source/reporter.ts";
import { text } from "../text.ts";
import type { SystemFile } from "./system-file.ts";

/** The longest prefix of a subnet that has room for a router and servers. */
const LONGEST_PREFIX = 29;

/** A system's own subnet lies inside the range of its bureau and of its pool, and is no smaller than a /29. */
export function checkSubnet({ subnet }: SystemFile, bureau: Tenant | undefined, pool: Pool, errors: Reporter): void {
  // Without a readable tenant.yaml its range is not known, and that error stands for itself.
  if (subnet === undefined || bureau === undefined) return;
  const own = readCidr(subnet);
  const range = readCidr(bureau.range ?? "");
  const poolRange = readCidr(pool.range);
  if (own === undefined) return;
  if (range === undefined) {
    errors.report(
      ["subnet"],
      "contradiction",
      text("写了 subnet，但本单位的 tenant.yaml 没有 range", "Cannot place the subnet: tenant.yaml of this bureau has no range"),
    );
  } else if (!contains(range, own)) {
    errors.report(
      ["subnet"],
      "out-of-range",
      text(
        `${subnet} 不在本单位网段 ${bureau.range} 内`,
        `Cannot accept subnet ${subnet}: it lies outside the bureau's range ${bureau.range}`,
      ),
    );
  } else if (poolRange !== undefined && !contains(poolRange, own)) {
    errors.report(
      ["subnet"],
      "out-of-range",
      text(
        `${subnet} 不在资源池 ${pool.key} 的网段 ${pool.range} 内`,
        `Cannot accept subnet ${subnet}: it lies outside the range ${pool.range} of pool ${pool.key}`,
      ),
    );
  } else if (own.prefix > LONGEST_PREFIX) {
    errors.report(
      ["subnet"],
      "out-of-range",
      text(`${subnet} 太小，最小为 /${LONGEST_PREFIX}`, `Cannot accept subnet ${subnet}: the smallest is a /${LONGEST_PREFIX}`),
    );
  }
}
