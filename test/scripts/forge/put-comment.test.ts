import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { text } from "../../../catalog/text.ts";
import { commentBody } from "../../../scripts/forge/comment-body.ts";
import type { Forge, ForgeComment, ForgeUser } from "../../../scripts/forge/forge.ts";
import { ForgeFailure } from "../../../scripts/forge/forge-failure.ts";
import { putComment } from "../../../scripts/forge/put-comment.ts";

const ME: ForgeUser = { id: "1", login: "pipeline" };
const OTHER: ForgeUser = { id: "2", login: "other" };

/** A forge in memory, each of whose answers comes when `turn` lets it. */
class MemoryForge {
  readonly all: ForgeComment[] = [];
  #next = 1;
  add(author: ForgeUser, body: string): ForgeComment {
    const comment = { id: this.#next, author, body, createdAt: "2026-01-15T01:00:00Z" };
    this.#next += 1;
    this.all.push(comment);
    return comment;
  }

  open(turn: () => Promise<void>): Forge {
    const find = (id: number) => {
      const index = this.all.findIndex((each) => each.id === id);
      if (index < 0) throw new ForgeFailure("not-found", text("没有", "gone"));
      return index;
    };
    const after = async <T>(act: () => T): Promise<T> => {
      await turn();
      const result = act();
      await turn();
      return result;
    };
    return {
      whoAmI: async () => ME,
      comments: async () => await after(() => [...this.all].reverse()),
      createComment: async (_: number, body: string) => await after(() => this.add(ME, body)),
      updateComment: async (_: number, id: number, body: string) =>
        await after(() => {
          const index = find(id);
          this.all[index] = { ...(this.all[index] as ForgeComment), body };
        }),
      deleteComment: async (_: number, id: number) =>
        await after(() => {
          this.all.splice(find(id), 1);
        }),
    } as unknown as Forge;
  }
}

function put(words: string, run: number | undefined) {
  return {
    request: 7,
    kind: "plan" as const,
    run,
    body: commentBody("plan", words, { run, headSha: undefined }, { url: undefined, words: "" }),
  };
}

const RUNS = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const FORGED = "<!-- govcloud:plan -->\nforged";

/** A forge with somebody else's comment and with what interrupted pipelines left. */
function forgeWith(left: number): MemoryForge {
  const memory = new MemoryForge();
  memory.add(OTHER, FORGED);
  for (let index = 0; index < left; index += 1) memory.add(ME, `<!-- govcloud:plan -->\nleft ${index}`);
  return memory;
}

describe("Of pipelines that tell the same request", () => {
  test("one comment is left however their requests mingle, and others' stay", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), RUNS, fc.nat(3), async (scheduler, runs, left) => {
        const memory = forgeWith(left);
        const forge = memory.open(async () => await scheduler.schedule(Promise.resolve()));
        await scheduler.waitFor(Promise.all(runs.map(async (run) => await putComment(forge, put(`run ${run}`, run)))));
        const [others, ...ours] = memory.all.map(({ body }) => body);
        expect([others, ours.length]).toEqual([FORGED, 1]);
        expect(runs.map((run) => put(`run ${run}`, run).body)).toContain(ours[0]);
      }),
      { numRuns: 300 },
    );
  });

  test("of two on a request without a comment the later one's words stand, whoever is first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.shuffledSubarray([1, 2], { minLength: 2 }), async (scheduler, runs) => {
        const memory = forgeWith(0);
        const forge = memory.open(async () => await scheduler.schedule(Promise.resolve()));
        await scheduler.waitFor(Promise.all(runs.map(async (run) => await putComment(forge, put(`run ${run}`, run)))));
        expect(memory.all.map(({ body }) => body)).toEqual([FORGED, put("run 2", 2).body]);
      }),
      { numRuns: 300 },
    );
  });

  test("of several one after the other, the latest one's words stand in the oldest comment", async () => {
    await fc.assert(
      fc.asyncProperty(RUNS, fc.nat(3), async (runs, left) => {
        const memory = forgeWith(left);
        const forge = memory.open(async () => undefined);
        for (const run of runs) await putComment(forge, put(`run ${run}`, run));
        const latest = Math.max(...runs);
        expect(memory.all.map(({ id, body }) => [id, body])).toEqual([
          [1, FORGED],
          [2, put(`run ${latest}`, latest).body],
        ]);
      }),
    );
  });
});

test("a comment that somebody keeps changing ends in a failure, not for ever", async () => {
  const memory = new MemoryForge();
  memory.add(ME, "<!-- govcloud:plan -->\n");
  const forge = memory.open(async () => await sleep(0));
  const meddled: Forge = { ...forge, updateComment: async () => undefined };
  await expect(putComment(meddled, put("mine", 3))).rejects.toMatchObject({ kind: "conflict" });
});

test("what is not found while it is looked at again is made again", async () => {
  const memory = new MemoryForge();
  memory.add(ME, "<!-- govcloud:plan -->\n");
  const forge = memory.open(async () => await sleep(0));
  let gone = false;
  const forgetful: Forge = {
    ...forge,
    updateComment: async (request, id, body) => {
      if (!gone) memory.all.splice(0);
      gone = true;
      await forge.updateComment(request, id, body);
    },
  };
  expect(await putComment(forgetful, put("mine", 3))).toMatchObject({ result: "created" });
  expect(memory.all).toHaveLength(1);
});
