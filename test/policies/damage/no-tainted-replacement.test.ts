import { noTaintedReplacement } from "../../../policies/damage/no-tainted-replacement.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-tainted-replacement.cases.ts";

testCases(noTaintedReplacement, cases);
