import { requireReasonForDoubling } from "../../../policies/price/require-reason-for-doubling.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-reason-for-doubling.cases.ts";

testCases(requireReasonForDoubling, cases);
