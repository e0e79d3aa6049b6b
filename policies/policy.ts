import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";
import type { Item, ItemId } from "../catalog/annex-1.ts";
import type { AskedEntry } from "../catalog/asked-entry.ts";
import type { Catalogue } from "../catalog/catalogue.ts";
import type { Contract } from "../catalog/contract.ts";
import type { Declaration, SystemId, Tenant } from "../catalog/declaration.ts";
import type { Pool } from "../catalog/pool.ts";
import type { PriceBook } from "../catalog/price-book.ts";
import type { MeasuredMonth } from "../catalog/sizing/measured-month.ts";
import type { Path, SourceFile } from "../catalog/source/source-file.ts";
import type { ExposureChange } from "../catalog/terraform-plan/exposure.ts";
import type { PlannedResource, ResourceChange } from "../catalog/terraform-plan/planned-resource.ts";
import type { Text } from "../catalog/text.ts";
import type { Waiver, WaiverUse } from "../catalog/waiver.ts";

/** What a policy says of one thing. Undetermined never counts as a pass. */
export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "not-applicable"; readonly reason: Text }
  | Judged<"violation">
  | Judged<"undetermined">;

interface Judged<Kind extends string> extends Place {
  readonly kind: Kind;
  /** Says what is wrong, quoting what was found and what is wanted. */
  readonly message: Text;
  /** What to do about this one, where the policy's own remedy does not fit. */
  readonly remedy?: Text;
}

/** Where a finding stands: in which system, at which resource or declared thing, and where somebody wrote it. */
export interface Place {
  /** System that it concerns; absent for the contract as a whole. */
  readonly system?: SystemId;
  /** Terraform address, or path of keys in the declaration such as `servers.app`. */
  readonly address: string;
  readonly attribute: string;
  /** File of the tree and path in it; absent where no line of a file causes it. */
  readonly at?: {
    readonly file: string;
    readonly path: Path;
    /** Line of a comment, which no path leads to; 1-based. */
    readonly line?: number;
  };
  /** What the declaration would have to hold for the change to be asked for. */
  readonly asks?: readonly AskedEntry[];
}

/** A system as policies see it: what is declared, what would be built and what that changes, and what both use of Annex 1. */
export interface SystemSubject {
  readonly id: SystemId;
  /** Day that the plan is made for, in Asia/Shanghai. */
  readonly at: Temporal.PlainDate;
  readonly catalogue: Catalogue;
  readonly contract: Contract;
  /** The bureau; undefined for the platform. */
  readonly tenant: Tenant | undefined;
  /** Undefined for the platform, and for a plan of another pipeline. */
  readonly declaration: Declaration | undefined;
  /** A plan that another pipeline made: nothing is declared here to hold it against. */
  readonly foreign?: true;
  readonly pool: Pool | undefined;
  readonly resources: readonly PlannedResource[];
  /** The system as it was, where the plan compares and it was there; a policy on changes does not apply without it. */
  readonly base:
    | { readonly declaration: Declaration | undefined; readonly resources: readonly PlannedResource[]; readonly monthly: Decimal }
    | undefined;
  /** What the change does to each resource; of a new system, creates. */
  readonly changes: readonly ResourceChange[];
  readonly exposure: readonly ExposureChange[];
  /** List price a month, CNY. */
  readonly monthly: Decimal;
  readonly declaredQuantities: ReadonlyMap<ItemId, Decimal>;
  readonly plannedQuantities: ReadonlyMap<ItemId, Decimal>;
  /** A month's use, where the plan was given it. */
  readonly usage?: MeasuredMonth;
  readonly unpriced: readonly { readonly address: string; readonly type: string; readonly attribute: string; readonly reason: Text }[];
}

/** The contract as a whole: every declaration of the tree, and the money of all. */
export interface ContractSubject {
  /** Day that the plan is made for, in Asia/Shanghai. */
  readonly at: Temporal.PlainDate;
  readonly catalogue: Catalogue;
  readonly contract: Contract;
  readonly priceBook: PriceBook;
  readonly declarations: readonly Declaration[];
  readonly tenants: ReadonlyMap<string, Tenant>;
  /** Every file that was read: catalogue, bureaus, declarations, waivers. */
  readonly sources: readonly SourceFile[];
  /** List price of each system a month, CNY; the platform's too. */
  readonly monthly: ReadonlyMap<SystemId, Decimal>;
  /** What the plan compares with. */
  readonly base: ContractBase | undefined;
  /** Recorded waivers, and which of them a finding needed; known once every other policy was judged. */
  readonly waivers: readonly WaiverUse[];
  /** Fee of the whole term, CNY, if nothing changed any more; what is settled counts as settled. */
  readonly forecast: Decimal;
}

/** The contract as it was: what a request is judged by wherever it edits that itself. */
export interface ContractBase {
  readonly catalogue: Catalogue;
  readonly declarations: readonly Declaration[];
  readonly tenants: ReadonlyMap<string, Tenant>;
  /** List price of each system a month, CNY. */
  readonly monthly: ReadonlyMap<SystemId, Decimal>;
  /** Files that the request changes and no plan reads: program, rules, pipelines. Undefined where there are no commits to compare. */
  readonly otherFiles?: readonly string[] | undefined;
}

interface PolicyWords {
  /** Path of its file below `policies/`, without the ending. */
  readonly id: string;
  /** A mandatory violation refuses the plan; an advisory one is shown. */
  readonly level: "advisory" | "mandatory";
  readonly title: Text;
  readonly why: Text;
  /**
   * Clauses of the contract and controls of standards that it rests on. Where they lead to the state without demanding it, `本项目规则` stands first:
   * a rule of this project does not pass for one of the contract.
   */
  readonly clause: string;
  readonly remedy: Text;
  /**
   * Whose waivers file may let a finding stand: nobody's, the centre's alone (`policies/waivers.yaml`), or a bureau's own too. Nobody's where a
   * waiver would hide what the plan says of itself or what law and contract forbid; a bureau's where it alone bears the risk.
   */
  readonly waivableBy: "nobody" | "centre" | "tenant";
  /** Policies that tell the same event: a finding of this one is left out where one of theirs stands at the same place and refuses. */
  readonly yieldsTo?: readonly string[];
}

export interface SystemPolicy extends PolicyWords {
  readonly scope: "system";
  /** One verdict for each thing looked at; none at all is a pass. */
  readonly check: (subject: SystemSubject) => readonly Verdict[];
}

export interface ContractPolicy extends PolicyWords {
  readonly scope: "contract";
  readonly check: (subject: ContractSubject) => readonly Verdict[];
}

export type Policy = SystemPolicy | ContractPolicy;

/** What a policy need not say: unless it does, the centre alone may waive it. */
type Defined<P extends Policy> = Omit<P, "scope" | "waivableBy"> & Partial<Pick<P, "waivableBy">>;

export function defineSystemPolicy(policy: Defined<SystemPolicy>): SystemPolicy {
  return { scope: "system", waivableBy: "centre", ...policy };
}

export function defineContractPolicy(policy: Defined<ContractPolicy>): ContractPolicy {
  return { scope: "contract", waivableBy: "centre", ...policy };
}

const PASS: Verdict = Object.freeze({ kind: "pass" });

export function pass(): Verdict {
  return PASS;
}

export function notApplicable(zh: string, en: string): Verdict {
  return { kind: "not-applicable", reason: { zh, en } };
}

export function violation(place: Place, zh: string, en: string, remedy?: Text): Verdict {
  return { kind: "violation", ...place, message: { zh, en }, ...(remedy === undefined ? {} : { remedy }) };
}

export function undetermined(place: Place, zh: string, en: string, remedy?: Text): Verdict {
  return { kind: "undetermined", ...place, message: { zh, en }, ...(remedy === undefined ? {} : { remedy }) };
}

/** The place of a path of keys in a system's declaration. */
export function declared(declaration: Declaration, path: Path): Place {
  const keys = path.map(String);
  return {
    system: declaration.id,
    address: keys.slice(0, -1).join(".") || declaration.id,
    attribute: keys.at(-1) ?? "",
    at: { file: declaration.source.path, path },
  };
}

/** The place of a key in a waiver, in the file that holds it. */
export function waiverPlace({ system, address, source, index }: Waiver, attribute: string): Place {
  return {
    ...(system === undefined ? {} : { system }),
    address,
    attribute,
    at: { file: source.path, path: ["waivers", index, attribute] },
  };
}

/** Declarations with those that the change leaves as they were first: of two that clash, the finding stands in the one that changed. */
export function unchangedFirst({ declarations, base }: ContractSubject): readonly Declaration[] {
  const before = new Map(base?.declarations.map(({ id, source }) => [id, source.text]));
  const changed = ({ id, source }: Declaration) => Number(before.get(id) !== source.text);
  return [...declarations].sort((a, b) => changed(a) - changed(b));
}

/** Printed name of a line: `第14项 SAS块存储`. */
export function lineName(item: Item): Text {
  return { zh: `第 ${item.item} 项 ${item.name.zh}`, en: `line ${item.item} ${item.name.en}` };
}
