import { TAINTED } from "../../catalog/terraform-plan/planned-resource.ts";
import { reasonWords } from "../../catalog/terraform-plan/read-plan.ts";
import type { AmountsResult, LineResult, PlanResult, ResourceResult, SystemResult } from "../plan/result.ts";
import { terminalSafe } from "./escape.ts";
import type { Context } from "./plan-text.ts";
import { type Column, grouped, signed, table } from "./table.ts";
import { ACTION_WORDS, CHANGE_WORDS, DAMAGE_WORDS, exposureSentences } from "./words.ts";

const MAX_RESOURCES = 60;
const MAX_OPENINGS = 60;

/** One system in full: its lines, its resources, and what can be reached from outside. */
export function systemSection(system: SystemResult, result: PlanResult, context: Context): string[] {
  const { lang, paint, say } = context;
  const title = `${system.id}  ${terminalSafe(system.name)}  [${CHANGE_WORDS[system.change][lang]}]`;
  const compared = result.base !== null && system.change !== "added";
  const lines =
    system.lines.length === 0
      ? [say("不使用附件1的任何一项。", "Uses no line of Annex 1.")]
      : lineRows(system.lines, system.monthly, compared, context);
  return [
    paint("strong", title),
    ...lines,
    ...(unplannedLines(system, result, context) ?? resourceLines(system, context)),
    ...exposureLines(system, context),
  ];
}

/** The unit price; before and after where a new price book changed it. */
export function priceWords({ unitPrice, unitPriceBefore }: LineResult): string {
  return unitPrice === unitPriceBefore ? grouped(unitPrice) : `${grouped(unitPriceBefore)} → ${grouped(unitPrice)}`;
}

/** Lines of Annex 1 as a table with their total; before and after where they are compared. */
export function lineRows(lines: readonly LineResult[], monthly: AmountsResult, compared: boolean, { say }: Context): string[] {
  const columns: Column[] = [
    { title: say("项", "Line"), align: "right" },
    { title: say("服务", "Service") },
    { title: say("单价", "Unit price"), align: "right" },
    ...(compared ? [{ title: say("原数量", "Before"), align: "right" } as const] : []),
    { title: say("数量", "Quantity"), align: "right" },
    { title: say("单位", "Unit") },
    { title: say("目录价/月（元）", "List a month (CNY)"), align: "right" },
    ...(compared ? [{ title: say("增减", "Difference"), align: "right" } as const] : []),
  ];
  const rows = lines.map((line): string[] => [
    line.item,
    line.name,
    priceWords(line),
    ...(compared ? [grouped(line.before)] : []),
    grouped(line.after),
    line.unit,
    grouped(line.listAfter),
    ...(compared ? [signed(minus(line.listAfter, line.listBefore))] : []),
  ]);
  const total: string[] = [
    "",
    say("合计", "Total"),
    "",
    ...(compared ? [""] : []),
    "",
    "",
    grouped(monthly.after),
    ...(compared ? [signed(monthly.delta)] : []),
  ];
  return table(columns, [...rows, null, total]);
}

/** Difference of two amounts printed with two decimals, in whole fen. */
export function minus(after: string, before: string): string {
  const fen = toFen(after) - toFen(before);
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function toFen(amount: string): bigint {
  return BigInt(amount.replace(".", ""));
}

const ACTION_SIGNS: Readonly<Record<ResourceResult["action"], string>> = {
  create: "+",
  update: "~",
  replace: "±",
  delete: "-",
  forget: "→",
  "no-op": " ",
};

/** What nobody has planned may change or not; undefined where it was planned. */
function unplannedLines({ id }: SystemResult, { engine }: PlanResult, { paint, say }: Context): string[] | undefined {
  const failure = engine?.failures.find(({ system }) => system === id);
  if (failure === undefined) return undefined;
  const [message, remedy] = [terminalSafe(failure.message), terminalSafe(failure.remedy)];
  return [paint("bad", say(`没有计划成：${message}`, `Could not be planned: ${message}`)), `  ${say("办法", "remedy")}: ${remedy}`];
}

function resourceLines(system: SystemResult, { lang, paint, say }: Context): string[] {
  const changed = system.resources.filter(({ action }) => action !== "no-op");
  if (changed.length === 0) return [paint("dim", say("云上资源不变。", "Nothing changes in the cloud."))];
  const counts = new Map<string, number>();
  for (const { action } of changed) counts.set(action, (counts.get(action) ?? 0) + 1);
  const summary = [...counts].map(([action, count]) => `${ACTION_WORDS[action]?.[lang] ?? action} ${count}`).join(say("，", ", "));
  const title = say(`云上资源：${summary}`, `Resources: ${summary}`);
  // Of a wholly new system the list says nothing that the counts by type do not.
  if (system.change === "added") {
    const types = new Map<string, number>();
    for (const { type } of changed) types.set(type, (types.get(type) ?? 0) + 1);
    return [title, ...wrapped([...types].map(([type, count]) => `${type} ×${count}`)).map((line) => paint("dim", `  ${line}`))];
  }
  const ordered = [...changed].sort((a, b) => b.damage.length - a.damage.length || (a.address < b.address ? -1 : 1));
  const rows = ordered.slice(0, MAX_RESOURCES).map(({ address, action, damage, cause, reason }) => {
    const harm = damage.length === 0 ? "" : paint("bad", `  ⚠ ${damage.map((each) => DAMAGE_WORDS[each][lang]).join(say("、", ", "))}`);
    const why = [...cause, ...(reason === TAINTED ? [reasonWords(TAINTED)[lang]] : [])];
    const because = why.length === 0 ? "" : paint("dim", `  (${why.join(", ")})`);
    return `  ${ACTION_SIGNS[action]} ${address}${because}${harm}`;
  });
  const cut =
    changed.length > MAX_RESOURCES
      ? [paint("dim", say(`  （另有 ${changed.length - MAX_RESOURCES} 个）`, `  (${changed.length - MAX_RESOURCES} more)`))]
      : [];
  return [title, ...rows, ...cut];
}

function exposureLines(system: SystemResult, { lang, paint, say }: Context): string[] {
  const told = exposureSentences(system.exposure, lang);
  if (told.length === 0) return [];
  return [
    say("从系统外可访问的变化：", "What can be reached from outside the system:"),
    ...told.slice(0, MAX_OPENINGS).map((each) => `  ${each.change === "opened" ? paint("warn", "▲") : "▽"} ${terminalSafe(each.words)}`),
    ...(told.length > MAX_OPENINGS
      ? [paint("dim", say(`  （另有 ${told.length - MAX_OPENINGS} 条）`, `  (${told.length - MAX_OPENINGS} more)`))]
      : []),
  ];
}

/** Words in lines of about a hundred characters. */
function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 110) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines;
}
