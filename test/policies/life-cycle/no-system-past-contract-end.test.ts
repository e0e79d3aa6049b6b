import { noSystemPastContractEnd } from "../../../policies/life-cycle/no-system-past-contract-end.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-system-past-contract-end.cases.ts";

testCases(noSystemPastContractEnd, cases);
