import { noResourceLeftUnmanaged } from "../../../policies/damage/no-resource-left-unmanaged.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-resource-left-unmanaged.cases.ts";

testCases(noResourceLeftUnmanaged, cases);
