import { noRebootUnannounced } from "../../../policies/damage/no-reboot-unannounced.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-reboot-unannounced.cases.ts";

testCases(noRebootUnannounced, cases);
