import { noObjectQuotaLowered } from "../../../policies/damage/no-object-quota-lowered.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-object-quota-lowered.cases.ts";

testCases(noObjectQuotaLowered, cases);
