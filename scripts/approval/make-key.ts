import { existsSync, writeFileSync } from "node:fs";
import { Temporal } from "temporal-polyfill";
import { readDay } from "../../catalog/day.ts";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { ApproveOptions } from "../approve.ts";
import { userPath } from "../options.ts";
import { writeResult } from "../output.ts";
import { jsonText } from "../render/json-text.ts";
import { KEYS_FILE } from "./approval-keys.ts";
import { passphraseOf } from "./key-file.ts";
import { newKeyPair, readVerifyingKey } from "./key-pair.ts";

/** Makes a pair of keys: the private one into a file that only its owner reads, the public one as an entry for the list. */
export function makeKey(options: ApproveOptions & { readonly key: string }): number {
  const { algorithm, key: name, lang, format, out } = options;
  if (options.role !== undefined && (options.role === "bureau") !== (options.bureau !== undefined))
    throw new InvalidRequest(
      text(
        "角色 bureau 要用 --bureau 写明单位（--bureau hrss），其他角色不写单位（--help 查看用法）",
        "Cannot make an entry for this role so: bureau needs --bureau (--bureau hrss), no other role has one (--help shows how)",
      ),
    );
  const path = userPath(name);
  if (existsSync(path))
    throw new InvalidRequest(text(`${name} 已存在，不覆盖`, `Cannot write ${name}: it is there already, and keys are not overwritten`));
  const passphrase = passphraseOf(process.env);
  const { privatePem, publicPem } = newKeyPair(algorithm, passphrase);
  writeNew(path, name, privatePem);
  const from = readDay(undefined);
  const entry = {
    holder: options.holder ?? "<holder@example.org>",
    role: options.role ?? "<bureau | centre | security>",
    ...(options.bureau === undefined ? {} : { bureau: options.bureau }),
    from: from.toString(),
    until: from
      .add(Temporal.Duration.from({ years: 1 }))
      .subtract({ days: 1 })
      .toString(),
    key: publicPem,
  };
  if (format === "json") {
    const id = readVerifyingKey(publicPem)?.id;
    writeResult(jsonText({ schema: "govcloud/approve/1", kind: "key", algorithm, file: name, id, entry }), out);
    return 0;
  }
  const words = {
    zh: [
      `# 私钥已写入 ${name}（仅本人可读${passphrase === undefined ? "，没有口令" : "，有口令"}），不要交给任何人，也不要放进仓库。`,
      `# 把下面的条目经合并请求加入 ${KEYS_FILE}：`,
    ],
    en: [
      `# The private key is in ${name}, readable by you alone, ${passphrase === undefined ? "without a passphrase" : "with its passphrase"}: give it to nobody, put it into no repository.`,
      `# Have this entry merged into ${KEYS_FILE}:`,
    ],
  }[lang];
  const { key: pem, ...plain } = entry;
  const lines = Object.entries(plain).map(([each, value], index) => `${index === 0 ? "  - " : "    "}${each}: ${value}`);
  const block = pem
    .trimEnd()
    .split("\n")
    .map((line) => `      ${line}`);
  writeResult(`${[...words, ...lines, "    key: |", ...block].join("\n")}\n`, out);
  return 0;
}

function writeNew(path: string, name: string, pem: string): void {
  try {
    writeFileSync(path, pem, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`不能写入 ${name}：${cause}`, `Cannot write ${name}: ${cause}`));
  }
}
