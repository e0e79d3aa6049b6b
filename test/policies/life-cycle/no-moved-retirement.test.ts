import { noMovedRetirement } from "../../../policies/life-cycle/no-moved-retirement.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-moved-retirement.cases.ts";

testCases(noMovedRetirement, cases);
