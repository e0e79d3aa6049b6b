/** One message of the engine's `-json` output that this program acts on; every other kind is left out. */
export type EngineMessage =
  | { readonly kind: "error"; readonly words: string; readonly address: string | undefined }
  | { readonly kind: "start" | "complete" | "failed"; readonly address: string; readonly action: string };

const HOOKS: Readonly<Record<string, "start" | "complete" | "failed">> = {
  apply_start: "start",
  apply_complete: "complete",
  apply_errored: "failed",
};

/** Reads one line of the engine's `-json` output; a line that is no such message (a crash prints plain text) is undefined. */
export function readMessage(line: string): EngineMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const type = String(message["type"]);
  if (type === "diagnostic") {
    const { severity, summary, detail, address } = (message["diagnostic"] ?? {}) as Record<string, unknown>;
    if (severity !== "error") return undefined;
    const words = [summary, detail].filter((each) => typeof each === "string" && each !== "").join("\n");
    return { kind: "error", words: `Error: ${words}`, address: typeof address === "string" ? address : undefined };
  }
  const kind = Object.hasOwn(HOOKS, type) ? HOOKS[type] : undefined;
  if (kind === undefined) return undefined;
  const hook = (message["hook"] ?? {}) as { resource?: { addr?: unknown }; action?: unknown };
  const address = hook.resource?.addr;
  return typeof address === "string" ? { kind, address, action: String(hook.action) } : undefined;
}

/** Every error that the engine's `-json` output tells, one paragraph each; what is not JSON (a crash) counts too. */
export function errorsIn(output: string): string {
  const lines = output.split("\n").filter((line) => line !== "");
  const errors = lines.map(readMessage).flatMap((message) => (message?.kind === "error" ? [withPlace(message)] : []));
  return [...errors, ...lines.filter((line) => !line.startsWith("{"))].join("\n");
}

function withPlace({ words, address }: { readonly words: string; readonly address: string | undefined }): string {
  return address === undefined ? words : `${words}\n  with ${address}`;
}
