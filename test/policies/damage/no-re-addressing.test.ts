import { noReAddressing } from "../../../policies/damage/no-re-addressing.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-re-addressing.cases.ts";

testCases(noReAddressing, cases);
