import { foldedName } from "../../catalog/approver.ts";
import { type Diagnostic, diagnose, InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { SourceFile } from "../../catalog/source/source-file.ts";
import { type Text, text } from "../../catalog/text.ts";
import { readProgramFile } from "../program-file.ts";
import type { Role } from "./approval-rules.ts";
import { readVerifyingKey, type VerifyingKey } from "./key-pair.ts";
import { roleLabel } from "./required-approvals.ts";

export const KEYS_FILE = "policies/approval-keys.yaml";

/** Somebody's key, and for which role it counts. Days are calendar days in Asia/Shanghai, the last one included. */
export interface ApprovalKey extends VerifyingKey {
  readonly holder: string;
  readonly aliases: readonly string[];
  readonly role: Role;
  /** Set with role `bureau` alone. */
  readonly bureau: string | null;
  readonly from: string;
  readonly until: string;
  /** From this day on nothing signed with the key holds: whoever has it can write any date. */
  readonly revoked: string | null;
}

interface WrittenKey {
  readonly holder: string;
  readonly aliases?: readonly string[];
  readonly role: Role;
  readonly bureau?: string;
  readonly from: string;
  readonly until: string;
  readonly revoked?: string;
  readonly key: string;
}

/** Reads the public keys of the program; throws InvalidInput with every error in them. */
export function readApprovalKeys(program: string): readonly ApprovalKey[] {
  return approvalKeysOf(readProgramFile(program, KEYS_FILE, "approval-keys"));
}

/** The keys of a list that holds to its schema. A key of no known kind, one listed twice and a person in two roles are errors. */
export function approvalKeysOf(source: SourceFile): readonly ApprovalKey[] {
  const { keys: written } = source.value as { readonly keys: readonly WrittenKey[] };
  const diagnostics: Diagnostic[] = [];
  const keys: ApprovalKey[] = [];
  const byId = new Map<string, ApprovalKey>();
  /** Whoever holds an address first; a list of many is read by one look at each, for a request may bring it. */
  const byAddress = new Map<string, ApprovalKey>();
  for (const [index, { key: pem, aliases = [], bureau, revoked, ...entry }] of written.entries()) {
    const report = (attribute: string, code: Diagnostic["code"], message: Text) =>
      diagnostics.push(diagnose(source, ["keys", index, attribute], code, message));
    if ((entry.role === "bureau") !== (bureau !== undefined))
      report(
        "role",
        "contradiction",
        text(
          "角色 bureau 须写明单位（bureau: hrss），其他角色不写单位",
          "Cannot take this role so: bureau needs to say which (bureau: hrss), no other role has one",
        ),
      );
    if (entry.until < entry.from) report("until", "contradiction", text("失效早于生效", "Cannot accept a key that ends before it begins"));
    const parsed = readVerifyingKey(pem);
    if (parsed === undefined) {
      report("key", "bad-format", text("不是 SM2 或 Ed25519 公钥", "Cannot read the key: wanted a public key of SM2 or Ed25519 in PEM"));
      continue;
    }
    const key: ApprovalKey = { ...entry, ...parsed, aliases, bureau: bureau ?? null, revoked: revoked ?? null };
    const same = byId.get(key.id);
    if (same !== undefined)
      report("key", "contradiction", text(`这个公钥已经列给 ${same.holder}`, `Cannot list a key twice: it is ${same.holder}'s already`));
    const addresses = namesOf(key).map(foldedName);
    const other = addresses.flatMap((each) => byAddress.get(each) ?? []).find((each) => roleLabel(each) !== roleLabel(key));
    if (other !== undefined)
      report(
        "holder",
        "contradiction",
        text(
          `${other.holder} 已有角色 ${roleLabel(other)}；一人只能有一个角色，否则一个人就能批两次`,
          `Cannot give ${other.holder} a second role beside ${roleLabel(other)}: one person would approve twice`,
        ),
      );
    keys.push(key);
    if (same === undefined) byId.set(key.id, key);
    for (const each of addresses) if (!byAddress.has(each)) byAddress.set(each, key);
  }
  if (diagnostics.length > 0) throw new InvalidInput(diagnostics);
  return keys;
}

type Holder = Pick<ApprovalKey, "holder" | "aliases">;

/** Everything that the holder commits under. */
export function namesOf({ holder, aliases }: Holder): readonly string[] {
  return [holder, ...aliases];
}

/** Why a key does not count on a day, today included; undefined where it does. */
export function keyFault({ holder, from, until, revoked }: ApprovalKey, days: readonly string[]): Text | undefined {
  const today = days.toSorted().at(-1) ?? "";
  if (revoked !== null && revoked <= today)
    return text(`${holder} 的公钥已于 ${revoked} 作废`, `the key of ${holder} was revoked on ${revoked}`);
  const outside = days.find((day) => day < from || day > until);
  if (outside === undefined) return undefined;
  return outside > until
    ? text(`${holder} 的公钥已于 ${until} 到期（${outside}）`, `the key of ${holder} expired on ${until} (${outside})`)
    : text(`${holder} 的公钥 ${from} 才生效（${outside}）`, `the key of ${holder} holds from ${from} only (${outside})`);
}
