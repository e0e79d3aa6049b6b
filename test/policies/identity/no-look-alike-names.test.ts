import { noLookAlikeNames } from "../../../policies/identity/no-look-alike-names.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-look-alike-names.cases.ts";

testCases(noLookAlikeNames, cases);
