import { requirePinnedImages } from "../../../policies/security/require-pinned-images.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-pinned-images.cases.ts";

testCases(requirePinnedImages, cases);
