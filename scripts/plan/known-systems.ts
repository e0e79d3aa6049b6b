import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import { text } from "../../catalog/text.ts";

/** Refuses to look at a system that is not there. */
export function checkKnown(only: ReadonlySet<string> | undefined, ids: readonly string[]): ReadonlySet<string> | undefined {
  const known = new Set(ids);
  for (const id of only ?? []) {
    if (known.has(id)) continue;
    const meant = didYouMean(id, ids);
    throw new InvalidRequest(
      text(
        `没有系统“${id}”${meant === undefined ? "" : `；是不是 ${meant}`}（写成 <单位>/<系统>）`,
        `Cannot find system "${id}"${meant === undefined ? "" : `; did you mean ${meant}`} (wanted <bureau>/<system>)`,
      ),
    );
  }
  return only;
}
