import { noVanishedFile } from "../../../policies/life-cycle/no-vanished-file.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-vanished-file.cases.ts";

testCases(noVanishedFile, cases);
