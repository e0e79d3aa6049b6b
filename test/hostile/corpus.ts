import type { HostileInput } from "./input.ts";
import { byteInputs } from "./inputs/bytes.ts";
import { limitInputs } from "./inputs/limits.ts";
import { nameInputs } from "./inputs/names.ts";
import { schemaInputs } from "./inputs/schema.ts";
import { templateInputs } from "./inputs/templates.ts";
import { valueInputs } from "./inputs/values.ts";
import { yamlInputs } from "./inputs/yaml.ts";

/** Every input that has to be refused; what each is refused with stands in refusals.txt. */
export const CORPUS: readonly HostileInput[] = [
  ...yamlInputs,
  ...byteInputs,
  ...limitInputs,
  ...nameInputs,
  ...schemaInputs,
  ...valueInputs,
  ...templateInputs,
];
