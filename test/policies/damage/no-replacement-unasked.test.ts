import { noReplacementUnasked } from "../../../policies/damage/no-replacement-unasked.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-replacement-unasked.cases.ts";

testCases(noReplacementUnasked, cases);
