import { noSingleServerBehindInternet } from "../../../policies/security/no-single-server-behind-internet.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-single-server-behind-internet.cases.ts";

testCases(noSingleServerBehindInternet, cases);
