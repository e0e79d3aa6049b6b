import { readFileSync } from "node:fs";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Temporal } from "temporal-polyfill";
import { isCidr } from "../cidr.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { explainSchemaError } from "./explain-schema-error.ts";
import { MAX_ERRORS } from "./limits.ts";
import type { SourceFile } from "./source-file.ts";
import { CONTROL_CHARACTER } from "./visible-text.ts";

/** Schemas of what people write, by the name of their file in `catalog/schema/`. */
export type SchemaName =
  | "annex-1"
  | "annex-2"
  | "contract"
  | "price-book"
  | "pools"
  | "flavors"
  | "images"
  | "components"
  | "usage-queries"
  | "tenant"
  | "system"
  | "waivers"
  | "approvers"
  | "approvals"
  | "approval-keys"
  | "owners";

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
  // An anyOf reports each of its branches and then itself, an inadmissible name what is wrong with it and then itself: the last says it all.
  const alternatives = [
    ...new Set(errors.filter((error) => error.keyword === "anyOf" || error.keyword === "oneOf").map((error) => `${error.schemaPath}/`)),
  ];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    if (error.keyword === "if" || alternatives.some((path) => error.schemaPath.startsWith(path))) continue;
    if (error.propertyName !== undefined && error.keyword !== "propertyNames") continue;
    const diagnostic = explainSchemaError(source, error);
    const key = `${diagnostic.range.line}:${diagnostic.range.column}:${diagnostic.code}:${diagnostic.message.en}`;
    if (!seen.has(key)) diagnostics.push(diagnostic);
    seen.add(key);
    if (diagnostics.length === MAX_ERRORS) break;
  }
  return diagnostics;
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
    !CONTROL_CHARACTER.test(value) &&
    !/[\n\t]/.test(value) &&
    !value.includes("${") &&
    !value.includes("%{") &&
    !value.includes("TfToken[") &&
    value.trim() === value
  );
}

export { didYouMean } from "./did-you-mean.ts";
