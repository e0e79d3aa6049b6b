import { expect, test } from "vitest";
import { overallUse } from "../../../catalog/sizing/overall-use.ts";
import { declaration, server } from "../../declared.ts";
import { usageMonth } from "./usage.ts";

const systems = [
  declaration({ id: "hrss/large", servers: [server({ count: 2, cpu: 32, memoryGb: 64 })] }),
  declaration({ id: "hrss/small", servers: [server({ cpu: 4, memoryGb: 16 })] }),
  declaration({ id: "hrss/gone", stage: "retired", servers: [server()] }),
];

test("servers weigh by their cores and by their GB", () => {
  const { cpu, memory } = overallUse(
    systems,
    usageMonth({
      "hrss/large/app-1": { cpu: "10", memory: "20" },
      "hrss/large/app-2": { cpu: "30", memory: null },
      "hrss/small/app-1": { cpu: "90", memory: "60" },
      "hrss/gone/app-1": { cpu: "100", memory: "100" },
    }),
  );
  // (32 × 10 + 32 × 30 + 4 × 90) ÷ 68, and (64 × 20 + 16 × 60) ÷ 80.
  expect([cpu.percent?.toFixed(6), cpu.measured, cpu.total]).toEqual(["24.117647", 68, 68]);
  expect([memory.percent?.toFixed(), memory.measured, memory.total]).toEqual(["28", 80, 144]);
});

test("what was measured for too short a time does not count, and no figure is no zero", () => {
  const { cpu, memory } = overallUse(
    systems,
    usageMonth({ "hrss/large/app-1": { cpu: "10", coverage: "0.79" }, "hrss/large/app-3": { cpu: "10" } }),
  );
  expect([cpu, memory]).toEqual([
    { percent: null, measured: 0, total: 68 },
    { percent: null, measured: 0, total: 144 },
  ]);
});
