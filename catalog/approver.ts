import type { SourceFile } from "./source/source-file.ts";
import type { Text } from "./text.ts";

/** A role that may approve waivers, and who acts in it. */
export interface Approver {
  readonly key: string;
  readonly name: Text;
  /** Addresses or names under which they commit to Git. */
  readonly people: readonly string[];
}

/** Somebody as Git knows them. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** The roles of an approvers file that holds to its schema. */
export function approversOf(source: SourceFile): readonly Approver[] {
  const { approvers } = source.value as { readonly approvers: Readonly<Record<string, Omit<Approver, "key">>> };
  return Object.entries(approvers).map(([key, role]) => ({ ...role, key }));
}

/** Who a waiver says approved it: a role by key or name, or one of its people; undefined where nobody of that name may approve. */
export function findApprover(written: string, approvers: readonly Approver[]): Approver | undefined {
  for (const approver of approvers) {
    if ([approver.key, approver.name.zh, approver.name.en].some((name) => isSameName(name, written))) return approver;
    const person = approver.people.find((each) => isSameName(each, written));
    if (person !== undefined) return { ...approver, people: [person] };
  }
  return undefined;
}

/** Whether Git knows somebody under one of these names or addresses. */
export function isOneOf({ name, email }: Person, names: readonly string[]): boolean {
  const own = [name, email, email.split("@")[0] ?? ""];
  return names.some((each) => own.some((known) => isSameName(known, each)));
}

function isSameName(a: string, b: string): boolean {
  return foldedName(a) !== "" && foldedName(a) === foldedName(b);
}

/** A name or address as it is told from others: case, width, spaces and the tag of an address (`name+tag@…`) make nobody somebody else. */
export function foldedName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, "")
    .replace(/\+[^@]*@/, "@");
}
