import { isMap, isNode, isScalar, isSeq, type Node, type Scalar } from "yaml";
import { text } from "../text.ts";
import { offsetsOf } from "./compose-yaml.ts";
import { refuseHiddenInValue } from "./hidden-characters.ts";
import type { SourceText } from "./source-text.ts";
import { clip } from "./visible-text.ts";

/** Turns a YAML node into plain data; keys must be plain text and stand once, numbers be whole and read exactly as written. */
export function plainValue(node: unknown, errors: SourceText): unknown {
  if (isMap(node)) {
    const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.items) {
      const name = plainKey(key, result, errors);
      const inner = plainValue(value, errors);
      if (name !== undefined) result[name] = inner;
    }
    return result;
  }
  if (isSeq(node)) return node.items.map((item) => plainValue(item, errors));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === "number" || typeof value === "bigint") return plainNumber(node, Number(value), errors);
  if (typeof value === "string") refuseHiddenInValue(value, offsetsOf(node), errors);
  return value;
}

function plainKey(key: unknown, above: Readonly<Record<string, unknown>>, errors: SourceText): string | undefined {
  const forbid = (node: Node, zh: string, en: string) => errors.report(offsetsOf(node), "forbidden-yaml", text(zh, en));
  if (!isScalar(key) || typeof key.value !== "string") {
    if (isNode(key)) forbid(key, "键必须是普通文字", "Cannot accept this key: a key is plain text");
    return undefined;
  }
  const name = key.value;
  refuseHiddenInValue(name, offsetsOf(key), errors);
  if (name === "<<") forbid(key, "不接受 YAML 合并键（<<）", "Cannot accept a YAML merge key (<<)");
  if (name === "__proto__" || name === "constructor" || name === "prototype")
    forbid(key, `不接受键 ${name}`, `Cannot accept the key ${name}`);
  if (name in above)
    errors.report(
      offsetsOf(key),
      "duplicate-key",
      text("这个键写了两次；同一层里每个键只能出现一次", "Cannot use a key twice: each key stands once at its level"),
    );
  return name;
}

function plainNumber(node: Scalar.Parsed | Scalar, value: number, errors: SourceText): number {
  const source = node.source ?? String(value);
  if (!/^(0|-?[1-9][0-9]*)$/.test(source) || !Number.isSafeInteger(value)) {
    errors.report(
      offsetsOf(node),
      "not-plain-number",
      text(
        `数字写成了 ${clip(source)}；请写整数，不带小数点、指数、前导零或进制前缀（带小数的金额、编号等文字请加引号）`,
        `Cannot accept the number ${clip(source)}: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)`,
      ),
    );
  }
  return value;
}
