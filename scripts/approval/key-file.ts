import { readFileSync, statSync } from "node:fs";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";
import { readSigningKey, type SigningKey } from "./key-pair.ts";

/** Where the passphrase of a private key comes from; never an argument, which everybody on the machine can read. */
export const PASSPHRASE = "GOVCLOUD_KEY_PASSPHRASE";
const MAX_BYTES = 64 * 1024;

export function passphraseOf(environment: NodeJS.ProcessEnv): string | undefined {
  const given = environment[PASSPHRASE];
  return given === "" ? undefined : given;
}

/** Reads somebody's private key; says what is wrong without repeating any of it. */
export function readKeyFile(
  path: string,
  name: string,
  environment: NodeJS.ProcessEnv,
): { readonly key: SigningKey; readonly warnings: readonly Text[] } {
  const refuse = (zh: string, en: string) => new InvalidRequest(text(`${name}：${zh}`, `Cannot use ${name}: ${en}`));
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw refuse("没有这个文件", "there is no such file");
  if (!found.isFile() || found.size > MAX_BYTES) throw refuse("不是 PEM 私钥文件", "it is no file of a private key in PEM");
  const passphrase = passphraseOf(environment);
  let key: SigningKey | undefined;
  try {
    key = readSigningKey(readFileSync(path), passphrase);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (passphrase === undefined && /CANCELLED|INTERRUPTED|MISSING_PASSPHRASE/.test(code))
      throw refuse(`它有口令，请设 ${PASSPHRASE}`, `it has a passphrase: set ${PASSPHRASE}`);
    if (/BAD_DECRYPT|BAD_PASSWORD/.test(code)) throw refuse(`${PASSPHRASE} 里的口令不对`, `the passphrase in ${PASSPHRASE} is wrong`);
    throw refuse("不是 PEM 私钥", "wanted a private key in PEM");
  }
  if (key === undefined) throw refuse("要 SM2 或 Ed25519 私钥", "wanted a private key of SM2 or Ed25519");
  const isOpen = process.platform !== "win32" && (found.mode & 0o077) !== 0;
  const warnings = isOpen ? [text(`${name} 别的用户也能读：chmod 600 ${name}`, `${name} can be read by others: chmod 600 ${name}`)] : [];
  return { key, warnings };
}
