import { requireBundleComponents } from "../../../policies/security/require-bundle-components.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-bundle-components.cases.ts";

testCases(requireBundleComponents, cases);
