import { describe, expect, test } from "vitest";
import { readDay } from "../../../catalog/day.ts";
import type { SystemResult } from "../../../scripts/plan/result.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "./planned.ts";
import { scenarioBase, scenarioHead } from "./scenario.ts";

const result = planned(scenarioHead(), scenarioBase());
const system = (id: string): SystemResult => {
  const found = result.systems.find((each) => each.id === id);
  if (found === undefined) throw new Error(`the plan does not show ${id}`);
  return found;
};
const touched = ({ resources }: SystemResult) =>
  resources
    .filter(({ action }) => action !== "no-op")
    .map(({ address, action, damage, cause }) => [action, address, damage.join(" "), cause.join(" ")].join(" | "));

describe("the plan of a merge request", () => {
  test("shows the systems that change, and no other", () => {
    expect(result.systems.map(({ id, change }) => `${id} ${change}`)).toEqual(
      [
        "civil-affairs/elderly-care removed",
        "hrss/job-service changed",
        "hrss/skills-archive added",
        "hrss/social-insurance changed",
        "housing/property-archive changed",
      ].sort(),
    );
    expect(result.counts).toEqual({ systems: 21, added: 1, changed: 3, removed: 1, unchanged: 16 });
  });

  test("prices each change by hand-worked differences", () => {
    // social-insurance: 8 cores + 16 GB × 21.60, 60 GB SSD × 0.45, 200 GB SAS × 0.27, and 2 × 500 GB SSD × 0.45
    // = 172.80 + 345.60 + 27.00 + 54.00 + 450.00. job-service: 2 × (2 − 6) × 21.60 = −172.80.
    // skills-archive: 1000 × 0.18 + 500 × 0.18 + 2160.00.
    expect(Object.fromEntries(result.systems.map(({ id, monthly }) => [id, monthly.delta]))).toEqual({
      "civil-affairs/elderly-care": "-5038.20",
      "hrss/job-service": "-172.80",
      "hrss/skills-archive": "2430.00",
      "hrss/social-insurance": "1049.40",
      "housing/property-archive": "-4766.40",
    });
    expect(result.total.list).toEqual({ before: "592444.30", after: "585946.30", delta: "-6498.00" });
    // 585946.30 × 0.9999 = 585887.70537
    expect(result.total.fee).toEqual({ before: "592385.06", after: "585887.71", delta: "-6497.35" });
  });

  test("tells a resize from a new boot disk", () => {
    expect(touched(system("hrss/job-service")).filter((line) => line.includes("compute_instance"))).toEqual([
      "update | openstack_compute_instance_v2.servers_app-1 | reboot | flavor_id",
      "update | openstack_compute_instance_v2.servers_app-2 | reboot | flavor_id",
      "replace | openstack_compute_instance_v2.servers_db-1 | root-disk-lost | block_device.uuid",
    ]);
  });

  test("adds a server without touching its neighbours' addresses", () => {
    const lines = touched(system("hrss/social-insurance"));
    expect(lines.filter((line) => line.startsWith("replace") || line.startsWith("delete"))).toEqual([]);
    expect(lines.filter((line) => line.includes("servers_app-5 "))).toHaveLength(2);
    expect(lines.filter((line) => line.includes("data"))).toEqual(
      expect.arrayContaining([
        "update | openstack_blockstorage_volume_v3.servers_db-1_data |  | size",
        "update | openstack_blockstorage_volume_v3.servers_db-2_data |  | size",
      ]),
    );
  });

  test("tells what becomes reachable from where", () => {
    expect(system("hrss/social-insurance").exposure.filter(({ change }) => change === "opened")).toEqual([
      { server: "hrss--social-insurance-app-5", protocol: "tcp", ports: "8443", from: "10.20.0.0/16", change: "opened" },
      { server: "hrss--social-insurance-db-1", protocol: "tcp", ports: "5432", from: "10.20.9.0/24", change: "opened" },
      { server: "hrss--social-insurance-db-2", protocol: "tcp", ports: "5432", from: "10.20.9.0/24", change: "opened" },
    ]);
  });

  test("deletes what a vanished file and a retired system held, and says that data are lost", () => {
    for (const id of ["civil-affairs/elderly-care", "housing/property-archive"]) {
      const damage = new Set(system(id).resources.flatMap((resource) => resource.damage));
      expect([...damage], id).toContain("data-lost");
    }
    expect(touched(system("housing/property-archive")).filter((line) => line.startsWith("create"))).toHaveLength(1);
  });
});

test("nothing changes where both trees are the same", () => {
  const same = planned(realTree(), realTree());
  expect([same.systems, same.total.list.delta, same.total.fee.delta, same.verdict]).toEqual([[], "0.00", "0.00", "accepted"]);
});

test("--all lists what does not change, every resource untouched", () => {
  const all = planned(realTree(), realTree(), { all: true });
  expect(all.systems).toHaveLength(20);
  expect(new Set(all.systems.flatMap(({ resources }) => resources.map(({ action }) => action)))).toEqual(new Set(["no-op"]));
});

test("a new price book moves every bill and no resource", () => {
  const closed = withReplaced("catalog/price-books/2025-06-20.yaml", "from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-31\n");
  const words = closed["catalog/price-books/2025-06-20.yaml"] ?? "";
  const next = words
    .replace("from: 2025-06-20\nto: 2025-12-31\n", "from: 2026-01-01\n")
    .replace(/^( *)"15": "0.45"|^( *)15: "0.45"/m, (line) => line.replace("0.45", "0.40"));
  const after = planned(wholeTreeWith({ ...closed, "catalog/price-books/2026-01-01.yaml": next }), realTree());
  // 54,780 GB of SSD × (0.40 − 0.45)
  expect(after.total.list.delta).toBe("-2739.00");
  expect(after.systems.flatMap(({ resources }) => resources).filter(({ action }) => action !== "no-op")).toEqual([]);
});

test("a price book for a later day changes no amount yet, and the plan says what it will cost", () => {
  const closed = withReplaced("catalog/price-books/2025-06-20.yaml", "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-02-28\n");
  const words = closed["catalog/price-books/2025-06-20.yaml"] ?? "";
  const next = words.replace("from: 2025-06-20\nto: 2026-02-28\n", "from: 2026-03-01\n").replace('"0.45"', '"0.40"');
  const head = wholeTreeWith({ ...closed, "catalog/price-books/2026-03-01.yaml": next });
  const later = (lang: "zh" | "en") => planned(head, realTree(), { lang }).notes.filter((note) => note.includes("2026-03-01"));
  expect(planned(head, realTree()).total.list.delta).toBe("0.00");
  // 592,444.30 − 54,780 GB × 0.05 = 589,705.30; × 0.9999 = 589,646.32947
  expect(later("en")).toEqual([
    "From 2026-03-01 the price book catalog/price-books/2026-03-01.yaml applies: what is declared now will cost 589,705.30 CNY a month at list price (−2,739.00), fee 589,646.33",
  ]);
  expect(later("zh")).toEqual([
    "自 2026-03-01 起执行新价格簿（catalog/price-books/2026-03-01.yaml）：现有用量每月目录价 589,705.30 元（−2,739.00），月费 589,646.33 元",
  ]);
});

test("after a price change a reader can recompute both sides: the line shows both prices", () => {
  const closed = withReplaced("catalog/price-books/2025-06-20.yaml", "from: 2025-06-20\n", "from: 2025-06-20\nto: 2025-12-31\n");
  const words = closed["catalog/price-books/2025-06-20.yaml"] ?? "";
  const next = words.replace("from: 2025-06-20\nto: 2025-12-31\n", "from: 2026-01-01\n").replace('"0.45"', '"0.40"');
  const after = planned(wholeTreeWith({ ...closed, "catalog/price-books/2026-01-01.yaml": next }), realTree());
  const line = after.lines.find(({ item }) => item === "15");
  // 54,780 × 0.45 and × 0.40
  expect([line?.unitPriceBefore, line?.unitPrice, line?.listBefore, line?.listAfter]).toEqual(["0.45", "0.40", "24651.00", "21912.00"]);
  expect([after.basePriceBook, after.priceBook]).toEqual(["catalog/price-books/2025-06-20.yaml", "catalog/price-books/2026-01-01.yaml"]);
});

test("what is touched without a difference is unchanged, in the counts as in the list", () => {
  const comment = withReplaced("stacks/tenants/hrss/job-service.yaml", "name: 公共就业服务平台", "# 只是一句说明\nname: 公共就业服务平台");
  const budget = withReplaced("stacks/tenants/big-data/tenant.yaml", "monthlyBudget:", "monthlyBudget:  ");
  const image = withReplaced("catalog/images.yaml", "images:\n", "images:\n  # 只是一句说明\n");
  for (const changes of [comment, budget, image]) {
    const result = planned(wholeTreeWith(changes), realTree());
    expect([result.systems, result.counts]).toEqual([[], { systems: 20, added: 0, changed: 0, removed: 0, unchanged: 20 }]);
  }
});

test("the fingerprint does not depend on advice that comes with the day", () => {
  const on = (day: string) => planned(realTree(), realTree(), { at: readDay(day), all: true });
  expect(on("2026-06-20").findings).not.toEqual([]);
  expect(on("2026-06-20").fingerprint).toBe(on("2026-06-19").fingerprint);
});

test("the fingerprint names the outcome: language leaves it alone, any change of a tree does not", () => {
  const { fingerprint } = result;
  expect(planned(scenarioHead(), scenarioBase(), { lang: "zh" }).fingerprint).toBe(fingerprint);
  expect(planned(scenarioHead(), scenarioBase(), { all: true }).fingerprint).not.toBe(fingerprint);
  expect(planned(realTree(), scenarioBase()).fingerprint).not.toBe(fingerprint);
});
