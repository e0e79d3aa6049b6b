import type { CST, Document, ErrorCode } from "yaml";
import { text } from "../text.ts";
import { findFullWidthSlip } from "./full-width-slip.ts";
import type { SourceText } from "./source-text.ts";
import { clip } from "./visible-text.ts";

/** More than this many syntax errors in one file follow from the first. */
const MOST_SYNTAX_ERRORS = 3;

/** A text that is never closed breaks the file far below where it began. */
const MOST_LINES_BACK = 200;

/** Tokens without the errors that nobody would be told: to make sixty thousand of them takes seconds. */
export function withFewErrors(tokens: Iterable<CST.Token>): CST.Token[] {
  let errors = 0;
  return [...tokens].filter(({ type }) => type !== "error" || ++errors <= MOST_SYNTAX_ERRORS);
}

/** Reports what the parser could make nothing of; tags and directives, refused as tokens, are left out. */
export function reportSyntaxErrors(document: Document.Parsed | Document, errors: SourceText): void {
  for (const { code, message, pos } of document.errors) {
    if (code === "TAG_RESOLVE_FAILED") continue;
    // Once the parser has lost the structure, one slip makes a hundred errors; what follows is told when this is mended.
    if (errors.diagnostics.length >= MOST_SYNTAX_ERRORS) return;
    if (reportFullWidth(pos[0], errors)) return;
    const reason = clip(message.split("\n")[0] ?? message, 100);
    errors.report(pos, "syntax", text(`不是正确的 YAML：${SYNTAX_ZH[code]}`, `Cannot parse YAML: ${reason}`));
  }
  // A warning is a construct whose meaning is in doubt (an unknown directive): in hostile input that is an error.
  for (const { code, message, pos } of document.warnings) {
    if (code === "TAG_RESOLVE_FAILED" || code === "BAD_DIRECTIVE") continue;
    errors.report(pos, "forbidden-yaml", text("不接受这种写法，含义不明", `Cannot accept this construct: ${clip(message, 100)}`));
  }
}

/** Whether full-width punctuation on the line of a syntax error, or where that tells nothing before it, is what broke it; the nearest is told. */
function reportFullWidth(offset: number, errors: SourceText): boolean {
  const { line } = errors.rangeOf([offset]);
  for (let at = line; at >= Math.max(1, line - MOST_LINES_BACK); at -= 1) {
    const slip = findFullWidthSlip(errors.lineAt(at));
    if (slip === undefined) continue;
    const { character, ascii, index } = slip;
    errors.report(
      { line: at, column: index + 1, length: 1 },
      "syntax",
      text(
        `不是正确的 YAML：这里是全角的“${character}”（中文输入法），应为半角的 ${ascii}`,
        `Cannot parse YAML: found the full-width ${character}, wanted ${ascii}`,
      ),
    );
    return true;
  }
  return false;
}

/** Whole, so that the parser's own English never stands in a Chinese sentence. */
const SYNTAX_ZH: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "别名不能带锚点或标签",
  BAD_ALIAS: "别名不对",
  BAD_COLLECTION_TYPE: "标签与内容不符",
  BAD_DIRECTIVE: "指令不对",
  BAD_PROP_ORDER: "锚点或标签的位置不对",
  BLOCK_IN_FLOW: "花括号或方括号里有分行的写法，可能是漏了逗号或括号",
  DUPLICATE_KEY: "同一层里有重复的键",
  KEY_OVER_1024_CHARS: "键太长",
  MULTIPLE_ANCHORS: "锚点不止一个",
  MULTIPLE_DOCS: "文件里不止一个文档",
  MULTIPLE_TAGS: "标签不止一个",
  NON_STRING_KEY: "键必须是普通文字",
  RESOURCE_EXHAUSTION: "内容太复杂",
  TAG_RESOLVE_FAILED: "不认识的标签",
  BAD_INDENT: "缩进不对（同一层要对齐，且只用空格）",
  TAB_AS_INDENT: "缩进里有制表符，请改用空格",
  MISSING_CHAR: "缺少符号（常见的是冒号、引号或括号没有写完）",
  UNEXPECTED_TOKEN: "出现了多余的符号",
  BLOCK_AS_IMPLICIT_KEY: "一行里有两个冒号，或上一行没有写完",
  MULTILINE_IMPLICIT_KEY: "键跨了行，可能是漏了冒号",
  IMPOSSIBLE: "无法解析",
  BAD_DQ_ESCAPE: "双引号里的转义不对",
  BAD_SCALAR_START: "值不能以这个符号开头，请加引号",
};
