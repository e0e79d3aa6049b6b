import { defineConfig } from "vitest/config";
import { ENVIRONMENT } from "./test/environment.ts";

/** `npm run test:cloud`: against a real OpenStack on loopback, which it starts and stops; `npm test` leaves these tests out. */
export default defineConfig({
  test: {
    include: ["test/cloud/**/*.test.ts"],
    globalSetup: ["test/openstack/start.ts", "test/kubernetes/start.ts"],
    env: { ...ENVIRONMENT },
    // One cloud, whose projects and quotas the files share.
    fileParallelism: false,
    testTimeout: 15 * 60_000,
    hookTimeout: 30 * 60_000,
  },
});
