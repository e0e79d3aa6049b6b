import { readFileSync } from "node:fs";
import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { closest, distance } from "fastest-levenshtein";
import { Temporal } from "temporal-polyfill";
import { isCidr } from "../cidr.ts";
import { type Text, text } from "../text.ts";
import { type Diagnostic, diagnose } from "./diagnostic.ts";
import { MAX_ERRORS, type Path, type SourceFile } from "./source-file.ts";
import { CONTROL_CHARACTER, clip } from "./visible-text.ts";

/** Schemas of what people write, by the name of their file in `catalog/schema/`. */
export type SchemaName = "annex-1" | "contract" | "price-book" | "pools" | "flavors" | "images" | "components" | "tenant" | "system";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, messages: false });
// `wanted` is this project's annotation: the sentence, in both languages, that says what a value should look like.
ajv.addKeyword({ keyword: "wanted" });
ajv.addFormat("calendar-date", isCalendarDate);
ajv.addFormat("cidr", isCidr);
ajv.addFormat("free-text", isFreeText);

const compiled = new Map<SchemaName, ValidateFunction>();

function validator(name: SchemaName): ValidateFunction {
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = ajv.compile(JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), "utf8")) as object);
    compiled.set(name, validate);
  }
  return validate;
}

/** Holds a parsed file against its schema; every error, each where it stands, with what was found and what is wanted. */
export function checkSchema(source: SourceFile, name: SchemaName): Diagnostic[] {
  const validate = validator(name);
  if (validate(source.value)) return [];
  const errors = validate.errors ?? [];
  // An anyOf reports each of its branches and then itself; its own `wanted` says it all.
  const alternatives = errors.filter((error) => error.keyword === "anyOf" || error.keyword === "oneOf").map((error) => error.schemaPath);
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    if (error.keyword === "if" || alternatives.some((path) => error.schemaPath !== path && error.schemaPath.startsWith(`${path}/`)))
      continue;
    const diagnostic = explain(source, error);
    const key = `${diagnostic.range.line}:${diagnostic.range.column}:${diagnostic.code}:${diagnostic.message.en}`;
    if (!seen.has(key)) diagnostics.push(diagnostic);
    seen.add(key);
  }
  return diagnostics;
}

interface AnnotatedSchema {
  readonly wanted?: Text;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function explain(source: SourceFile, error: ErrorObject): Diagnostic {
  const path = pathOf(error.instancePath);
  const schema = (error.parentSchema ?? {}) as AnnotatedSchema;
  const key = path.at(-1);
  const subject = key === undefined ? "" : typeof key === "number" ? `[${key + 1}]` : String(key);
  const found = describe(error.data);
  const wanted = schema.wanted ?? wantedBySchema(schema, error);
  const foundAndWanted = (code: Diagnostic["code"], didYouMean?: string) =>
    diagnose(
      source,
      path,
      code,
      text(`${subject} 写的是${found.zh}，应为${wanted.zh}`, `Cannot accept ${subject || "this"}: found ${found.en}, wanted ${wanted.en}`),
      { didYouMean },
    );

  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(error.params["additionalProperty"] ?? error.params["unevaluatedProperty"]);
      const allowed = Object.keys(schema.properties ?? {});
      return diagnose(
        source,
        [...path, name],
        "unknown-key",
        text(
          `没有“${clip(name)}”这个键；这里可以写：${allowed.join("、")}`,
          `Cannot accept the key "${clip(name)}" here: wanted one of ${allowed.join(", ")}`,
        ),
        { on: "key", didYouMean: didYouMean(name, allowed) },
      );
    }
    case "required": {
      const missing = String(error.params["missingProperty"]);
      return diagnose(
        source,
        path,
        "missing-key",
        text(
          `${subject === "" ? "" : `${subject} 里`}缺少必填的键 ${missing}`,
          `Cannot do without the key ${missing}${subject === "" ? "" : ` in ${subject}`}: it is required`,
        ),
        { on: "key" },
      );
    }
    case "dependentRequired": {
      const missing = String(error.params["missingProperty"]);
      const because = String(error.params["property"]);
      return diagnose(
        source,
        [...path, because],
        "missing-key",
        text(`写了 ${because} 就必须写 ${missing}`, `Cannot accept ${because} without ${missing}`),
        { on: "key" },
      );
    }
    case "propertyNames": {
      const name = String(error.params["propertyName"]);
      return diagnose(
        source,
        [...path, name],
        "bad-name",
        text(
          `名称“${clip(name)}”不合要求：用小写字母开头，只含小写字母、数字和单个连字符，最长 30 个字符`,
          `Cannot accept the name "${clip(name)}": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters`,
        ),
        { on: "key", didYouMean: nameSuggestion(name) },
      );
    }
    case "type":
      return foundAndWanted("wrong-type", typeSuggestion(error.data, schema));
    case "enum":
      return foundAndWanted("not-allowed", didYouMean(String(error.data), (error.params["allowedValues"] as unknown[]).map(String)));
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
    case "uniqueItems":
      return foundAndWanted("out-of-range");
    case "pattern":
    case "format":
      return foundAndWanted("bad-format");
    default:
      return foundAndWanted("not-allowed");
  }
}

function pathOf(pointer: string): Path {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step));
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

function wantedBySchema(schema: AnnotatedSchema, error: ErrorObject): Text {
  if (error.keyword === "enum") {
    const values = (error.params["allowedValues"] as unknown[]).map(String);
    return text(values.join("、"), values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`);
  }
  if (error.keyword === "const") return text(String(error.params["allowedValue"]), String(error.params["allowedValue"]));
  const { minimum, maximum } = schema;
  const range =
    minimum !== undefined && maximum !== undefined
      ? text(` ${minimum} 到 ${maximum} 之间的`, ` from ${minimum} to ${maximum}`)
      : text("", "");
  switch (schema.type) {
    case "integer":
      return text(`${range.zh}整数（不写单位）`, `a whole number${range.en}, without a unit`);
    case "boolean":
      return text("true 或 false", "true or false");
    case "string":
      return text("文字（数字开头的编号请加引号）", "text (put a number that is a name in quotes)");
    case "array":
      return text("列表", "a list");
    case "object":
      return text("一组键值", "a mapping of keys to values");
    default:
      return text("另一种写法", "something else");
  }
}

/** "16GB" for 16, "yes" for true: the value that was meant. */
function typeSuggestion(value: unknown, schema: AnnotatedSchema): string | undefined {
  if (typeof value !== "string") return undefined;
  if (schema.type === "integer") return /^\s*(\d+)\s*(g|gb|gib|核|c|u|w|个|台)?\s*$/i.exec(value)?.[1];
  if (schema.type === "boolean") {
    if (/^(yes|y|on|true|是)$/i.test(value)) return "true";
    if (/^(no|n|off|false|否)$/i.test(value)) return "false";
  }
  return undefined;
}

/** The nearest allowed spelling, when it is near enough to be a slip. */
export function didYouMean(found: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0 || found.length > 60) return undefined;
  const plain = (words: string) => words.toLowerCase().replaceAll(/[-_\s]/g, "");
  const same = allowed.find((each) => plain(each) === plain(found));
  if (same !== undefined) return same;
  const nearest = closest(found, [...allowed]);
  const limit = Math.max(1, Math.floor(Math.min(found.length, nearest.length) / 3));
  return distance(found, nearest) <= limit ? nearest : undefined;
}

function nameSuggestion(name: string): string | undefined {
  const suggestion = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-0-9]+|-+$/g, "")
    .slice(0, 30);
  return suggestion === "" || suggestion === name ? undefined : suggestion;
}

function isCalendarDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  try {
    Temporal.PlainDate.from(value, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

/** Text that people read. It reaches Terraform, Markdown, HTML and terminals: template marks and invisible characters are refused at the door. */
function isFreeText(value: string): boolean {
  return (
    !CONTROL_CHARACTER.test(value) && !/[\n\t]/.test(value) && !value.includes("${") && !value.includes("%{") && value.trim() === value
  );
}
