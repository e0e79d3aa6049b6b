import { noDateBeforeContract } from "../../../policies/life-cycle/no-date-before-contract.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-date-before-contract.cases.ts";

testCases(noDateBeforeContract, cases);
