import { noWaiverUnseen } from "../../../policies/waiver/no-waiver-unseen.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-waiver-unseen.cases.ts";

testCases(noWaiverUnseen, cases);
