import { noPriceEditedInForce } from "../../../policies/price/no-price-edited-in-force.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-price-edited-in-force.cases.ts";

testCases(noPriceEditedInForce, cases);
