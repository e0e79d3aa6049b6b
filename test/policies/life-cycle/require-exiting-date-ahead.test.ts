import { requireExitingDateAhead } from "../../../policies/life-cycle/require-exiting-date-ahead.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-exiting-date-ahead.cases.ts";

testCases(requireExitingDateAhead, cases);
