import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { READMES, withRealOutputs } from "../scripts/setup/generate-readme.ts";
import { ROOT } from "./scripts/run.ts";

describe.each(READMES)("%s", (name) => {
  const readme = readFileSync(`${ROOT}/${name}`, "utf8");

  test("shows what the commands really print (`npm run generate` renews it)", () => {
    expect(readme).toMatch(/<!-- output of: plan /);
    expect(withRealOutputs(readme)).toBe(readme);
  });

  test("names only files and folders that exist", () => {
    const paths = [...readme.matchAll(/`((?:catalog|stacks|policies|cost|scripts|test|bench|providers)\/[A-Za-z0-9_./-]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(`${ROOT}/${path}`))).toEqual([]);
  });

  test("gives a reason for every dependency", () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(all.filter((dependency) => !readme.includes(`\`${dependency}\``))).toEqual([]);
  });

  test("names every command", () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as { scripts: Record<string, string> };
    for (const command of ["plan", "check", "synth", "catalog", "cdktf", "bench", "generate"]) {
      expect(scripts[command], command).toBeDefined();
      expect(readme).toContain(`npm run ${command}`);
    }
  });
});
