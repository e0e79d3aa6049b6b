import { expect, test } from "vitest";
import { markdownSafe, messageSafe, terminalSafe } from "../../../scripts/render/escape.ts";

test.each([
  { kind: "an escape sequence", words: "\u001b[31mred\u001b]0;title\u0007", safe: "�[31mred�]0;title�" },
  { kind: "a right-to-left override", words: "abc\u202ecba", safe: "abc�cba" },
  { kind: "a zero-width space", words: "a\u200bb", safe: "a�b" },
  { kind: "a carriage return and line feed", words: "a\r\nb", safe: "a��b" },
  { kind: "Chinese text and a tab", words: "系统\t名", safe: "系统 名" },
])("a terminal shows $kind and does not obey it", ({ words, safe }) => {
  expect(terminalSafe(words)).toBe(safe);
});

test.each([
  { kind: "a table border", words: "a|b", safe: "a&#124;b" },
  { kind: "HTML", words: "<img src=x onerror=alert(1)>", safe: "&lt;img src=x onerror=alert&#40;1&#41;&gt;" },
  { kind: "a link", words: "[click](https://example.org)", safe: "&#91;click&#93;&#40;https&#58;//example.org&#41;" },
  { kind: "a mention", words: "@all please", safe: "&#64;all please" },
  { kind: "code, emphasis and a heading", words: "`a` *b* _c_ # d", safe: "&#96;a&#96; &#42;b&#42; &#95;c&#95; &#35; d" },
  { kind: "a line break that would end a row", words: "a\nb", safe: "a�b" },
  { kind: "an entity", words: "&lt;", safe: "&amp;lt;" },
])("Markdown shows $kind as it is", ({ words, safe }) => {
  expect(markdownSafe(words)).toBe(safe);
});

test.each([
  {
    kind: "a sentence",
    words: "A disk (data): a smaller one is new, with 50 % free",
    safe: "A disk (data): a smaller one is new, with 50 % free",
  },
  { kind: "HTML", words: "<img src=x>&lt;", safe: "＜img src=x＞＆lt;" },
  { kind: "a link", words: "![a](https://example.org) www.example.org", safe: "！［a］(https：//example.org) www．example.org" },
  { kind: "a mention and what closes an issue", words: "@all, closes #1, !2, ~3, $4", safe: "＠all, closes ＃1, ！2, ～3, ＄4" },
  { kind: "code, emphasis, a cell border", words: "`a` *b* _c_ | \\ ^d {e}", safe: "｀a｀ ＊b＊ ＿c＿ ｜ ＼ ＾d ｛e｝" },
  { kind: "a drawn face", words: ":smile:", safe: "：smile:" },
  { kind: "a line that would be a trailer", words: "a\nSigned-off-by: x", safe: "a�Signed-off-by: x" },
])("a commit message says $kind in plain text, of which a forge makes nothing", ({ words, safe }) => {
  expect(messageSafe(words)).toBe(safe);
});
