import { isDeepStrictEqual } from "node:util";
import type { Declaration } from "../../catalog/declaration.ts";
import { isProvided } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, pass, undetermined, violation } from "../policy.ts";
