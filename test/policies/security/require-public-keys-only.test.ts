import { requirePublicKeysOnly } from "../../../policies/security/require-public-keys-only.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-public-keys-only.cases.ts";

testCases(requirePublicKeysOnly, cases);
