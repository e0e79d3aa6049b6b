import { noGrowthPastContractEnd } from "../../../policies/life-cycle/no-growth-past-contract-end.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-growth-past-contract-end.cases.ts";

testCases(noGrowthPastContractEnd, cases);
