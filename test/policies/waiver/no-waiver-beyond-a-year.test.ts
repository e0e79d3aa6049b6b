import { noWaiverBeyondAYear } from "../../../policies/waiver/no-waiver-beyond-a-year.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-waiver-beyond-a-year.cases.ts";

testCases(noWaiverBeyondAYear, cases);
