import type { Lang, Text } from "../../catalog/text.ts";
import { text } from "../../catalog/text.ts";
import type { ReviewedResult, ReviewResult, SavedAndSpent } from "../right-size/review-result.ts";
import { cell } from "./markdown-table.ts";
import type { Paint } from "./style.ts";
import { grouped, signed, table } from "./table.ts";

const OUTCOME_WORDS: Readonly<Record<ReviewedResult["outcome"], Text>> = {
  followed: text("已照办", "followed"),
  unanswered: text("没有改", "unanswered"),
  otherwise: text("另改", "otherwise"),
};

const STANDING_WORDS: Readonly<Record<NonNullable<ReviewedResult["standing"]>, Text>> = {
  "in-band": text("✔ 合适", "✔ in band"),
  further: text("▲ 还要往同一方向调", "▲ further the same way"),
  swing: text("✘ 又要调回去：请人看一看", "✘ back the way it came: look at it"),
};

/** Renders a review for a terminal. */
export function renderReview(result: ReviewResult, { lang, paint }: { readonly lang: Lang; readonly paint: Paint }): string {
  const { title, counts, money } = sentences(result, lang);
  const rows = result.servers.map((server) => cells(server, lang));
  const lines = table(columns(result, lang), rows, (line, index) =>
    result.servers[index]?.standing === "swing" ? paint("warn", line) : line,
  );
  return `${[paint("strong", title), counts, "", ...(rows.length === 0 ? [] : [...lines, ""]), ...money].join("\n")}\n`;
}

/** Renders a review for a comment or a page. */
export function renderReviewMarkdown(result: ReviewResult, lang: Lang): string {
  const { title, counts, money } = sentences(result, lang);
  const heads = columns(result, lang);
  const line = (words: readonly string[]) => `| ${words.join(" | ")} |`;
  const rows = result.servers.map((server) => line(cells(server, lang).map(cell)));
  const lines = rows.length === 0 ? [] : [line(heads.map(({ title: head }) => cell(head))), line(heads.map(() => "---")), ...rows, ""];
  return `${[`## ${title}`, "", counts, "", ...lines, ...money.map((words) => `- ${words}`)].join("\n")}\n`;
}

function sentences({ month, next, counts, money }: ReviewResult, lang: Lang) {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const { followed, unanswered, otherwise, swing, further } = counts;
  const sums = ({ saved, spent, net }: SavedAndSpent) =>
    say(
      `省 ${grouped(saved)} 元，多花 ${grouped(spent)} 元，净 ${signed(net)} 元`,
      `saved ${grouped(saved)}, spent ${grouped(spent)}, net ${signed(net)} CNY`,
    );
  return {
    title: say(`${month} 的建议，${next} 看成效`, `Advice of ${month}, by the use of ${next}`),
    counts: say(
      `照办 ${followed} 项，没有改 ${unanswered} 项，另改 ${otherwise} 项；改后又出档 ${swing + further} 项，其中 ${swing} 项要调回去`,
      `followed ${followed}, unanswered ${unanswered}, changed otherwise ${otherwise}; out of band again ${swing + further}, of which ${swing} back the way they came`,
    ),
    money: [
      `${say("每月（目录价）：", "A month (list price): ")}${sums(money.monthly)}`,
      `${say(`到 ${money.soFar.until} 为止的整月合计：`, `Whole months up to ${money.soFar.until}: `)}${sums(money.soFar)}`,
    ],
  };
}

function columns({ month, next }: ReviewResult, lang: Lang) {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const right = { align: "right" } as const;
  return [
    { title: say("服务器", "Servers") },
    { title: say("资源", "Resource") },
    { title: say("建议", "Advice") },
    { title: say("结果", "Done") },
    { title: month, ...right },
    { title: say("预计", "Predicted"), ...right },
    { title: next, ...right },
    { title: say("每月（元）", "A month (CNY)"), ...right },
    { title: say("看法", "Standing") },
  ];
}

function cells(server: ReviewedResult, lang: Lang): string[] {
  const { system, server: key, count, resource, from, target, after, outcome, percent, predicted, actual, standing, monthly } = server;
  const words = (each: Text) => each[lang];
  return [
    `${system} ${key}${count === 1 ? "" : ` ×${count}`}`,
    resource === "cpu" ? "CPU" : words(text("内存", "memory")),
    `${from} → ${target}`,
    outcome === "otherwise" ? `${words(OUTCOME_WORDS[outcome])} (${after})` : words(OUTCOME_WORDS[outcome]),
    `${percent}%`,
    outcome === "unanswered" ? "—" : `${predicted}%`,
    actual === null ? words(text("数据不足", "not measured")) : `${actual}%`,
    signed(monthly),
    standing === null ? "—" : words(STANDING_WORDS[standing]),
  ];
}
