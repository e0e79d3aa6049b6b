import stringWidth from "string-width";
import type { Lang } from "../../catalog/text.ts";
import type { ExplainedClause, ExplainedLine, ExplainedPolicy, Explanation, PolicyLine } from "../explain/explanation.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint } from "./style.ts";
import { grouped, pad, table } from "./table.ts";

interface Context {
  readonly lang: Lang;
  readonly paint: Paint;
  readonly say: (zh: string, en: string) => string;
}

/** An example of a policy may have many findings; the first ones show what it says. */
const MAX_FINDINGS_SHOWN = 3;

/** Renders an explanation for people. */
export function renderExplanation(explanation: Explanation, { lang, paint }: Omit<Context, "say">): string {
  const context: Context = { lang, paint, say: (zh, en) => (lang === "zh" ? zh : en) };
  return `${sectionsOf(explanation, context)
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function sectionsOf(explanation: Explanation, context: Context): readonly (readonly string[])[] {
  switch (explanation.kind) {
    case "list":
      return listSections(explanation.policies, context);
    case "policy":
      return policySections(explanation.policy, context);
    case "line":
      return lineSections(explanation.line, context);
    case "clause":
      return clauseSections(explanation, context);
  }
}

function levelWords(level: PolicyLine["level"], { say }: Context): string {
  return level === "mandatory" ? say("强制", "mandatory") : say("提示", "advice");
}

function listSections(policies: readonly PolicyLine[], context: Context): readonly (readonly string[])[] {
  const { paint, say } = context;
  const areas = [...new Set(policies.map(({ id }) => id.split("/")[0] ?? ""))];
  return [
    ...areas.map((area) => [
      paint("strong", area),
      ...table(
        [{ title: say("策略", "Policy") }, { title: say("级别", "Level") }, { title: say("要求", "State") }],
        policies
          .filter(({ id }) => id.startsWith(`${area}/`))
          .map((policy) => [policy.id, levelWords(policy.level, context), policy.title]),
      ),
    ]),
    [
      say(
        `共 ${policies.length} 条策略。看一条：npm run explain -- <策略>；看附件1的一项：npm run explain -- 14；看一个条款：npm run explain -- 7.1.1`,
        `${policies.length} ${policies.length === 1 ? "policy" : "policies"}. One of them: npm run explain -- <policy>; a line of Annex 1: npm run explain -- 14; a clause: npm run explain -- 7.1.1`,
      ),
    ],
  ];
}

function policySections(policy: ExplainedPolicy, context: Context): readonly (readonly string[])[] {
  const { paint, say } = context;
  const scope =
    policy.scope === "system" ? say("判断每个系统", "judges each system") : say("判断整个合同", "judges the contract as a whole");
  const passing = policy.examples.filter(({ verdict }) => verdict === "pass");
  const failing = policy.examples.filter(({ verdict }) => verdict === "violation" || verdict === "undetermined");
  const apart = policy.examples.filter(({ verdict }) => verdict === "not-applicable");
  return [
    [`${paint("strong", policy.id)}  [${levelWords(policy.level, context)}]  ${scope}`, policy.title],
    facts([
      [say("为什么", "Why"), policy.why],
      [say("依据", "Rests on"), policy.clause],
      [say("怎么办", "Remedy"), policy.remedy],
      [say("谁可以豁免", "Waiver"), policy.waiver.words],
    ]),
    policy.waiver.entry.length === 0
      ? []
      : [paint("strong", say("豁免条目", "Entry of a waiver")), "  waivers:", ...policy.waiver.entry.map((line) => `  ${line}`)],
    exampleLines(say("通过的例子", "Examples that pass"), "✔", passing, context),
    exampleLines(say("不通过的例子", "Examples that fail"), "✘", failing, context),
    exampleLines(say("不适用的例子", "Examples that it does not apply to"), "·", apart, context),
    policy.examples.length === 0
      ? [say("（这份程序不带测试表，没有例子）", "(this copy of the program has no test tables, so no examples)")]
      : [],
  ];
}

/** Facts with their names in a column. */
function facts(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => stringWidth(name)));
  return rows.map(([name, words]) => `${pad(name, width)}  ${terminalSafe(words)}`);
}

function exampleLines(title: string, mark: string, examples: ExplainedPolicy["examples"], { paint, say }: Context): readonly string[] {
  if (examples.length === 0) return [];
  const tone = mark === "✔" ? "good" : mark === "✘" ? "bad" : "dim";
  return [
    paint("strong", title),
    ...examples.flatMap(({ example, verdict, findings }) => [
      `  ${paint(tone, mark)} ${terminalSafe(example)}${verdict === "undetermined" ? say("（无法判定，不算通过）", " (undetermined, which is no pass)") : ""}`,
      ...findings
        .slice(0, MAX_FINDINGS_SHOWN)
        .map((finding) => terminalSafe(`      → ${placeWords(finding)}${say("：", ": ")}${finding.message}`)),
      ...(findings.length > MAX_FINDINGS_SHOWN
        ? [
            paint(
              "dim",
              say(`      （另有 ${findings.length - MAX_FINDINGS_SHOWN} 条）`, `      (${findings.length - MAX_FINDINGS_SHOWN} more)`),
            ),
          ]
        : []),
    ]),
  ];
}

/** Where a finding stands, for people: of what Terraform builds, the words of the file that ask for it. */
function placeWords({ address, attribute, path }: ExplainedPolicy["examples"][number]["findings"][number]): string {
  const isPlanned = /^[a-z0-9]+_[a-z0-9_]+\./.test(address);
  return isPlanned && path !== undefined ? path : [address, attribute].filter(Boolean).join(".");
}

/** Minimum specifications of Annex 1 in words; what is not named here is printed as it is written. */
function specificationWords(what: string, amount: number, { say }: Context): string {
  switch (what) {
    case "cpu":
      return say(`CPU ${amount} 核`, `${amount} cores`);
    case "memoryGb":
      return say(`内存 ${amount} GB`, `${amount} GB of memory`);
    case "cardSlots":
      return say(`可插 ${amount} 块显卡`, `takes ${amount} cards`);
    case "gpuMemoryGb":
      return say(`显存 ${amount} GB`, `${amount} GB of GPU memory`);
    case "powerW":
      return say(`功率 ${amount} W`, `${amount} W`);
    case "heightU":
      return say(`高 ${amount}U`, `${amount} U high`);
    case "bandwidthM":
      return say(`带宽 ${amount}M`, `${amount}M`);
    default: {
      // fp32Tflops, int8Tops
      const [, precision = "", unit = ""] = /^(fp16|fp32|int4|int8|int16)(Tflops|Tops)$/.exec(what) ?? [];
      return precision === "" ? `${what} ${amount}` : `${precision.toUpperCase()} ${amount} ${unit.toUpperCase()}`;
    }
  }
}

function lineSections(line: ExplainedLine, context: Context): readonly (readonly string[])[] {
  const { paint, say } = context;
  const specification = Object.entries(line.specification).map(([what, amount]) => specificationWords(what, amount, context));
  const told: (readonly [string, string])[] = [
    [say("服务", "Service"), line.services.join(" › ")],
    [say("说明", "Description"), line.description],
    [say("单位", "Unit"), `${line.unit}${line.once ? say("（整个合同一次）", " (once for the contract)") : ""}`],
    [say("单位限价", "Ceiling"), `${grouped(line.ceiling)} ${say("元/月", "CNY a month")}`],
    [say("现行单价", "Price in force"), `${grouped(line.unitPrice)} ${say("元/月", "CNY a month")} (${line.priceBook})`],
    [say("依据", "Clause"), line.clause],
  ];
  if (specification.length > 0) told.push([say("最低规格", "Specification"), specification.join(say("，", ", "))]);
  if (line.includes.length > 0) told.push([say("包含", "Includes"), line.includes.join(say("、", ", "))]);
  if (line.alternativeTo !== null)
    told.push([say("二者择一", "Alternative"), say(`与第 ${line.alternativeTo} 项`, `to line ${line.alternativeTo}`)]);
  if (line.doubt !== null) told.push([say("疑点与读法", "Doubt, reading"), line.doubt]);
  const from = [
    paint("strong", say("数量从哪里来", "Where its quantity comes from")),
    `  ${say("申请里：", "declared: ")}${line.fields.length === 0 ? say("不在申请里", "in no request") : line.fields.join(say("、", ", "))}${line.note === null ? "" : say(`（${line.note}）`, ` (${line.note})`)}`,
    `  ${say("计划里：", "planned:  ")}${line.resources.map(({ type, attributes }) => `${type} (${attributes.join(", ")})`).join(say("、", ", "))}`,
  ];
  return [
    [paint("strong", terminalSafe(say(`第 ${line.item} 项  ${line.name}`, `Line ${line.item}  ${line.name}`)))],
    facts(told),
    from,
    policyLines(line.policies, context),
  ];
}

function clauseSections(clause: ExplainedClause, context: Context): readonly (readonly string[])[] {
  const { paint, say } = context;
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [paint("strong", title), ...lines.map((line) => `  ${terminalSafe(line)}`)];
  return [
    [paint("strong", clause.clauses.join(say("、", ", ")))],
    policyLines(clause.policies, context),
    part(
      say("读法", "Readings"),
      clause.readings.map(({ clause: cited, reading, where }) => `${cited}${say("：", ": ")}${reading} (${where})`),
    ),
    part(
      say("附件1的各项", "Lines of Annex 1"),
      clause.lines.map(
        ({ item, name, doubt }) => `${item}  ${name}${doubt === null ? "" : say(`（读法：${doubt}）`, ` (reading: ${doubt})`)}`,
      ),
    ),
    part(
      say("安全与密码组件", "Bundle components"),
      clause.components.map(({ key, name, cites }) => `${key}  ${name}${say("：", ": ")}${cites.join(say("；", "; "))}`),
    ),
    part(
      say("合同数据", "Facts of the contract"),
      clause.contract.map(({ file, line, words }) => `${file}:${line}  ${words}`),
    ),
  ];
}

function policyLines(policies: readonly PolicyLine[], context: Context): readonly string[] {
  const { paint, say } = context;
  if (policies.length === 0) return [];
  return [
    paint("strong", say("策略", "Policies")),
    ...policies.map((policy) => `  ${policy.id}  [${levelWords(policy.level, context)}]  ${policy.title}  (${policy.clause})`),
  ];
}
