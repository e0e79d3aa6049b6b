import { type Approver, findApprover, isOneOf, type Person } from "./approver.ts";
import type { SystemId } from "./declaration.ts";
import { type Diagnostic, diagnose } from "./source/diagnostic.ts";
import { didYouMean } from "./source/did-you-mean.ts";
import type { SourceFile } from "./source/source-file.ts";
import { clip } from "./source/visible-text.ts";
import { text } from "./text.ts";
import type { Waiver } from "./waiver.ts";

/** Everybody who had a hand in some lines (1-based, both included), as Git knows them; undefined where Git cannot tell. */
export type AuthorsOf = (source: SourceFile, from: number, to: number) => readonly Person[] | undefined;

export interface WaiverFacts {
  /** Every policy, and whose waivers file may waive it. */
  readonly policies: ReadonlyMap<string, "nobody" | "centre" | "tenant">;
  readonly systems: ReadonlySet<SystemId>;
  /** Bureau whose file this is: it may waive for its own systems only. Undefined for the centre's. */
  readonly tenant: string | undefined;
  readonly approvers: readonly Approver[];
  readonly authorsOf: AuthorsOf;
}

/**
 * Reads a waivers file that holds to its schema. Unknown policies and systems, waivers of what cannot be waived, and approvers who may not
 * approve or wrote the waiver themselves are errors.
 */
export function readWaivers(
  source: SourceFile,
  facts: WaiverFacts,
): { readonly waivers: readonly Waiver[]; readonly diagnostics: readonly Diagnostic[] } {
  const waivers = waiversOf(source);
  return { waivers, diagnostics: waivers.flatMap((waiver) => checkWaiver(waiver, facts)) };
}

/** The entries of a waivers file that holds to its schema. */
function waiversOf(source: SourceFile): readonly Waiver[] {
  const { waivers } = source.value as { readonly waivers: readonly Partial<Waiver>[] };
  return waivers.map(
    (each, index) =>
      ({ ...each, system: each.system, attribute: each.attribute, covers: each.covers ?? "violation", source, index }) as Waiver,
  );
}

/** Waivers of one finding twice, in one file or in several: nobody could tell which decision holds. Each after the first is an error. */
export function findOverlaps(waivers: readonly Waiver[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const byPlace = Map.groupBy(waivers, ({ policy, system, address, covers }) => JSON.stringify([policy, system, address, covers]));
  for (const group of byPlace.values()) {
    for (const [index, waiver] of group.entries()) {
      const { attribute } = waiver;
      const earlier = group
        .slice(0, index)
        .find((each) => attribute === undefined || each.attribute === undefined || each.attribute === attribute);
      if (earlier === undefined) continue;
      const place = `${earlier.source.path}:${earlier.source.locate(["waivers", earlier.index]).line}`;
      diagnostics.push(
        diagnose(
          waiver.source,
          ["waivers", waiver.index, attribute === undefined ? "address" : "attribute"],
          "contradiction",
          text(
            `同一条结果已有豁免（${place}）；一条结果只能有一条豁免，请删除其中一条`,
            `Cannot waive the same finding twice: ${place} waives it already; delete one of the two`,
          ),
        ),
      );
    }
  }
  return diagnostics;
}

type Report = (key: string, code: Diagnostic["code"], message: Diagnostic["message"], meant?: string) => void;

function checkWaiver(waiver: Waiver, facts: WaiverFacts): Diagnostic[] {
  const { source, index } = waiver;
  const found: Diagnostic[] = [];
  const report: Report = (key, code, message, meant) =>
    found.push(diagnose(source, ["waivers", index, key], code, message, { didYouMean: meant }));
  checkFilled(waiver, report);
  checkPolicy(waiver, facts, report);
  checkSystem(waiver, facts, report);
  checkApprover(waiver, facts, report);
  return found;
}

/** The entry to paste has its blanks in angle brackets; one that is left blank says nothing. */
function checkFilled(waiver: Waiver, report: Report): void {
  for (const key of ["reason", "owner"] as const) {
    if (!/^\s*[<＜〈].*[>＞〉]\s*$/.test(waiver[key])) continue;
    report(
      key,
      "bad-format",
      text(
        `尖括号里的内容还没有填：${clip(waiver[key], 60)}`,
        `Cannot take ${clip(waiver[key], 60)} for an answer: wanted the blank filled in`,
      ),
    );
  }
}

function checkPolicy({ policy }: Waiver, { policies, tenant }: WaiverFacts, report: Report): void {
  const waivableBy = policies.get(policy);
  if (waivableBy === undefined) {
    report(
      "policy",
      "unknown-reference",
      text(`没有策略 ${policy}`, `Cannot waive policy ${policy}: there is none of that id`),
      didYouMean(policy, [...policies.keys()]),
    );
  } else if (waivableBy === "nobody") {
    report("policy", "not-allowed", text(`策略 ${policy} 不能豁免`, `Cannot waive policy ${policy}: nobody may`));
  } else if (waivableBy === "centre" && tenant !== undefined) {
    report(
      "policy",
      "not-allowed",
      text(
        `策略 ${policy} 只能由大数据中心在 policies/waivers.yaml 里豁免，单位自己的文件不行`,
        `Cannot waive policy ${policy} in a bureau's own file: only the centre may, in policies/waivers.yaml`,
      ),
    );
  }
}

function checkSystem({ system }: Waiver, { systems, tenant }: WaiverFacts, report: Report): void {
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
}

/** The approver is somebody who may approve, and nobody who wrote any part of the waiver: who extends one decides as much as who began it. */
function checkApprover(waiver: Waiver, { approvers, authorsOf }: WaiverFacts, report: Report): void {
  const { approver: written } = waiver;
  const approver = findApprover(written, approvers);
  if (approver === undefined) {
    const known = approvers.flatMap(({ key, name, people }) => [key, name.zh, name.en, ...people]);
    report(
      "approver",
      "unknown-reference",
      text(
        `“${written}”不能批准豁免：policies/approvers.yaml 里没有；应是 ${approvers.map(({ key, name }) => `${key}（${name.zh}）`).join("、")}`,
        `Cannot take ${written} for an approver: policies/approvers.yaml has none of that name; wanted ${approvers.map(({ key }) => key).join(" or ")}`,
      ),
      didYouMean(written, known),
    );
  }
  const authors = authorsOf(waiver.source, ...linesOf(waiver));
  if (authors === undefined) {
    report(
      "approver",
      "contradiction",
      text(
        "Git 说不出这条豁免是谁写的，无法确认批准人不是提交人；请在有完整历史的仓库里运行",
        "Cannot tell from Git who wrote this waiver, so not that its approver is somebody else: run in a repository with its full history",
      ),
    );
    return;
  }
  const names = [written, ...(approver === undefined ? [] : [approver.key, approver.name.zh, approver.name.en, ...approver.people])];
  const own = authors.find((author) => isOneOf(author, names));
  if (own === undefined) return;
  const author = clip(`${own.name} <${own.email}>`, 80);
  report(
    "approver",
    "contradiction",
    text(
      `${author} 写过这条豁免，不能由 ${written} 批准：批准人就是提交人；须由他人批准`,
      `Cannot let ${written} approve a waiver of their own: ${author} wrote some of it; wanted somebody other than its author`,
    ),
  );
}

/** First and last line of a waiver: up to the next one, or the end of the file. */
function linesOf({ source, index }: Waiver): [from: number, to: number] {
  const { length } = (source.value as { readonly waivers: readonly unknown[] }).waivers;
  const from = source.locate(["waivers", index]).line;
  const to = index + 1 < length ? source.locate(["waivers", index + 1]).line - 1 : source.text.split("\n").length;
  return [from, Math.max(from, to)];
}
