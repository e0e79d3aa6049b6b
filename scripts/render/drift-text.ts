import type { Lang, Text } from "../../catalog/text.ts";
import { text } from "../../catalog/text.ts";
import { type DriftResult, hasDrift, type SystemDriftResult, type UnmanagedResult } from "../drift/result.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint, Tone } from "./style.ts";
import { grouped, signed, table } from "./table.ts";
import { DAMAGE_WORDS, exposureSentences } from "./words.ts";

const VERDICTS = {
  none: { words: text("✔ 没有漂移", "✔ NO DRIFT"), tone: "good" },
  drift: { words: text("▲ 有漂移", "▲ DRIFT"), tone: "warn" },
  failed: { words: text("✘ 没有看全", "✘ NOT ALL COULD BE SEEN"), tone: "bad" },
} as const satisfies Record<DriftResult["verdict"], { words: { zh: string; en: string }; tone: Tone }>;

const KIND_WORDS: Readonly<Record<UnmanagedResult["kind"], Text>> = {
  server: text("服务器", "server"),
  volume: text("卷", "volume"),
  snapshot: text("快照", "snapshot"),
  backup: text("备份", "backup"),
  image: text("镜像", "image"),
  port: text("网卡", "port"),
  "floating-ip": text("公网地址", "public address"),
  "security-group": text("安全组", "security group"),
  "security-group-rule": text("安全组规则", "security group rule"),
  network: text("网络", "network"),
  subnet: text("子网", "subnet"),
  router: text("路由器", "router"),
  container: text("对象存储", "container"),
  share: text("文件存储", "share"),
  "load-balancer": text("负载均衡", "load balancer"),
  "key-pair": text("密钥对", "key pair"),
};

interface Context {
  readonly lang: Lang;
  readonly paint: Paint;
  readonly say: (zh: string, en: string) => string;
}

/** Renders drift for people: the verdict, each system where something was found or failed, and who is clean. */
export function renderDrift(result: DriftResult, { lang, paint }: { readonly lang: Lang; readonly paint: Paint }): string {
  const context: Context = { lang, paint, say: (zh, en) => (lang === "zh" ? zh : en) };
  const { words, tone } = VERDICTS[result.verdict];
  const told = result.systems.filter((system) => hasDrift(system) || system.failure !== null);
  const clean = result.systems.filter((system) => !told.includes(system));
  const sections = [
    [paint(tone, `${words[lang]}  ${result.at}`), countLine(result, context)],
    ...told.map((system) => systemSection(system, context)),
    ...(clean.length === 0 || told.length === 0
      ? []
      : [[paint("dim", context.say(`没有漂移：${names(clean)}`, `No drift: ${names(clean)}`))]]),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function names(systems: readonly SystemDriftResult[]): string {
  return systems.map(({ id }) => terminalSafe(id)).join(", ");
}

function countLine({ systems, withoutState }: DriftResult, { say }: Context): string {
  const drifted = systems.filter(hasDrift).length;
  const failed = systems.filter(({ failure }) => failure !== null).length;
  return say(
    `${systems.length} 个系统有状态：${drifted} 个有漂移，${failed} 个失败；另有 ${withoutState.length} 个尚未执行过`,
    `systems with a state: ${systems.length}; drifted: ${drifted}; failed: ${failed}; declared and never applied: ${withoutState.length}`,
  );
}

function systemSection(system: SystemDriftResult, context: Context): string[] {
  const { paint, say } = context;
  const { failure } = system;
  return [
    paint("strong", terminalSafe(system.id)),
    ...(failure === null
      ? []
      : [paint("bad", `  ✘ ${terminalSafe(failure.message)}`), `    ${say("办法：", "remedy: ")}${terminalSafe(failure.remedy)}`]),
    ...driftLines(system, context),
    ...unmanagedLines(system, context),
  ];
}

function driftLines({ drift, exposure, monthly, unpriced }: SystemDriftResult, { lang, paint, say }: Context): string[] {
  if (drift.length === 0) return [];
  const rows = drift.flatMap(({ address, action, damage, message }) => {
    const harm = damage.length === 0 ? "" : paint("bad", `  ⚠ ${damage.map((each) => DAMAGE_WORDS[each][lang]).join(say("、", ", "))}`);
    return [`    ${action === "delete" ? "-" : "~"} ${terminalSafe(message)}${harm}`, paint("dim", `      ${terminalSafe(address)}`)];
  });
  const opened = exposureSentences(exposure, lang).map(
    ({ change, words }) => `    ${change === "opened" ? paint("warn", "▲") : "▽"} ${terminalSafe(words)}`,
  );
  const { before, after, delta } = monthly;
  return [
    say("  绕过 Terraform 的改动：", "  Changed behind Terraform's back:"),
    ...rows,
    ...opened,
    // Of rules and ports alone nobody asks the price.
    ...([before, after].every((each) => each === "0.00")
      ? []
      : [
          say(
            `    这些资源的目录价：每月 ${grouped(before)} 元 → ${grouped(after)} 元（${signed(delta)}）`,
            `    list price of these a month: ${grouped(before)} → ${grouped(after)} CNY (${signed(delta)})`,
          ),
        ]),
    ...unpriced.map(({ address, reason }) =>
      paint("warn", `    ${say("未计价", "not in that price")}: ${terminalSafe(address)} (${terminalSafe(reason)})`),
    ),
  ];
}

function unmanagedLines({ unmanaged, project }: SystemDriftResult, { lang, paint, say }: Context): string[] {
  if (unmanaged.length === 0) return [];
  const rows = unmanaged.map(({ kind, name, monthly, world, message }) => [
    world ? "▲" : "",
    KIND_WORDS[kind][lang],
    terminalSafe(name),
    monthly === null ? "–" : grouped(monthly),
    terminalSafe(message),
  ]);
  const lines = table(
    [
      { title: "" },
      { title: say("种类", "Kind") },
      { title: say("名称", "Name") },
      { title: say("目录价/月（元）", "List a month (CNY)"), align: "right" },
      { title: say("说明", "What it is") },
    ],
    rows,
    (line, index) => (unmanaged[index]?.world === true ? paint("warn", line) : line),
  );
  return [
    say(`  项目 ${project} 里不归任何状态管的：`, `  In project ${project}, held by no state:`),
    ...lines.map((line) => `    ${line}`.trimEnd()),
  ];
}
