import type { Temporal } from "temporal-polyfill";
import { contractAt } from "../../catalog/catalogue.ts";
import type { SystemId } from "../../catalog/declaration.ts";
import type { Pool } from "../../catalog/pool.ts";
import { compareExposure, readExposure } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import { withoutIdleRetypes } from "../../catalog/terraform-plan/retype.ts";
import { isTerraformHelper } from "../../catalog/terraform-plan/terraform-helper.ts";
import { comparedQuantities } from "../../cost/compared-quantities.ts";
import { costingFacts } from "../../cost/costing.ts";
import { forecastTerm } from "../../cost/forecast.ts";
import { monthlyFee, splitVat } from "../../cost/money.ts";
import type { Quantities } from "../../cost/planned-quantities.ts";
import { amounts, quote } from "../../cost/quote.ts";
import { judgeSystem, refuses } from "../../policies/evaluate.ts";
import type { SystemSubject } from "../../policies/policy.ts";
import type { Plan, SystemPlan } from "./build-plan.ts";
import type { CheckedTree } from "./read-tree.ts";
import { addQuantities, declareSide, type EngineView, type Side } from "./system-plan.ts";

/** A plan that another pipeline made: named by its file, belonging to no declaration. */
export interface ForeignPlan {
  readonly id: SystemId;
  /** As it was called: where a finding leads. */
  readonly file: string;
  readonly view: EngineView;
}

/**
 * Prices and judges plans that other pipelines made, each as a system of its own. There is no declaration to hold them against: what the plan's
 * resources cost is what counts, and policies on declarations do not apply.
 */
export function judgePlans(
  tree: CheckedTree,
  plans: readonly ForeignPlan[],
  { at, pool }: { readonly at: Temporal.PlainDate; readonly pool: Pool | undefined },
): Plan {
  // Of the tree only contract, prices and catalogue count here, not what it declares.
  const head = declareSide({ ...tree, declarations: { tenants: new Map(), systems: [] } }, contractAt(tree.catalogue, at), at);
  const judged = plans.map((plan) => judgeOne(plan, head, pool));
  const systems = judged.map(({ plan }) => plan);
  const total = quote(
    tree.catalogue,
    { quantities: addQuantities(judged.map(({ before }) => before)), book: head.priceBook },
    { quantities: addQuantities(judged.map(({ after }) => after)), book: head.priceBook },
  );
  const fee = amounts(monthlyFee(total.monthly.before, head.contract), monthlyFee(total.monthly.after, head.contract));
  const [before, after] = [splitVat(fee.before, head.contract), splitVat(fee.after, head.contract)];
  const count = (change: SystemPlan["change"]) => systems.filter((each) => each.change === change).length;
  return {
    at,
    head,
    base: undefined,
    judged: [],
    systems,
    counts: {
      systems: systems.length,
      added: count("added"),
      changed: count("changed"),
      removed: count("removed"),
      unchanged: count("unchanged"),
    },
    total,
    fee,
    net: amounts(before.net, after.net),
    vat: amounts(before.vat, after.vat),
    forecast: forecastTerm(fee.after, head.contract),
    findings: [],
    verdict: refuses(systems.flatMap(({ findings }) => findings)) ? "refused" : "accepted",
    waivers: [],
    planFiles: new Map(plans.map(({ id, file }) => [id, file])),
  };
}

function judgeOne(
  { id, view }: ForeignPlan,
  { at, tree, contract, priceBook: book }: Side,
  pool: Pool | undefined,
): { readonly plan: SystemPlan; readonly before: Quantities; readonly after: Quantities } {
  const { catalogue } = tree;
  const sideOf = (resources: readonly PlannedResource[]) => ({
    resources: resources.filter((resource) => !isTerraformHelper(resource)),
    facts: costingFacts(catalogue, resources, pool),
  });
  const was = sideOf(view.before);
  // What is paid for is what will stand there, whatever the plan says of it.
  const standing = withoutIdleRetypes(view.resources, view.changes);
  // A plan that changes nothing has one list for both sides.
  const { before, after, leftOut, unpriced } = comparedQuantities(was, standing === view.before ? was : sideOf(standing));
  const priced = quote(catalogue, { quantities: before, book }, { quantities: after, book });
  const exposure = compareExposure(readExposure(view.before), readExposure(view.resources, view.before));
  const subject: SystemSubject = {
    id,
    at,
    catalogue,
    contract,
    tenant: undefined,
    declaration: undefined,
    foreign: true,
    pool,
    resources: view.resources,
    // What the state holds is what was there: policies on changes judge every plan.
    base: { declaration: undefined, resources: view.before, monthly: priced.monthly.before },
    changes: view.changes,
    exposure,
    monthly: priced.monthly.after,
    declaredQuantities: after,
    plannedQuantities: after,
    unpriced,
  };
  const plan: SystemPlan = {
    id,
    change: changeOf(view),
    quote: priced,
    resources: view.changes,
    exposure,
    findings: judgeSystem(subject),
    leftOut,
  };
  return { plan, before, after };
}

function changeOf({ before, resources, changes }: EngineView): SystemPlan["change"] {
  if (changes.every(({ action }) => action === "no-op")) return "unchanged";
  if (before.length === 0) return "added";
  return resources.length === 0 ? "removed" : "changed";
}
