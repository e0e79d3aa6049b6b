import { Decimal } from "decimal.js";
import { type Declaration, isProvided } from "../declaration.ts";
import { isCovered, UsageByGroup } from "./group-usage.ts";
import type { UsageMonth } from "./usage.ts";

/** An average over everything measured, and how much that is of all there is, in cores or GB. */
export interface Overall {
  /** Null where nothing was measured. */
  readonly percent: Decimal | null;
  readonly measured: number;
  readonly total: number;
}

export interface OverallUse {
  readonly cpu: Overall;
  readonly memory: Overall;
}

/**
 * The overall averages of Annex 2 7.3: every server's month by its weight, CPU by cores and memory by GB (reading), those of servers measured
 * long enough.
 */
export function overallUse(declarations: readonly Declaration[], usage: UsageMonth): OverallUse {
  const byGroup = new UsageByGroup(usage);
  const cpu = new WeightedAverage();
  const memory = new WeightedAverage();
  for (const { id, servers } of declarations.filter(isProvided)) {
    for (const group of servers) {
      cpu.total += group.cpu * group.count;
      memory.total += group.memoryGb * group.count;
      for (const each of byGroup.of(id, group.key)) {
        if (!isCovered(each) || each.index > group.count) continue;
        cpu.add(each.cpuPercent, group.cpu);
        memory.add(each.memoryPercent, group.memoryGb);
      }
    }
  }
  return { cpu: cpu.overall(), memory: memory.overall() };
}

class WeightedAverage {
  total = 0;
  #measured = 0;
  #sum = new Decimal(0);

  add(percent: Decimal | null, weight: number): void {
    if (percent === null) return;
    this.#measured += weight;
    this.#sum = this.#sum.plus(percent.times(weight));
  }

  overall(): Overall {
    return { percent: this.#measured === 0 ? null : this.#sum.dividedBy(this.#measured), measured: this.#measured, total: this.total };
  }
}
