import { noSharedDisplayName } from "../../../policies/identity/no-shared-display-name.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-shared-display-name.cases.ts";

testCases(noSharedDisplayName, cases);
