import { noImagePastSupport } from "../../../policies/security/no-image-past-support.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-image-past-support.cases.ts";

testCases(noImagePastSupport, cases);
