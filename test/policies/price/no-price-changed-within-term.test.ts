import { noPriceChangedWithinTerm } from "../../../policies/price/no-price-changed-within-term.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-price-changed-within-term.cases.ts";

testCases(noPriceChangedWithinTerm, cases);
