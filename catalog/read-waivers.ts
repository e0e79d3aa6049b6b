import type { SystemId } from "./declaration.ts";
import { checkSchema } from "./source/check-schema.ts";
import { type Diagnostic, diagnose } from "./source/diagnostic.ts";
import { didYouMean } from "./source/did-you-mean.ts";
import { parseSource, type SourceFile } from "./source/source-file.ts";
import { text } from "./text.ts";
import { NEVER_WAIVED, type Waiver } from "./waiver.ts";

/** Who wrote a line, as Git knows it: name and address; undefined where Git cannot tell. */
export type AuthorOf = (source: SourceFile, line: number) => { readonly name: string; readonly email: string } | undefined;

export interface WaiverFacts {
  readonly policies: ReadonlySet<string>;
  readonly systems: ReadonlySet<SystemId>;
  /** Bureau whose file this is: it may waive for its own systems only. Undefined for the centre's. */
  readonly tenant: string | undefined;
  readonly authorOf: AuthorOf;
}

/** Reads a waivers file. Unknown policies and systems, waivers of what cannot be waived, and approvers who wrote the waiver themselves are errors. */
export function readWaivers(
  path: string,
  bytes: Uint8Array,
  facts: WaiverFacts,
): { readonly waivers: readonly Waiver[]; readonly diagnostics: readonly Diagnostic[] } {
  const parsed = parseSource(path, bytes);
  if (parsed.kind === "rejected") return { waivers: [], diagnostics: parsed.diagnostics };
  const source = parsed.file;
  const shape = checkSchema(source, "waivers");
  if (shape.length > 0) return { waivers: [], diagnostics: shape };
  const listed = (source.value as { readonly waivers: readonly Omit<Waiver, "source" | "index">[] }).waivers;
  const waivers = listed.map((each, index): Waiver => ({ ...each, system: each.system, source, index }));
  return { waivers, diagnostics: waivers.flatMap((waiver) => checkWaiver(waiver, facts)) };
}

const FIELDS = ["policy", "system", "address", "reason", "owner", "approver", "expires"] as const;

function checkWaiver(waiver: Waiver, { policies, systems, tenant, authorOf }: WaiverFacts): Diagnostic[] {
  const { source, index, policy, system, approver } = waiver;
  const found: Diagnostic[] = [];
  const report = (key: string, code: Diagnostic["code"], message: Diagnostic["message"], meant?: string) =>
    found.push(diagnose(source, ["waivers", index, key], code, message, { didYouMean: meant }));

  if (!policies.has(policy)) {
    report(
      "policy",
      "unknown-reference",
      text(`没有策略 ${policy}`, `Cannot waive policy ${policy}: there is none of that id`),
      didYouMean(policy, [...policies]),
    );
  } else if (NEVER_WAIVED.has(policy)) {
    report("policy", "not-allowed", text(`策略 ${policy} 不能豁免`, `Cannot waive policy ${policy}: nobody may`));
  }
  if (system !== undefined && !systems.has(system)) {
    report(
      "system",
      "unknown-reference",
      text(`没有系统 ${system}`, `Cannot waive for system ${system}: there is none of that id`),
      didYouMean(system, [...systems]),
    );
  }
  if (tenant !== undefined && system?.startsWith(`${tenant}/`) !== true) {
    report(
      "system",
      "not-allowed",
      text(`单位 ${tenant} 只能豁免自己的系统（system: ${tenant}/…）`, `Cannot waive for another bureau: wanted a system of ${tenant}`),
    );
  }
  // Whoever wrote any part of it has a hand in it: who extends a waiver decides as much as who began it.
  const lines = new Set(FIELDS.map((key) => source.locate(["waivers", index, key], "key").line));
  const authors = [...lines].map((line) => authorOf(source, line));
  if (authors.includes(undefined)) {
    report(
      "approver",
      "contradiction",
      text(
        "Git 说不出这条豁免是谁写的，无法确认批准人不是提交人；请在有完整历史的仓库里运行",
        "Cannot tell from Git who wrote this waiver, so not that its approver is somebody else: run in a repository with its full history",
      ),
    );
  } else if (
    authors.some(
      (author) =>
        author !== undefined && [author.name, author.email, author.email.split("@")[0] ?? ""].some((own) => sameName(own, approver)),
    )
  ) {
    report(
      "approver",
      "contradiction",
      text(
        `批准人 ${approver} 写过这条豁免；须由他人批准`,
        `Cannot let ${approver} approve a waiver of their own: wanted somebody other than its author`,
      ),
    );
  }
  return found;
}

function sameName(a: string, b: string): boolean {
  const folded = (name: string) => name.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  return folded(a) !== "" && folded(a) === folded(b);
}
