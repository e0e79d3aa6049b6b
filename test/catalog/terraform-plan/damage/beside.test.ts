import { describe, test } from "vitest";
import { KUBERNETES } from "./beside/kubernetes.ts";
import { NETWORKS } from "./beside/networks.ts";
import { SERVERS } from "./beside/servers.ts";
import { SERVICES } from "./beside/services.ts";
import { STORAGE } from "./beside/storage.ts";
import { check, type Row } from "./rows.ts";

/** Rows like the recorded ones, told from what the providers' documentation and the APIs behind them say. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  Servers: SERVERS,
  Networks: NETWORKS,
  "Storage and quotas": STORAGE,
  "Identity, keys, load balancers, names": SERVICES,
  "A Kubernetes cluster": KUBERNETES,
};

describe.each(Object.entries(ROWS))("%s:", (_subject, rows) => {
  test.each(rows)("$row", check);
});
