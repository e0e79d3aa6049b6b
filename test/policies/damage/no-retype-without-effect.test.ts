import { noRetypeWithoutEffect } from "../../../policies/damage/no-retype-without-effect.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-retype-without-effect.cases.ts";

testCases(noRetypeWithoutEffect, cases);
