import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonText } from "../../../scripts/render/json-text.ts";
import { ROOT } from "../run.ts";

test.each([
  { kind: "a right-to-left override", words: "a\u202eb", json: '"a\\u202eb"' },
  { kind: "a C1 control and DEL", words: "\u009b31m\u007f", json: '"\\u009b31m\\u007f"' },
  { kind: "a zero-width space and a line separator", words: "a\u200bb\u2028", json: '"a\\u200bb\\u2028"' },
  { kind: "an invisible character beyond 16 bits", words: "\u{e0041}", json: '"\\udb40\\udc41"' },
  { kind: "a line break and a tab", words: "a\n\tb", json: '"a\\n\\tb"' },
  { kind: "Chinese text and a rare character", words: "系统𠮷", json: '"系统𠮷"' },
])("JSON shows $kind and means the same", ({ words, json }) => {
  const told = jsonText({ [words]: [words] });
  expect(told).toBe(`{\n  ${json}: [\n    ${json}\n  ]\n}\n`);
  expect(JSON.parse(told)).toEqual({ [words]: [words] });
});

/** Not results for readers: what the engine and the synthesis read, and what a digest covers as it stands. */
const OTHERS = ["engine/saved-plan.ts", "engine/working-folder.ts", "synth.ts"];
test("every result is written by it", () => {
  const files = readdirSync(join(ROOT, "scripts"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const own = files.filter((file) => /JSON\.stringify\([^\n]*, null, 2\)/.test(readFileSync(join(ROOT, "scripts", file), "utf8")));
  expect(own.sort()).toEqual([...OTHERS, "render/json-text.ts"].sort());
});
