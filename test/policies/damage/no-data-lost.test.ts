import { noDataLost } from "../../../policies/damage/no-data-lost.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-data-lost.cases.ts";

testCases(noDataLost, cases);
