import type { Lang } from "../../catalog/text.ts";
import { amountsResult } from "../plan/put-into-words.ts";
import type { AmountsResult } from "../plan/result.ts";
import { branchMessage, branchName } from "./branch-message.ts";
import { type BranchOutcome, commitBranches } from "./commit-branch.ts";
import type { PreparedEdit, PreparedEdits } from "./prepare-edits.ts";
import { adviceOnly } from "./size-edits.ts";
import { writeEdits } from "./write-edits.ts";

/** How advice becomes a change: in the work tree, or on a branch for each system. */
export type ChangeMode = "write" | "branch";

/** What became of a month's advice; part of the result of `right-size --write` and `--branch`. */
export interface ChangesResult {
  readonly mode: ChangeMode;
  readonly systems: readonly {
    readonly system: string;
    readonly file: string;
    /** `present`: it was so already. */
    readonly outcome: "written" | "made" | "present";
    readonly branch: string | null;
    readonly commit: string | null;
    /** Path of each number in the file, with what it was and is. */
    readonly edits: readonly { readonly path: string; readonly from: number; readonly to: number }[];
    /** List price of the whole system. */
    readonly monthly: AmountsResult;
  }[];
  /** Systems whose change the check refuses: more than sizes has to change, and that is the bureau's to say. */
  readonly refused: readonly {
    readonly system: string;
    readonly findings: readonly { readonly policy: string; readonly message: string; readonly remedy: string }[];
  }[];
  /** Disks whose other size is left to the bureau; GB of all disks of each server. */
  readonly adviceOnly: readonly {
    readonly system: string;
    readonly server: string;
    readonly now: number;
    readonly target: number;
    readonly reason: string;
  }[];
}

/** Carries prepared edits out and tells what became of them. */
export function carryOut(mode: ChangeMode, folder: string, prepared: PreparedEdits, lang: Lang): ChangesResult {
  const { edits, refused } = prepared;
  const outcomes = mode === "write" ? written(folder, edits) : branched(folder, prepared);
  return {
    mode,
    systems: edits.map(({ declaration, edits: own, monthly }, index) => ({
      system: declaration.id,
      file: declaration.source.path,
      ...(outcomes[index] ?? { outcome: "present", branch: null, commit: null }),
      edits: own.map(({ path, from, to }) => ({ path: path.join("."), from, to })),
      monthly: amountsResult(monthly),
    })),
    refused: refused.map(({ declaration, findings }) => ({
      system: declaration.id,
      findings: findings.map(({ policy, message, remedy }) => ({ policy, message: message[lang], remedy: remedy[lang] })),
    })),
    adviceOnly: adviceOnly(prepared.found.advice.groups).map(({ declaration, group, now, target, reasons }) => ({
      system: declaration.id,
      server: group.key,
      now,
      target,
      reason: reasons.map((reason) => reason[lang]).join(lang === "zh" ? "；" : "; "),
    })),
  };
}

type Outcome = Pick<ChangesResult["systems"][number], "outcome" | "branch" | "commit">;

function written(folder: string, edits: readonly PreparedEdit[]): Outcome[] {
  const paths = new Set(writeEdits(folder, edits));
  return edits.map(({ declaration }) => ({
    outcome: paths.has(declaration.source.path) ? "written" : "present",
    branch: null,
    commit: null,
  }));
}

function branched(folder: string, { edits, found }: PreparedEdits): Outcome[] {
  const month = found.advice.month.key;
  const leftOut = adviceOnly(found.advice.groups);
  const made: readonly BranchOutcome[] = commitBranches(
    folder,
    edits.map((edit) => ({
      branch: branchName(month, edit.declaration.id),
      file: edit.declaration.source.path,
      content: edit.edited,
      message: branchMessage(edit, {
        month,
        rules: found.rules,
        leftOut: leftOut.filter(({ declaration }) => declaration.id === edit.declaration.id),
      }),
    })),
  );
  return made.map(({ kind, branch, commit }) => ({ outcome: kind, branch, commit }));
}
