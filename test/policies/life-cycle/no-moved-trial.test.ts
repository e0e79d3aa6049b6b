import { noMovedTrial } from "../../../policies/life-cycle/no-moved-trial.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-moved-trial.cases.ts";

testCases(noMovedTrial, cases);
