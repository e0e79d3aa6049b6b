import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { requestTemplates } from "../../../scripts/setup/generate-request-templates.ts";
import { ROOT } from "../run.ts";

const SOURCE = ".gitlab/merge_request_templates";
const read = (path: string) => readFileSync(`${ROOT}/${path}`, "utf8");

test.each(Object.entries(requestTemplates()))("%s is current: `npm run generate` would write the same", (path, words) => {
  expect(read(path)).toBe(words);
});

test("Every kind of request has its template in both languages, with as many fields and boxes", () => {
  const names = readdirSync(`${ROOT}/${SOURCE}`).filter((name) => name !== "Default.md");
  const kinds = [...new Set(names.map((name) => name.split(".")[0] ?? ""))].sort();
  expect(kinds).toEqual(["growth", "new-system", "retirement", "waiver"]);
  const entries = (name: string) => [...read(`${SOURCE}/${name}`).matchAll(/^( *- (?:\[ \] )?|## )/gm)].map(([mark]) => mark);
  for (const kind of kinds) expect(entries(`${kind}.zh.md`)).toEqual(entries(`${kind}.en.md`));
  for (const name of names) for (const lines of [read(`${SOURCE}/${name}`).split("\n")]) expect(lines.length).toBeLessThanOrEqual(16);
});

test("Copies that are left over from a template that is gone would mislead", () => {
  const copies = readdirSync(`${ROOT}/.github/PULL_REQUEST_TEMPLATE`).map((name) => `.github/PULL_REQUEST_TEMPLATE/${name}`);
  expect(copies.filter((path) => !(path in requestTemplates()))).toEqual([]);
});
