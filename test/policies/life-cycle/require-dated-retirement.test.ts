import { requireDatedRetirement } from "../../../policies/life-cycle/require-dated-retirement.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-dated-retirement.cases.ts";

testCases(requireDatedRetirement, cases);
