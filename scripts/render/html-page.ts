import type { Lang } from "../../catalog/text.ts";
import { htmlSafe } from "./escape.ts";

/** Nothing is fetched, run or sent: the page is text and pictures alone. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light; --ink: #1f2933; --faint: #52606d; --line: #d5dbe1; --less: #1d5c9e; --more: #a04a08; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1080px; color: var(--ink); background: #fff;
  font: 14px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 36px 0 8px; padding-top: 12px; border-top: 2px solid var(--line); }
p { margin: 4px 0; } .faint { color: var(--faint); } .less { color: var(--less); } .more { color: var(--more); } .bad { color: #b42318; font-weight: bold; } .unbroken { white-space: nowrap; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; margin: 16px 0; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; } .card b { display: block; font-size: 20px; }
figure { margin: 12px 0; overflow-x: auto; } figcaption { color: var(--faint); font-size: 13px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 8px; text-align: left; vertical-align: top; } th { background: #f4f6f8; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; margin: 8px 0; } @media print { details > * { display: block; } h2 { break-before: page; } figure { break-inside: avoid; } }
`;

/** A page that is whole in one file and opens from a disk: no address outside of it, and no script. The body is HTML, the title text. */
export function htmlPage({ title, body, lang }: { readonly title: string; readonly body: string; readonly lang: Lang }): string {
  return `<!doctype html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlSafe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

export interface HtmlCell {
  /** HTML. */
  readonly html: string;
  readonly number?: boolean;
}

/** A table; titles are text. */
export function htmlTable(
  titles: readonly { readonly title: string; readonly number?: boolean }[],
  rows: readonly (readonly HtmlCell[])[],
): string {
  const head = titles.map(({ title, number }) => `<th${classOf(number)}>${htmlSafe(title)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map(({ html, number }) => `<td${classOf(number)}>${html}</td>`).join("")}</tr>`).join("\n");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function classOf(number: boolean | undefined): string {
  return number === true ? ' class="number"' : "";
}
