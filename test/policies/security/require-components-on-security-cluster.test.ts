import { requireComponentsOnSecurityCluster } from "../../../policies/security/require-components-on-security-cluster.ts";
import { testCases } from "../cases.ts";
import { cases } from "./require-components-on-security-cluster.cases.ts";

testCases(requireComponentsOnSecurityCluster, cases);
