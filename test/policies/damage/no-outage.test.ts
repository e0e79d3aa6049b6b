import { noOutage } from "../../../policies/damage/no-outage.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-outage.cases.ts";

testCases(noOutage, cases);
