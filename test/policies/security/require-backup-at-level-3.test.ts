import { requireBackupAtLevel3 } from "../../../policies/security/require-backup-at-level-3.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-backup-at-level-3.cases.ts";

testCases(requireBackupAtLevel3, cases);
