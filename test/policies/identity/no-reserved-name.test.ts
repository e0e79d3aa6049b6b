import { noReservedName } from "../../../policies/identity/no-reserved-name.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-reserved-name.cases.ts";

testCases(noReservedName, cases);
