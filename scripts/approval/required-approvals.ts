import { Decimal } from "decimal.js";
import { tenantOf } from "../../catalog/declaration.ts";
import { type Lang, type Text, text } from "../../catalog/text.ts";
import { PLATFORM } from "../../stacks/platform-stack.ts";
import type { ApprovalResult, PlanResult, SystemResult } from "../plan/result.ts";
import { type ApprovalCondition, type ApprovalRules, ROLES, type Role } from "./approval-rules.ts";

/** Somebody who must approve: a role, for `bureau` which, and why. */
export interface RequiredApproval {
  readonly role: Role;
  /** Set with role `bureau` alone. */
  readonly bureau: string | null;
  readonly because: readonly Text[];
}

/** The same as results show it, in one language. */
export function approvalResults(required: readonly RequiredApproval[], { roles }: ApprovalRules, lang: Lang): ApprovalResult[] {
  return required.map(({ role, bureau, because }) => ({
    role,
    name: roles[role][lang],
    bureau,
    because: because.map((each) => each[lang]),
  }));
}

/** A plan that says who must approve it. */
export function withApprovals<T extends PlanResult>(plan: T, rules: ApprovalRules, lang: Lang): T {
  return { ...plan, approvals: approvalResults(requiredApprovals(plan, rules), rules, lang) };
}

/** Line of Annex 1 that a system of MLPS level 3 has, and no other. */
const LEVEL_3_LINE = "23";
/** Sources that are everybody; what is not known yet may be. */
const EVERYBODY = new Set(["internet", "anyone", "0.0.0.0/0", "::/0", "unknown"]);
const MOST_NAMED = 5;

type Judged = Pick<PlanResult, "systems" | "findings" | "catalogue">;

/** Who must approve a plan, by the rules: the bureaus in order, then the centre, then security. Rests on nothing but what the fingerprint covers. */
export function requiredApprovals(plan: Judged, { rules }: Pick<ApprovalRules, "rules">): RequiredApproval[] {
  const required = new Map<string, { role: Role; bureau: string | null; because: Text[] }>();
  const changing = plan.systems.filter(({ change }) => change !== "unchanged");
  for (const { role, when, why } of rules) {
    const concerned = concernedBy(when, plan, changing);
    if (concerned === undefined) continue;
    const bureaus = [...new Set(concerned.filter(({ id }) => id !== PLATFORM).map(({ id }) => tenantOf(id)))];
    for (const bureau of role === "bureau" ? bureaus : [null]) {
      const own = bureau === null ? concerned : concerned.filter(({ id }) => tenantOf(id) === bureau);
      const key = `${role} ${bureau ?? ""}`;
      const entry = required.get(key) ?? { role, bureau, because: [] };
      required.set(key, entry);
      entry.because.push(
        when.catalogue === undefined
          ? withNames(
              why,
              own.map(({ id }) => id),
              "系统",
            )
          : withNames(why, editedIn(when.catalogue, plan), "文件"),
      );
    }
  }
  return [...required.values()].sort(
    (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || ((a.bureau ?? "") < (b.bureau ?? "") ? -1 : 1),
  );
}

/** The systems for which a rule speaks; undefined where it does not. */
function concernedBy(when: ApprovalCondition, plan: Judged, changing: readonly SystemResult[]): readonly SystemResult[] | undefined {
  const edited = when.catalogue !== undefined && editedIn(when.catalogue, plan).length > 0;
  if (when.catalogue !== undefined && !edited) return undefined;
  // A waiver of the contract as a whole concerns everything that changes.
  const ofContract = when.waiver === true && plan.findings.some((finding) => finding.system === null && isWaived(finding));
  const grows = ({ monthly }: SystemResult) => new Decimal(monthly.delta).gt(0);
  const concerned = changing
    .filter((system) => holdsOf(system, when, ofContract))
    .filter((system) => when.increaseFrom === undefined || grows(system));
  if (when.increaseFrom !== undefined && !reaches(concerned, when.increaseFrom, ({ monthly }) => new Decimal(monthly.delta)))
    return undefined;
  if (when.totalFrom !== undefined && !reaches(concerned, when.totalFrom, ({ monthly }) => new Decimal(monthly.after))) return undefined;
  return concerned.length > 0 || ((ofContract || edited) && Object.keys(when).length === 1) ? concerned : undefined;
}

/** The files of these parts of the catalogue that the request adds, edits or takes out. */
function editedIn(areas: NonNullable<ApprovalCondition["catalogue"]>, { catalogue }: Judged): readonly string[] {
  return catalogue.filter(({ area }) => areas.includes(area)).map(({ file }) => file);
}

function holdsOf({ id, change, stage, lines, resources, exposure, findings }: SystemResult, when: ApprovalCondition, waived: boolean) {
  const opened = exposure.filter((each) => each.change === "opened").map(({ from }) => (EVERYBODY.has(from) ? "internet" : "network"));
  // A new system has nothing to lose.
  const damage = change === "added" ? [] : resources.flatMap((resource) => resource.damage);
  return (
    (when.change?.includes(change) ?? true) &&
    (when.stage === undefined || (stage !== null && when.stage.includes(stage))) &&
    (when.damage === undefined || damage.some((each) => when.damage?.includes(each))) &&
    (when.opened === undefined || opened.some((each) => when.opened?.includes(each))) &&
    (when.mlps === undefined || lines.some(({ item }) => item === LEVEL_3_LINE)) &&
    (when.waiver === undefined || waived || findings.some(isWaived)) &&
    (when.platform === undefined || id === PLATFORM)
  );
}

function isWaived({ level, waiver }: PlanResult["findings"][number]): boolean {
  return level === "mandatory" && waiver !== null;
}

function reaches(systems: readonly SystemResult[], threshold: string, amountOf: (system: SystemResult) => Decimal): boolean {
  const sum = systems.reduce((total, system) => total.plus(amountOf(system)), new Decimal(0));
  return systems.length > 0 && sum.gte(threshold);
}

/** Why, and of what: the first names, and how many more there are. */
function withNames(why: Text, names: readonly string[], unit: "系统" | "文件"): Text {
  if (names.length === 0) return why;
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  return text(
    `${why.zh}：${named.join("、")}${more > 0 ? ` 等 ${names.length} 个${unit}` : ""}`,
    `${why.en}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
  );
}

/** `bureau hrss`, `centre`: as messages and file names tell one approval from another. */
export function roleLabel({ role, bureau }: { readonly role: Role; readonly bureau: string | null }, between = " "): string {
  return bureau === null ? role : `${role}${between}${bureau}`;
}

/** `big-data centre (centre)`, `head of the bureau (bureau hrss)`: as people read it. */
export function approverName(required: ApprovalResult): string {
  return `${required.name} (${roleLabel(required)})`;
}
