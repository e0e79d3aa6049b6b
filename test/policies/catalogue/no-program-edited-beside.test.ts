import { noProgramEditedBeside } from "../../../policies/catalogue/no-program-edited-beside.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-program-edited-beside.cases.ts";

testCases(noProgramEditedBeside, cases);
