import type { Pool } from "../../catalog/pool.ts";
import { pool } from "../declared.ts";
import type { CloudFacts } from "./start.ts";

/** The samples' government pool, with the loopback cloud as its own. */
export function cloudPool(facts: CloudFacts | undefined): Pool {
  const gov = pool();
  if (facts === undefined) return gov;
  const { authUrl, region, domain, domainId, vendingProject, userId, roleId } = facts;
  return {
    ...gov,
    openstack: {
      ...gov.openstack,
      authUrl,
      region,
      userDomain: domain,
      projectDomain: domain,
      domainId,
      vendingProject,
      operator: { userId, roleId },
    },
  };
}
