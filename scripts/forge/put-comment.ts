import { text } from "../../catalog/text.ts";
import { hasMarker, type MarkedKind, runOf } from "./comment-body.ts";
import { type Forge, type ForgeComment, type ForgeUser, oldestFirst } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";

export interface PutComment {
  readonly request: number;
  readonly kind: MarkedKind;
  readonly body: string;
  /** Number of the pipeline that writes; a comment of a later one is left as it is. Any pipeline is later than what runs outside of one. */
  readonly run: number | undefined;
}

export type PutOutcome =
  | { readonly result: "created" | "updated" | "unchanged"; readonly id: number }
  | { readonly result: "newer"; readonly id: number };

/** Two pipelines that take turns settle in two rounds; more would be a forge that forgets what it was told. */
const MOST_ROUNDS = 6;

/**
 * Leaves exactly one comment of a kind that is ours: by its marker and by the token's own user, so that what somebody else wrote with our marker is
 * left alone. Looks again after it wrote: of several, which two pipelines made at once, the oldest stays and the others go, whoever looks last.
 * Forges have no "replace if unchanged": between a look and the write that follows, a later pipeline's words can be overwritten by an older one's.
 */
export async function putComment(forge: Forge, put: PutComment): Promise<PutOutcome> {
  const me = await forge.whoAmI();
  let result: "created" | "updated" | "unchanged" = "unchanged";
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [oldest, ...others] = await ownComments(forge, me, put);
    if (oldest === undefined) {
      await forge.createComment(put.request, put.body);
      result = "created";
      continue;
    }
    for (const { id } of others) await unlessGone(async () => await forge.deleteComment(put.request, id));
    if (sameWords(oldest.body, put.body)) return { result, id: oldest.id };
    const [theirs, ours] = [runOf(oldest.body) ?? 0, put.run ?? 0];
    if (theirs > ours) return { result: "newer", id: oldest.id };
    // Another job of the same pipeline wrote at the same time: its words are as good, and two that correct each other would not end.
    if (result !== "unchanged" && theirs === ours) return { result, id: oldest.id };
    const there = await unlessGone(async () => await forge.updateComment(put.request, oldest.id, put.body));
    if (there && result === "unchanged") result = "updated";
  }
  throw new ForgeFailure("conflict", text("别的作业一直在改同一条评论", "Cannot update the comment: other jobs keep changing it"));
}

async function ownComments(forge: Forge, me: ForgeUser, { request, kind }: PutComment): Promise<ForgeComment[]> {
  const all = await forge.comments(request);
  return oldestFirst(all.filter(({ author, body }) => author.id === me.id && hasMarker(body, kind)));
}

/** Forges may change line ends and drop blanks at the ends. */
function sameWords(a: string, b: string): boolean {
  const plain = (words: string) => words.replaceAll("\r\n", "\n").trim();
  return plain(a) === plain(b);
}

/** False where somebody else took the comment away in between. */
async function unlessGone(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof ForgeFailure && error.kind === "not-found") return false;
    throw error;
  }
}
