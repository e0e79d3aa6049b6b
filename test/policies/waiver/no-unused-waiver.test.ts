import { noUnusedWaiver } from "../../../policies/waiver/no-unused-waiver.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-unused-waiver.cases.ts";

testCases(noUnusedWaiver, cases);
