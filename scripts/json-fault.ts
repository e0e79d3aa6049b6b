import type { ErrorObject } from "ajv";
import { clip } from "../catalog/source/visible-text.ts";
import { type Text, text } from "../catalog/text.ts";

const TYPES: Readonly<Record<string, Text>> = {
  array: text("列表", "a list"),
  boolean: text("true 或 false", "true or false"),
  integer: text("整数", "a whole number"),
  null: text("null", "null"),
  number: text("数字", "a number"),
  object: text("一组键值", "an object"),
  string: text("文字", "text"),
};

/** What the first fault of a program's own JSON file is, as its schema finds it, without repeating what stands there. */
export function jsonFault(errors: readonly ErrorObject[] | null | undefined): Text {
  const [error] = errors ?? [];
  if (error === undefined) return text("写法不对", "it has another form");
  const { keyword, params, instancePath } = error;
  const place = clip(instancePath.split("/").slice(1).join("."), 120);
  const at = place === "" ? text("最外层", "the outermost") : text(place, place);
  switch (keyword) {
    case "required":
      return text(`${at.zh} 缺少 ${params["missingProperty"]}`, `${at.en} lacks ${params["missingProperty"]}`);
    case "additionalProperties":
      return text(
        `${at.zh} 里多了 ${clip(String(params["additionalProperty"]), 60)}`,
        `${at.en} has ${clip(String(params["additionalProperty"]), 60)}, which does not belong there`,
      );
    case "const":
      return wanted(at, [params["allowedValue"]]);
    case "enum":
      return wanted(at, params["allowedValues"] as readonly unknown[]);
    case "type": {
      const types = [params["type"] as string | readonly string[]].flat().map((name) => TYPES[name] ?? text(name, name));
      return text(`${at.zh} 应为${types.map(({ zh }) => zh).join("或")}`, `${at.en} is not ${types.map(({ en }) => en).join(" or ")}`);
    }
    default:
      return text(`${at.zh} 的写法不对`, `${at.en} is not of the form wanted`);
  }
}

function wanted(at: Text, values: readonly unknown[]): Text {
  const words = values.map((value) => JSON.stringify(value));
  return text(`${at.zh} 应为 ${words.join("、")}`, `${at.en} is not ${words.join(" or ")}`);
}
