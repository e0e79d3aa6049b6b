import { defineConfig } from "vitest/config";
import { ENVIRONMENT } from "./test/environment.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need a real OpenStack: `npm run test:cloud` starts one.
    exclude: ["test/cloud/**"],
    env: { ...ENVIRONMENT },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
