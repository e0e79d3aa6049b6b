import type { Temporal } from "temporal-polyfill";
import type { SystemId } from "../../catalog/declaration.ts";
import { driftWords } from "../../catalog/terraform-plan/cause-words.ts";
import type { ExposureChange } from "../../catalog/terraform-plan/exposure.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import { amountsResult, money } from "../plan/put-into-words.ts";
import type { AmountsResult, ExposureResult, ResourceResult } from "../plan/result.ts";
import type { DriftFound } from "./look-for-drift.ts";
import type { UnmanagedResource } from "./unmanaged.ts";

/** Result of `drift --format json`; scripts/schema/drift.schema.json. */
export interface DriftResult {
  readonly schema: "govcloud/drift/1";
  readonly at: string;
  readonly systems: readonly SystemDriftResult[];
  /** Declared systems that have no state yet: nothing of them can drift. */
  readonly withoutState: readonly string[];
  readonly verdict: "none" | "drift" | "failed";
}

export interface SystemDriftResult {
  readonly id: string;
  readonly drift: readonly (ResourceResult & { readonly message: string })[];
  /** Ports whose sources changed, `unchanged` ones of theirs too. */
  readonly exposure: readonly ExposureResult[];
  /** List price of what drifted, CNY. */
  readonly monthly: AmountsResult;
  /** What drifted and has no price: the money leaves it out. */
  readonly unpriced: readonly { readonly address: string; readonly reason: string }[];
  /** Null where no project's lists were compared. */
  readonly project: string | null;
  readonly unmanaged: readonly UnmanagedResult[];
  readonly failure: { readonly message: string; readonly remedy: string } | null;
}

export interface UnmanagedResult {
  readonly kind: UnmanagedResource["kind"];
  readonly id: string;
  readonly name: string;
  /** List price, CNY; null where Annex 1 has none or it cannot be told, which the message says. */
  readonly monthly: string | null;
  /** Whether it opens something to everybody. */
  readonly world: boolean;
  readonly message: string;
}

const NOTHING: AmountsResult = { before: "0.00", after: "0.00", delta: "0.00" };

/** Puts what was found into words; a state that no declaration answers for could not be compared, so it failed. */
export function driftResult(
  found: readonly DriftFound[],
  { undeclared, withoutState }: { readonly undeclared: readonly SystemId[]; readonly withoutState: readonly SystemId[] },
  { at, lang }: { readonly at: Temporal.PlainDate; readonly lang: Lang },
): DriftResult {
  const systems = [...found.map((each) => systemResult(each, lang)), ...undeclared.map((id) => undeclaredResult(id, lang))];
  return { schema: "govcloud/drift/1", at: at.toString(), systems, withoutState, verdict: verdictOf(systems) };
}

/** What could not be seen outweighs what was: nobody is to take half a look for the whole. */
function verdictOf(systems: readonly SystemDriftResult[]): DriftResult["verdict"] {
  if (systems.some(({ failure }) => failure !== null)) return "failed";
  return systems.some(hasDrift) ? "drift" : "none";
}

export function hasDrift({ drift, unmanaged }: SystemDriftResult): boolean {
  return drift.length + unmanaged.length > 0;
}

function systemResult({ id, drift, project, unmanaged, failure }: DriftFound, lang: Lang): SystemDriftResult {
  return {
    id,
    drift: (drift?.changes ?? []).map((change) => {
      const { address, type, action, damage, cause } = change;
      return { address, type, action, damage, cause, message: driftWords(change)[lang] };
    }),
    exposure: changedPorts(drift?.exposure ?? []),
    monthly: drift === undefined ? NOTHING : amountsResult(drift.monthly),
    unpriced: (drift?.unpriced ?? []).map(({ address, reason }) => ({ address, reason: reason[lang] })),
    project: project ?? null,
    unmanaged: unmanaged.map((each) => unmanagedResult(each, lang)),
    failure: failure === undefined ? null : { message: failure.message[lang], remedy: failure.remedy[lang] },
  };
}

function changedPorts(exposure: readonly ExposureChange[]): ExposureChange[] {
  const port = ({ server, protocol, ports }: ExposureChange) => [server, protocol, ports].join("|");
  const changed = new Set(exposure.filter(({ change }) => change !== "unchanged").map(port));
  return exposure.filter((each) => changed.has(port(each)));
}

function unmanagedResult({ kind, id, name, what, costing, monthly, opening }: UnmanagedResource, lang: Lang): UnmanagedResult {
  const parts = [
    what[lang],
    opening?.words[lang] ?? "",
    // That the annex has no line for a rule or a network goes without saying; why a server has no price does not.
    costing.kind === "unpriced" ? costing.reason[lang] : "",
  ];
  return {
    kind,
    id,
    name,
    monthly: monthly === undefined ? null : money(monthly),
    world: opening?.world === true,
    message: parts.filter((each) => each !== "").join(lang === "zh" ? "；" : "; "),
  };
}

const UNDECLARED: { readonly message: Text; readonly remedy: Text } = {
  message: text("有状态，却没有申请：无从比较", "has a state and no declaration: it cannot be compared"),
  remedy: text(
    "恢复它的申请文件（下线的系统也保留文件）；改过名的，用 npm run state -- move 让状态跟上",
    "bring its declaration back (a retired system keeps its file too); where it was renamed, let the state follow with npm run state -- move",
  ),
};

function undeclaredResult(id: SystemId, lang: Lang): SystemDriftResult {
  const failure = { message: UNDECLARED.message[lang], remedy: UNDECLARED.remedy[lang] };
  return { id, drift: [], exposure: [], monthly: NOTHING, unpriced: [], project: null, unmanaged: [], failure };
}
