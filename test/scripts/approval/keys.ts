import type { ApprovalKey } from "../../../scripts/approval/approval-keys.ts";
import { type Algorithm, newKeyPair, readSigningKey, type SigningKey } from "../../../scripts/approval/key-pair.ts";

/** Somebody with a key: what stands in the list, and what they keep. Made for the test, kept nowhere. */
export interface Approver {
  readonly listed: ApprovalKey;
  readonly secret: SigningKey;
  readonly privatePem: string;
  readonly publicPem: string;
}

export function approver(changes: Partial<ApprovalKey> = {}, algorithm: Algorithm = "sm2"): Approver {
  const { privatePem, publicPem } = newKeyPair(algorithm, undefined);
  const secret = readSigningKey(Buffer.from(privatePem), undefined);
  if (secret === undefined) throw new Error("a new key cannot be read");
  const { algorithm: own, id, object } = secret;
  const listed: ApprovalKey = {
    algorithm: own,
    id,
    object,
    holder: "director@bigdata.example.org",
    aliases: [],
    role: "centre",
    bureau: null,
    from: "2026-01-01",
    until: "2099-12-31",
    revoked: null,
    ...changes,
  };
  return { listed, secret, privatePem, publicPem };
}

/** The list of keys as policies/approval-keys.yaml holds it. */
export function keysYaml(approvers: readonly Approver[]): string {
  const entries = approvers.map(({ listed: { holder, aliases, role, bureau, from, until, revoked }, publicPem }) =>
    [
      `  - holder: ${holder}`,
      ...(aliases.length === 0 ? [] : [`    aliases: [${aliases.join(", ")}]`]),
      `    role: ${role}`,
      ...(bureau === null ? [] : [`    bureau: ${bureau}`]),
      `    from: ${from}`,
      `    until: ${until}`,
      ...(revoked === null ? [] : [`    revoked: ${revoked}`]),
      "    key: |",
      ...publicPem
        .trimEnd()
        .split("\n")
        .map((line) => `      ${line}`),
    ].join("\n"),
  );
  return `keys:${entries.length === 0 ? " []" : `\n${entries.join("\n")}`}\n`;
}
