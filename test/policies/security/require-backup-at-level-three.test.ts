import { requireBackupAtLevelThree } from "../../../policies/security/require-backup-at-level-three.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-backup-at-level-three.cases.ts";

testCases(requireBackupAtLevelThree, cases);
