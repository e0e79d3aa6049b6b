import { isDeepStrictEqual } from "node:util";
import type { Temporal } from "temporal-polyfill";
import { contractAt } from "../../catalog/catalogue.ts";
import type { SystemId } from "../../catalog/declaration.ts";
import type { MeasuredMonth } from "../../catalog/sizing/measured-month.ts";
import { compareResources } from "../../catalog/terraform-plan/compare.ts";
import { compareExposure, type ExposureChange, readExposure } from "../../catalog/terraform-plan/exposure.ts";
import type { PlannedResource, ResourceChange } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import type { LeftOut } from "../../cost/compared-quantities.ts";
import { forecastTerm } from "../../cost/forecast.ts";
import { monthlyFee, splitVat } from "../../cost/money.ts";
import type { Quantities } from "../../cost/planned-quantities.ts";
import { type Amounts, amounts, type Quote, quote, sum } from "../../cost/quote.ts";
import { applyWaivers } from "../../policies/apply-waivers.ts";
import { type Finding, judgeContract, judgeSystem, refuses } from "../../policies/evaluate.ts";
import { POLICIES } from "../../policies/index.ts";
import type { ContractSubject, SystemSubject } from "../../policies/policy.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import { checkKnown } from "./known-systems.ts";
import type { CheckedTree } from "./read-tree.ts";
import type { PlanVerdict } from "./result.ts";
import { addUp, declareSide, type EngineView, type Side, subjectOf, synthesiseSystems } from "./system-plan.ts";
import { waiverUses } from "./waiver-uses.ts";

/** A plan before it is put into words: money as Decimal, texts in both languages. */
export interface Plan {
  readonly at: Temporal.PlainDate;
  readonly head: Side;
  readonly base: Side | undefined;
  /** Plan files that other pipelines made, by the system that each counts as; absent where a tree was planned. */
  readonly planFiles?: ReadonlyMap<SystemId, string>;
  /** The systems whose sources the plan rests on: those that the request touches, and those that were asked for. */
  readonly judged: readonly SystemId[];
  /** What changes (with `all`, everything), the platform first. */
  readonly systems: readonly SystemPlan[];
  readonly counts: {
    readonly systems: number;
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
  };
  /** The whole contract, unchanged systems included. */
  readonly total: Quote;
  readonly fee: Amounts;
  readonly net: Amounts;
  readonly vat: Amounts;
  readonly forecast: Amounts["after"];
  /** Of the contract, and of systems that the plan does not show. */
  readonly findings: readonly Finding[];
  readonly verdict: PlanVerdict;
  readonly waivers: readonly Waiver[];
  /** How many systems are all that was judged, where others that the request touches were left to other jobs. */
  readonly judgedAlone?: number;
  /** Month whose use growth was held against; absent where none was given. */
  readonly usageMonth?: string;
  /** What the request changes beyond its data, which the plan does not judge; empty where nothing is known of it. */
  readonly otherFiles?: readonly string[];
}

export interface SystemPlan {
  readonly id: SystemId;
  readonly change: "added" | "changed" | "removed" | "unchanged";
  readonly quote: Quote;
  readonly resources: readonly ResourceChange[];
  readonly exposure: readonly ExposureChange[];
  readonly findings: readonly Finding[];
  /** What is in no sum, of a plan that another pipeline made; of a declared system everything is. */
  readonly leftOut?: readonly LeftOut[];
}

export interface PlanOptions {
  readonly at: Temporal.PlainDate;
  readonly base: CheckedTree | undefined;
  /** Show these systems only; money and verdict stay those of the whole contract. */
  readonly only?: ReadonlySet<SystemId>;
  /** Judge those of `only` and no other system that the request touches: each job of a pipeline judges its own, and the request's plan all. */
  readonly alone?: boolean;
  /** Show unchanged systems too. */
  readonly all?: boolean;
  readonly waivers?: readonly Waiver[];
  /** What the engine planned, by system; these views take the place of the comparison of two trees. */
  readonly engine?: ReadonlyMap<SystemId, EngineView>;
  /** A month's use, to hold growth against. */
  readonly usage?: MeasuredMonth;
  /** What the request changes beyond its data; absent where that is not known. */
  readonly otherFiles?: readonly string[] | undefined;
}

/** Which systems a plan judges: those that the request touches, and those that were asked for. */
export function systemsToJudge(headTree: CheckedTree, options: PlanOptions): ReadonlySet<SystemId> {
  return scopeOf(headTree, options).judged;
}

/** Plans a tree: synthesises what changed on both sides, compares, prices and judges. */
export function buildPlan(headTree: CheckedTree, options: PlanOptions): Plan {
  const { at, all = false, engine, usage } = options;
  const { head, base, ids, only, judged } = scopeOf(headTree, options);
  const after = synthesiseSystems(head, judged);
  const before: ReadonlyMap<SystemId, readonly PlannedResource[]> = base === undefined ? new Map() : synthesiseSystems(base, judged);
  const subjects = new Map(
    [...after].map(([id, resources]) => [
      id,
      subjectOf(id, { side: head, resources }, base === undefined ? undefined : { side: base, resources: before.get(id) ?? [] }, {
        engine: engine?.get(id),
        usage,
      }),
    ]),
  );

  const money = priceContract(head, base);
  const waivers = options.waivers ?? [];
  const allFindings = judgeAll(contractSubject(head, base, money.forecast, options.otherFiles), [...subjects.values()], waivers, base);
  const plans = ids
    .filter((id) => judged.has(id))
    .map((id): SystemPlan => {
      const subject = subjects.get(id);
      const gone = before.get(id) ?? [];
      const changes = subject?.changes ?? compareResources(gone, []);
      const priced = quote(headTree.catalogue, pricedSide(base, base?.declared.get(id)?.quantities), {
        quantities: head.declared.get(id)?.quantities ?? new Map(),
        book: head.priceBook,
      });
      return {
        id,
        change: changeOf(id, head, base, changes, priced),
        quote: priced,
        resources: changes,
        exposure: subject?.exposure ?? compareExposure(readExposure(gone), []),
        findings: allFindings.filter(({ system }) => system === id),
      };
    });
  const systems = plans.filter(({ id, change }) => (only === undefined ? all || change !== "unchanged" : only.has(id)));
  const shown = new Set(systems.map(({ id }) => id));
  const findings = allFindings.filter(({ system }) => system === undefined || !shown.has(system));
  const verdict = refuses(allFindings) ? "refused" : "accepted";
  const judgedAlone = options.alone === true ? { judgedAlone: judged.size } : {};
  return {
    at,
    head,
    base,
    judged: [...judged],
    systems,
    counts: countChanges(ids, plans),
    ...money,
    findings,
    verdict,
    waivers,
    ...judgedAlone,
    otherFiles: options.otherFiles ?? [],
    ...(usage === undefined ? {} : { usageMonth: usage.month.key }),
  };
}

function scopeOf(headTree: CheckedTree, { at, base: baseTree, only: wanted, alone = false, all = false }: PlanOptions) {
  const head = declareSide(headTree, contractAt(headTree.catalogue, at), at);
  const base = baseTree === undefined ? undefined : declareSide(baseTree, contractAt(baseTree.catalogue, at), at);
  const ids = [...new Set([...head.declared.keys(), ...(base?.declared.keys() ?? [])])].sort(platformFirst);
  const only = checkKnown(wanted, ids);
  const judged = new Set([...(alone ? [] : touchedSystems(head, base, ids)), ...(all ? ids : []), ...(only ?? [])]);
  return { head, base, ids, only, judged };
}

/** Every policy on everything, the waivers applied, and last the policies on the waivers themselves. */
function judgeAll(
  contract: ContractSubject,
  systems: readonly SystemSubject[],
  waivers: readonly Waiver[],
  base: Side | undefined,
): readonly Finding[] {
  const centres = new Set(waivers.map(({ source }) => source).filter(({ path }) => !contract.sources.some((own) => own.path === path)));
  const raw = [
    ...judgeContract({ ...contract, sources: [...contract.sources, ...centres] }),
    ...systems.flatMap((system) => judgeSystem(system)),
  ];
  const { findings, applied } = applyWaivers(raw, waivers, contract.at);
  const uses = waiverUses(applied, new Set(systems.map(({ id }) => id)), base?.tree.tree);
  const onWaivers = POLICIES.filter(({ id }) => id.startsWith("waiver/"));
  return [...findings, ...judgeContract({ ...contract, waivers: uses }, onWaivers)];
}

/** The contract as policies see it. */
export function contractSubject(
  head: Side,
  base: Side | undefined,
  forecast: ContractSubject["forecast"],
  otherFiles?: readonly string[],
): ContractSubject {
  const { catalogue, declarations } = head.tree;
  return {
    at: head.at,
    catalogue,
    contract: head.contract,
    priceBook: head.priceBook,
    declarations: declarations.systems,
    tenants: declarations.tenants,
    sources: head.tree.sources,
    monthly: monthlyOf(head),
    waivers: [],
    base:
      base === undefined
        ? undefined
        : {
            catalogue: base.tree.catalogue,
            declarations: base.tree.declarations.systems,
            tenants: base.tree.declarations.tenants,
            monthly: monthlyOf(base),
            otherFiles,
          },
    forecast,
  };
}

function monthlyOf({ declared }: Side): ContractSubject["monthly"] {
  return new Map([...declared].map(([id, { monthly }]) => [id, monthly]));
}

/** The money of the whole contract: list, fee, its VAT, and the term if every month were alike. */
export function priceContract(head: Side, base: Side | undefined): Pick<Plan, "total" | "fee" | "net" | "vat" | "forecast"> {
  const total = quote(head.tree.catalogue, pricedSide(base, base === undefined ? undefined : addUp(base)), {
    quantities: addUp(head),
    book: head.priceBook,
  });
  const feeBefore = base === undefined ? sum([]) : monthlyFee(total.monthly.before, base.contract);
  const fee = amounts(feeBefore, monthlyFee(total.monthly.after, head.contract));
  const taxBefore = splitVat(fee.before, base?.contract ?? head.contract);
  const taxAfter = splitVat(fee.after, head.contract);
  return {
    total,
    fee,
    net: amounts(taxBefore.net, taxAfter.net),
    vat: amounts(taxBefore.vat, taxAfter.vat),
    forecast: forecastTerm(fee.after, head.contract),
  };
}

function pricedSide(side: Side | undefined, quantities: Quantities | undefined) {
  return side === undefined || quantities === undefined ? undefined : { quantities, book: side.priceBook };
}

function platformFirst(a: SystemId, b: SystemId): number {
  if (a === PLATFORM || b === PLATFORM) return a === b ? 0 : a === PLATFORM ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Systems whose own file, bureau's file or catalogue differs between the trees: only these can come out differently. */
function touchedSystems(head: Side, base: Side | undefined, ids: readonly SystemId[]): ReadonlySet<SystemId> {
  if (base === undefined || !sameSources(head, base)) return new Set(ids);
  return new Set(
    ids.filter((id) => {
      const now = head.declared.get(id)?.declaration;
      const then = base.declared.get(id)?.declaration;
      if (id === PLATFORM) return false;
      if (now === undefined || then === undefined || now.source.text !== then.source.text) return true;
      return head.tree.declarations.tenants.get(now.tenant)?.source.text !== base.tree.declarations.tenants.get(then.tenant)?.source.text;
    }),
  );
}

function sameSources(head: Side, base: Side): boolean {
  const [now, then] = [head.tree.catalogue.sources, base.tree.catalogue.sources];
  return now.size === then.size && [...now].every(([path, { text: words }]) => then.get(path)?.text === words);
}

function changeOf(
  id: SystemId,
  head: Side,
  base: Side | undefined,
  changes: readonly ResourceChange[],
  { monthly, lines }: Quote,
): SystemPlan["change"] {
  if (!head.declared.has(id)) return "removed";
  if (base?.declared.has(id) !== true) return "added";
  // A comment changes nothing.
  const sameDeclaration = isDeepStrictEqual(
    head.declared.get(id)?.declaration?.source.value,
    base.declared.get(id)?.declaration?.source.value,
  );
  const samePrice =
    monthly.delta.isZero() && lines.every((line) => line.before.equals(line.after) && line.listBefore.equals(line.listAfter));
  return sameDeclaration && samePrice && changes.every(({ action }) => action === "no-op") ? "unchanged" : "changed";
}

function countChanges(ids: readonly SystemId[], plans: readonly SystemPlan[]): Plan["counts"] {
  const count = (wanted: SystemPlan["change"]) => plans.filter(({ change }) => change === wanted).length;
  const [added, changed, removed] = [count("added"), count("changed"), count("removed")];
  return { systems: ids.length, added, changed, removed, unchanged: ids.length - added - changed - removed };
}
