import { requireDataInPrc } from "../../../policies/security/require-data-in-prc.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-data-in-prc.cases.ts";

testCases(requireDataInPrc, cases);
