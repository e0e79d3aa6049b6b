import { noPoolChange } from "../../../policies/damage/no-pool-change.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-pool-change.cases.ts";

testCases(noPoolChange, cases);
