import type { ErrorObject } from "ajv";
import { spaced, type Text, text } from "../text.ts";
import { type Diagnostic, diagnose } from "./diagnostic.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { Path, SourceFile } from "./source-file.ts";
import { clip } from "./visible-text.ts";

interface AnnotatedSchema {
  /** This project's annotation: the sentence that says what a value should look like. */
  readonly wanted?: Text;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly anyOf?: readonly { readonly enum?: readonly unknown[] }[];
}

/** Says where an error of the schema validator stands, what was found there and what is wanted. */
export function explainSchemaError(source: SourceFile, error: ErrorObject): Diagnostic {
  const path = pathOf(error.instancePath, source.value);
  const schema = (error.parentSchema ?? {}) as AnnotatedSchema;
  const key = path.at(-1);
  const subject = key === undefined ? "" : typeof key === "number" ? `[${key + 1}]` : key;
  const foundAndWanted = (code: Diagnostic["code"], suggestion?: string) => {
    const found = describe(error.data);
    const wanted = schema.wanted ?? wantedBySchema(schema, error, subject);
    const message = text(
      `${subject === "" ? "这里" : `${subject} `}写的是${spaced(found.zh)}，应为${spaced(wanted.zh)}`,
      `Cannot accept ${subject || "this"}: found ${found.en}, wanted ${wanted.en}`,
    );
    return diagnose(source, path, code, message, { didYouMean: suggestion });
  };

  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(error.params["additionalProperty"] ?? error.params["unevaluatedProperty"]);
      return unknownKey(source, [...path, name], name, Object.keys(schema.properties ?? {}));
    }
    case "required": {
      const missing = String(error.params["missingProperty"]);
      const message = text(
        `${subject === "" ? "" : `${subject} 里`}缺少必填的键 ${missing}`,
        `Cannot do without the key ${missing}${subject === "" ? "" : ` in ${subject}`}: it is required`,
      );
      return diagnose(source, path, "missing-key", message, { on: "key" });
    }
    case "propertyNames":
      return inadmissibleName(source, path, String(error.params["propertyName"]), error.schema as NameSchema);
    case "uniqueItems": {
      const index = Math.max(Number(error.params["i"]), Number(error.params["j"]));
      const message = text(
        `${subject} 的第 ${index + 1} 项与前面的重复`,
        `Cannot list the same thing twice: item ${index + 1} of ${subject} repeats an earlier one`,
      );
      return diagnose(source, [...path, index], "contradiction", message);
    }
    case "type":
      return foundAndWanted("wrong-type", typeSuggestion(error.data, schema));
    case "enum":
      return foundAndWanted("not-allowed", wordSuggestion(error.data, error.params["allowedValues"] as readonly unknown[]));
    case "anyOf": {
      const words = (schema.anyOf ?? []).flatMap((branch) => branch.enum ?? []).map(String);
      // One slip at the most: whoever writes "intranet" does not mean "internet".
      return foundAndWanted("not-allowed", typeof error.data === "string" ? didYouMean(error.data, words, 1) : undefined);
    }
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
    case "minItems":
    case "maxItems":
    case "minProperties":
    case "maxProperties":
    case "minLength":
    case "maxLength":
      return foundAndWanted("out-of-range");
    case "pattern":
    case "format":
      return foundAndWanted("bad-format");
    default:
      return foundAndWanted("not-allowed");
  }
}

function unknownKey(source: SourceFile, path: Path, name: string, allowed: readonly string[]): Diagnostic {
  const message = text(
    `没有“${clip(name)}”这个键；这里可以写：${allowed.join("、")}`,
    `Cannot accept the key "${clip(name)}" here: wanted one of ${allowed.join(", ")}`,
  );
  return diagnose(source, path, "unknown-key", message, { on: "key", didYouMean: didYouMean(name, allowed) });
}

interface NameSchema {
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

/** Pattern of the names of servers, disks and pools in the schemas. */
const NAME_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

function inadmissibleName(source: SourceFile, parent: Path, name: string, schema: NameSchema): Diagnostic {
  const path = [...parent, name];
  if (schema.enum !== undefined) return unknownKey(source, path, name, schema.enum);
  const isName = schema.pattern === NAME_PATTERN;
  const zh = isName ? "用小写字母开头，只含小写字母、数字和单个连字符，最长 30 个字符" : `须符合 ${schema.pattern}`;
  const en = isName
    ? "lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters"
    : `the form ${schema.pattern}`;
  return diagnose(
    source,
    path,
    "bad-name",
    text(`名称“${clip(name)}”不合要求：${zh}`, `Cannot accept the name "${clip(name)}": wanted ${en}`),
    {
      on: "key",
      didYouMean: isName ? nameSuggestion(name) : undefined,
    },
  );
}

/** The path of a JSON pointer: a step is a position where a list stands, a key elsewhere, be it a digit. */
function pathOf(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split("/")
    .slice(1)
    .map((step) => {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string | number, unknown>)[key];
      return key;
    });
}

/** Says what was found, in words a clerk knows. */
function describe(value: unknown): Text {
  if (value === null || value === undefined) return text("空", "nothing");
  if (typeof value === "string") return text(`文字“${clip(value)}”`, `the text "${clip(value)}"`);
  if (typeof value === "number") return text(`数字 ${value}`, `the number ${value}`);
  if (typeof value === "boolean") return text(`${value}`, `${value}`);
  if (Array.isArray(value)) return text(`有 ${value.length} 项的列表`, `a list of ${value.length}`);
  return text("一组键值", "a mapping");
}

function wantedBySchema(schema: AnnotatedSchema, error: ErrorObject, subject: string): Text {
  if (error.keyword === "enum") {
    const values = (error.params["allowedValues"] as unknown[]).map(String);
    return text(values.join("、"), values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`);
  }
  if (error.keyword === "const") return text(String(error.params["allowedValue"]), String(error.params["allowedValue"]));
  const { minimum, maximum } = schema;
  const range =
    minimum !== undefined && maximum !== undefined
      ? text(`${minimum} 到 ${maximum} 之间的`, ` from ${minimum} to ${maximum}`)
      : text("", "");
  switch (schema.type) {
    case "integer":
      return text(`${range.zh}整数（不写单位）`, `a whole number${range.en}, without a unit`);
    case "boolean":
      return text("true 或 false", "true or false");
    case "string":
      return text("文字（数字开头的编号请加引号）", "text (put a number that is a name in quotes)");
    case "array":
      if (error.keyword === "maxItems") return text(`最多 ${schema.maxItems} 项的列表`, `a list of at most ${schema.maxItems}`);
      if (error.keyword === "minItems") return text(`至少 ${schema.minItems} 项的列表`, `a list of at least ${schema.minItems}`);
      // Whoever leaves the value out mostly has nothing to list.
      return error.data === null && subject !== ""
        ? text(`列表；没有就写 ${subject}: []`, `a list; where there is nothing to list, ${subject}: []`)
        : text("列表", "a list");
    case "object":
      if (error.keyword === "maxProperties") return text(`最多 ${schema.maxProperties} 个键`, `at most ${schema.maxProperties} keys`);
      return text("一组键值", "a mapping of keys to values");
    default:
      return text("另一种写法", "something else");
  }
}

/** The allowed word that was probably meant; a mapping or list in its place meant none, and has no words. */
function wordSuggestion(value: unknown, allowed: readonly unknown[]): string | undefined {
  return typeof value === "object" ? undefined : didYouMean(String(value), allowed.map(String));
}

/** "16GB" for 16, "yes" for true: the value that was meant. */
function typeSuggestion(value: unknown, schema: AnnotatedSchema): string | undefined {
  if (typeof value !== "string") return undefined;
  if (schema.type === "integer") {
    const digits = value.replaceAll(/(?<=\d)[_,](?=\d{3}(?!\d))/g, "");
    return /^\s*(\d+)\s*(g|gb|gib|核|c|u|w|个|台)?\s*$/i.exec(digits)?.[1];
  }
  if (schema.type === "boolean") {
    if (/^(yes|y|on|true|是)$/i.test(value)) return "true";
    if (/^(no|n|off|false|否)$/i.test(value)) return "false";
  }
  return undefined;
}

function nameSuggestion(name: string): string | undefined {
  const suggestion = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-0-9]+|-+$/g, "")
    .slice(0, 30)
    .replace(/-$/, "");
  return suggestion === "" || suggestion === name ? undefined : suggestion;
}
