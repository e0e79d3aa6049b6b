import { beforeAll, expect, test } from "vitest";
import { CORPUS } from "./corpus.ts";
import { judge } from "./judge.ts";

/** Far above what any of them takes, also on a busy machine, and far below what a pipeline would wait for. */
const MOST_MILLISECONDS = 20_000;

let judged: readonly { readonly name: string; readonly refusal: string; readonly milliseconds: number }[];
beforeAll(() => {
  judged = CORPUS.map((input) => {
    const start = performance.now();
    return { name: input.name, refusal: judge(input), milliseconds: performance.now() - start };
  });
}, 300_000);

test("There are more than two hundred hostile inputs, each with a name of its own", () => {
  expect(judged.length).toBeGreaterThan(220);
  expect(new Set(judged.map(({ name }) => name)).size).toBe(judged.length);
});

test("Every one is refused as invalid or by a policy, and none is accepted", () => {
  expect(judged.filter(({ refusal }) => !/^[23] \S/.test(refusal))).toEqual([]);
});

test("Each is refused with the words of the table", async () => {
  const table = judged.map(({ name, refusal }) => `${name}\n    ${refusal}\n`).join("");
  await expect(table).toMatchFileSnapshot("refusals.txt");
});

test("None takes long, whatever it was made for", () => {
  expect(judged.filter(({ milliseconds }) => milliseconds > MOST_MILLISECONDS)).toEqual([]);
});

test("None left anything behind in what every object has", () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
