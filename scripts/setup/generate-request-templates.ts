import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The only ones that people edit, `<kind>.<language>.md`. */
const SOURCE = ".gitlab/merge_request_templates";
const KINDS = ["new-system", "growth", "retirement", "waiver"] as const;

const LEAVE_ONE = {
  zh: "<!-- 留下适用的一节，其余删去。流水线会在评论里写明费用、影响和结论。English below. -->",
  en: "<!-- Keep the section that applies and delete the others. The pipeline's comment tells cost, effects and verdict. -->",
} as const;

/**
 * Templates of requests by path. GitLab offers the source's files by name and takes `Default.md` by itself; GitHub takes the others by `?template=` alone,
 * and Gitea and Forgejo know a single one: all kinds stand in it, one to be kept.
 */
export function requestTemplates(): Readonly<Record<string, string>> {
  const all = (["zh", "en"] as const)
    .map((lang) => [LEAVE_ONE[lang], ...KINDS.map((kind) => wordsOf(`${kind}.${lang}.md`))].join("\n\n"))
    .join("\n\n---\n\n");
  const copies = readdirSync(join(ROOT, SOURCE))
    .filter((name) => name !== "Default.md")
    .sort()
    .map((name) => [`.github/PULL_REQUEST_TEMPLATE/${name}`, `${wordsOf(name)}\n`] as const);
  return { [`${SOURCE}/Default.md`]: `${all}\n`, ".github/PULL_REQUEST_TEMPLATE.md": `${all}\n`, ...Object.fromEntries(copies) };
}

function wordsOf(name: string): string {
  return readFileSync(join(ROOT, SOURCE, name), "utf8").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, words] of Object.entries(requestTemplates())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), words);
  }
}
