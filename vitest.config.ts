import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need a real OpenStack: `npm run test:cloud` starts one.
    exclude: ["test/cloud/**"],
    // No result depends on the machine: a zone far from Asia/Shanghai, and a language set by each test that prints.
    env: { TZ: "America/Los_Angeles", LANG: "C", LC_ALL: "", NO_COLOR: "1" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
