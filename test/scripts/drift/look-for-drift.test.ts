import { join } from "node:path";
import { expect, test } from "vitest";
import { lookForDrift } from "../../../scripts/drift/look-for-drift.ts";
import { BOOK, CATALOGUE } from "../../declared.ts";
import { contextIn, ENGINE, environmentIn, saveFixture, scratch, stackOf } from "../engine/fixtures.ts";
import { govcloud } from "../run.ts";

const reason = ENGINE.reason === undefined ? "" : ` (skipped: ${ENGINE.reason})`;

test.skipIf(ENGINE.reason !== undefined)(
  `a real engine finds nothing after its own apply, and one that fails does not stop the others${reason}`,
  async () => {
    const folder = scratch();
    const plan = join(scratch(), "plan");
    const clean = stackOf("hrss--clean", { one: { input: "x" }, two: { input: "y" } });
    await saveFixture(folder, plan, [clean]);
    expect(govcloud(["apply", "--plan", plan], { env: environmentIn(folder) }).code).toBe(0);
    const { context } = await contextIn(folder);
    const broken = { ...stackOf("hrss--broken", {}), json: { resource: { terraform_data: { x: { input: "${nothing.there}" } } } } };
    const found = await lookForDrift(
      [
        { ...clean, pool: CATALOGUE.pools.get("gov") },
        { ...broken, pool: undefined },
      ],
      {
        root: join(folder, "work"),
        jobs: 2,
        context,
        catalogue: CATALOGUE,
        book: BOOK,
        signIn: () => {
          throw new Error("a stack without a project signs in nowhere");
        },
      },
    );
    expect(found.map(({ id, drift, failure }) => [id, drift?.changes, failure?.message.en])).toEqual([
      ["hrss/clean", [], undefined],
      ["hrss/broken", undefined, expect.stringMatching(/^hrss--broken: planning failed: /)],
    ]);
  },
);
