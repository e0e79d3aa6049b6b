import { type Text, text } from "../../catalog/text.ts";
import type { Setting } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";

/** Secrets of the operator, which no request's job may see. */
export const OPERATOR_SECRETS =
  /^(OS_PASSWORD|OS_USERNAME|OS_APPLICATION_CREDENTIAL_.*|KUBE_TOKEN|PG_CONN_STR|PGPASSWORD|TF_ENCRYPTION|GOVCLOUD_(STATE.*|FORGE_TOKEN|RECORD))$/;

export function safe(found: Text): Setting {
  return { state: "safe", found };
}

export function unsafe(found: Text, remedy: Text): Setting {
  return { state: "unsafe", found, remedy };
}

export function advice(found: Text, remedy: Text): Setting {
  return { state: "advice", found, remedy };
}

export function unknown(why: Text): Setting {
  return { state: "unknown", found: why };
}

/** A setting that the forge may not tell this token, or does not have in this edition: then it is unknown, which is no pass. */
export async function ask(read: () => Promise<Setting>): Promise<Setting> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ForgeFailure)) throw error;
    if (error.kind === "forbidden")
      return unknown(text(`令牌无权查看：${error.summary.zh}`, `the token may not see it: ${error.summary.en}`));
    if (error.kind === "not-found")
      return unknown(text("这个版本的接口没有这一项，或令牌无权查看", "this edition's API does not tell it, or not to this token"));
    throw error;
  }
}

/** A switch that should stand as wanted; unknown where the answer does not hold it. */
export function toggle(
  value: unknown,
  wanted: boolean,
  words: { readonly good: Text; readonly bad: Text; readonly remedy: Text },
): Setting {
  if (typeof value !== "boolean") return unknown(text("这个版本的接口没有这一项", "this edition's API does not tell it"));
  return value === wanted ? safe(words.good) : unsafe(words.bad, words.remedy);
}
