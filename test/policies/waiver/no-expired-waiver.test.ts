import { noExpiredWaiver } from "../../../policies/waiver/no-expired-waiver.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-expired-waiver.cases.ts";

testCases(noExpiredWaiver, cases);
