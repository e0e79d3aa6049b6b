/** What a comment says before its details: its lines without the markers, ours to read. */
export function summaryOf({ body }: { readonly body: string }): readonly string[] {
  const [summary = ""] = body.split(/\n<(?:details|sub)>/);
  return summary
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/<\/?code>/g, "`")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("<!-- ") && !/^\|[-:|]+\|$/.test(line));
}
