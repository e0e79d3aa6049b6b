import { type Lang, type Text, text } from "../../catalog/text.ts";
import { terminalSafe } from "./escape.ts";

/** What `comment` did; scripts/schema/comment.schema.json. */
export interface CommentResult {
  readonly schema: "govcloud/comment/1";
  readonly forge: "gitlab" | "gitea" | "github";
  readonly project: string;
  /** Null where the job runs for no request. */
  readonly request: number | null;
  readonly comments: readonly {
    readonly kind: "plan" | "applied";
    readonly result: "created" | "updated" | "unchanged" | "newer" | "outdated";
    readonly id: number | null;
  }[];
  readonly labels: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly notes: readonly string[];
}

const WORDS: Readonly<Record<CommentResult["comments"][number]["result"], Text>> = {
  created: text("新写", "written"),
  updated: text("已更新", "updated"),
  unchanged: text("没有变化", "unchanged"),
  newer: text("留下更新的流水线写的", "left as a later pipeline wrote it"),
  outdated: text("没有写：申请已有更新的提交", "not written: the request has newer commits"),
};
const KINDS: Readonly<Record<CommentResult["comments"][number]["kind"], Text>> = {
  plan: text("计划", "plan"),
  applied: text("执行结果", "apply"),
};

/** Renders what was told on a request, one line each. */
export function renderCommentText({ project, request, comments, labels, notes }: CommentResult, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const at = request === null ? project : `${project} #${request}`;
  const lines = [
    ...comments.map(({ kind, result, id }) => `${at}: ${KINDS[kind][lang]} ${WORDS[result][lang]}${id === null ? "" : ` (${id})`}`),
    ...(labels.added.length > 0 ? [`  ${say("贴上标签", "labels added")}: ${labels.added.join(" · ")}`] : []),
    ...(labels.removed.length > 0 ? [`  ${say("取下标签", "labels removed")}: ${labels.removed.join(" · ")}`] : []),
    ...notes.map((note) => `  ${note}`),
  ];
  return `${lines.map(terminalSafe).join("\n")}\n`;
}
