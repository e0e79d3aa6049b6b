import { noOverrunTrial } from "../../../policies/life-cycle/no-overrun-trial.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-overrun-trial.cases.ts";

testCases(noOverrunTrial, cases);
