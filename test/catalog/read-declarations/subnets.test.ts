import { describe, expect, test } from "vitest";
import { errorsOf, resultOf, SYSTEM, TENANT } from "./declared-files.ts";

describe("What a schema cannot see is refused:", () => {
  test("subnets that overlap, each with the widest one, whatever lies between them", () => {
    const systems = { a: "10.20.0.0/22", b: "10.20.2.0/24", c: "10.20.8.0/24", d: "10.20.3.0/25", e: "10.20.0.0/22", f: "10.20.4.0/24" };
    const files = Object.fromEntries(
      Object.entries(systems).map(([name, subnet]) => [`hrss/${name}.yaml`, `${SYSTEM}subnet: ${subnet}\n`]),
    );
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, ...files }).sort()).toEqual([
      "hrss/b.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.2.0/24: it overlaps 10.20.0.0/22 of system hrss/a",
      "hrss/d.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.3.0/25: it overlaps 10.20.0.0/22 of system hrss/a",
      "hrss/e.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.0.0/22: it overlaps 10.20.0.0/22 of system hrss/a",
    ]);
  });

  test("subnets of two systems that overlap, of which a retired one has none any more", () => {
    const subnet = "subnet: 10.20.1.0/24\n";
    const wide = "subnet: 10.20.0.0/23\n";
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, "hrss/a.yaml": SYSTEM + subnet, "hrss/b.yaml": SYSTEM + wide })).toEqual([
      "hrss/b.yaml:6:9+12 contradiction: Cannot accept subnet 10.20.0.0/23: it overlaps 10.20.1.0/24 of system hrss/a",
    ]);
    const retired = SYSTEM.replace("production", "retired");
    expect(
      errorsOf({
        "hrss/tenant.yaml": TENANT,
        "hrss/a.yaml": `${retired}${subnet}retirement: { on: 2025-12-31, attestation: 已返还 }\n`,
        "hrss/b.yaml": SYSTEM + wide,
      }),
    ).toEqual([]);
  });
});

test("Five thousand systems of one bureau, each with its subnet, are read within ten seconds", () => {
  const subnet = (index: number) => `10.20.${Math.floor(index / 32)}.${(index % 32) * 8}/29`;
  const systems = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`hrss/s${index}.yaml`, `${SYSTEM}subnet: ${subnet(index)}\n`]),
  );
  const start = performance.now();
  expect(resultOf({ "hrss/tenant.yaml": TENANT, ...systems }).declarations.systems).toHaveLength(5000);
  expect(performance.now() - start).toBeLessThan(10_000);
});
