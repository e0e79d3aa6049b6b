import { noStageGoingBack } from "../../../policies/life-cycle/no-stage-going-back.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-stage-going-back.cases.ts";

testCases(noStageGoingBack, cases);
