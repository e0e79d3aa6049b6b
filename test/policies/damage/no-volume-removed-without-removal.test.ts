import { noVolumeRemovedWithoutRemoval } from "../../../policies/damage/no-volume-removed-without-removal.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-volume-removed-without-removal.cases.ts";

testCases(noVolumeRemovedWithoutRemoval, cases);
