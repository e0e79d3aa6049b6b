import { requireEntriesKnownBefore } from "../../../policies/catalogue/require-entries-known-before.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-entries-known-before.cases.ts";

testCases(requireEntriesKnownBefore, cases);
