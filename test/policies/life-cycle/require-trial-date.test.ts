import { requireTrialDate } from "../../../policies/life-cycle/require-trial-date.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-trial-date.cases.ts";

testCases(requireTrialDate, cases);
