import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";
import { set } from "../forge/ci-variables.ts";
import { findRequest } from "../forge/find-request.ts";
import { ForgeFailure } from "../forge/forge-failure.ts";
import { openForge } from "../forge/open-forge.ts";
import { isPipeline } from "../plan/selection.ts";

/** The request that brought what is applied, by its number; or that none is known, and in a pipeline why. */
export type KnownRequest = { readonly kind: "known"; readonly request: string } | { readonly kind: "unknown"; readonly why?: Text };

/**
 * The request that GOVCLOUD_REQUEST or CI names, else the one whose merge brought the commit, as the forge tells. The words of a commit are not
 * believed: whoever wrote the request wrote them. A forge that does not answer stops nothing that was approved.
 */
export async function requestOf(environment: NodeJS.ProcessEnv): Promise<KnownRequest> {
  const named = set(environment, "GOVCLOUD_REQUEST") ?? set(environment, "CI_MERGE_REQUEST_IID");
  if (named !== undefined)
    return /^[1-9]\d{0,11}$/.test(named)
      ? { kind: "known", request: named }
      : { kind: "unknown", why: text(`申请编号 ${named} 不是正整数`, `the request "${named}" is no number`) };
  // At a terminal there is no forge to ask.
  if (!isPipeline(environment)) return { kind: "unknown" };
  try {
    const found = await findRequest(await openForge({}, { environment }), {}, environment);
    if (found !== undefined) return { kind: "known", request: String(found) };
    return { kind: "unknown", why: text("这个提交不是由合并请求带来的", "no request brought this commit") };
  } catch (error) {
    if (error instanceof InvalidRequest) return { kind: "unknown", why: text(error.in("zh"), error.in("en")) };
    if (error instanceof ForgeFailure) return { kind: "unknown", why: error.summary };
    throw error;
  }
}
