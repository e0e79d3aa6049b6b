import { noProtectionLowered } from "../../../policies/security/no-protection-lowered.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-protection-lowered.cases.ts";

testCases(noProtectionLowered, cases);
