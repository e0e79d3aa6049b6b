import { noChangeThatFails } from "../../../policies/damage/no-change-that-fails.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-change-that-fails.cases.ts";

testCases(noChangeThatFails, cases);
