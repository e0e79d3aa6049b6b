import { expect, test } from "vitest";
import { noDataLost } from "../../../policies/damage/no-data-lost.ts";
import { testCases } from "../cases.ts";
import { changed, SHOP, set } from "./changed.ts";
import { cases } from "./no-data-lost.cases.ts";

testCases(noDataLost, cases);

test("Where nothing in removals can name what is lost, the remedy is a migration", () => {
  const remade = changed(SHOP, SHOP, { after: set("openstack_identity_project_v3.project", { domain_id: "d1" }) });
  const remedies = noDataLost.check(remade).flatMap((verdict) => ("remedy" in verdict ? verdict.remedy?.en : []));
  expect(remedies).toEqual([
    "Take the change back; or, if it has to be, plan a migration: declare a new system, move the data there, then retire this one (exiting first, then retired)",
  ]);
});
