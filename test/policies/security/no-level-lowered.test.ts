import { noLevelLowered } from "../../../policies/security/no-level-lowered.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-level-lowered.cases.ts";

testCases(noLevelLowered, cases);
