import { requireKnownNames } from "../../../policies/damage/require-known-names.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-known-names.cases.ts";

testCases(requireKnownNames, cases);
