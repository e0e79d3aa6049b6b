import { defineConfig } from "vitest/config";
import { ENVIRONMENT } from "./test/environment.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need a real OpenStack: `npm run test:cloud` starts one.
    exclude: ["test/cloud/**"],
    env: { ...ENVIRONMENT },
    // Most tests wait for commands that they start: a core for the runner alone would stand idle.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
