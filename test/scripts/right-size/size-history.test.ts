import { afterEach, expect, test } from "vitest";
import { endOfMonth, readSizesBefore } from "../../../scripts/right-size/size-history.ts";
import { declaration, sourceOf } from "../../declared.ts";
import { type Repository, repositoryWith } from "./repository.ts";

const PATH = "stacks/tenants/hrss/social.yaml";
const app = (cpu: number, rest = "") =>
  `servers:\n  app: { cpu: ${cpu}, memoryGb: 16, systemDisk: { sizeGb: 60 }, dataDisks: { a: { sizeGb: 10 }, b: { sizeGb: 5 } }${rest} }\n`;
const TREE = { "catalog/annex-1.yaml": "x" };
const SOCIAL = declaration({ source: sourceOf(app(1)) });

let repository: Repository | undefined;
afterEach(() => repository?.remove());

test("A month ends at midnight in Shanghai, whatever the machine's zone", () => {
  expect([endOfMonth("2026-10").toString(), endOfMonth("2026-12").toString()]).toEqual(["2026-10-31T16:00:00Z", "2026-12-31T16:00:00Z"]);
});

test("The state just before midnight of the month's last day counts, as the branch in use had it", () => {
  repository = repositoryWith({ ...TREE, [PATH]: app(8) }, "2026-09-01");
  repository.git("checkout", "--quiet", "-b", "other");
  repository.put(PATH, app(2));
  repository.commit("2026-10-05");
  repository.git("checkout", "--quiet", "main");
  repository.put(PATH, app(6));
  repository.commit("2026-10-31T23:59:59");
  repository.put(PATH, app(4));
  repository.commit("2026-11-01T00:00:00");
  const cpuAt = (month: string) =>
    readSizesBefore(repository?.folder ?? "", endOfMonth(month))
      ?.of(SOCIAL)
      ?.get("app");
  expect(["2026-08", "2026-09", "2026-10", "2026-11"].map((month) => cpuAt(month)?.cpu)).toEqual([8, 8, 6, 4]);
  expect(cpuAt("2026-10")).toEqual({ cpu: 6, memoryGb: 16, diskGb: 75 });
});

test("What is merged counts from its merge", () => {
  repository = repositoryWith({ ...TREE, [PATH]: app(8) }, "2026-09-01");
  repository.git("checkout", "--quiet", "-b", "advice");
  repository.put(PATH, app(4));
  repository.commit("2026-10-05");
  repository.git("checkout", "--quiet", "main");
  repository.git("merge", "--quiet", "--no-ff", "--no-commit", "advice");
  repository.commit("2026-11-03");
  const cpu = ["2026-10", "2026-11"].map(
    (month) =>
      readSizesBefore(repository?.folder ?? "", endOfMonth(month))
        ?.of(SOCIAL)
        ?.get("app")?.cpu,
  );
  expect(cpu).toEqual([8, 4]);
});

test("A file that was not there, cannot be read or has other shapes gives no sizes, and a folder without git no history", () => {
  repository = repositoryWith(
    { ...TREE, "stacks/tenants/hrss/x.yaml": "a: [", [PATH]: "servers: { app: { cpu: many }, web: 3 }\n" },
    "2026-09-01",
  );
  const found = readSizesBefore(repository.folder, endOfMonth("2026-10"));
  expect(found?.of(SOCIAL)).toEqual(new Map());
  expect(found?.of(declaration({ id: "hrss/x", source: sourceOf("a: b", "stacks/tenants/hrss/x.yaml") }))).toEqual(new Map());
  expect(found?.of(declaration({ id: "hrss/new", source: sourceOf("a: b", "stacks/tenants/hrss/new.yaml") }))).toEqual(new Map());
  repository.git("update-ref", "-d", "refs/heads/main");
  expect(readSizesBefore(repository.folder, endOfMonth("2026-10"))).toBeUndefined();
});

test("What came after the instant counts as it came, the tree or one file", () => {
  repository = repositoryWith({ "README.md": "x" }, "2026-01-01");
  repository.put("catalog/annex-1.yaml", "x");
  repository.commit("2026-11-02");
  repository.put(PATH, app(8));
  repository.commit("2026-11-03");
  repository.put(PATH, app(4));
  repository.commit("2026-11-04");
  const found = readSizesBefore(repository.folder, endOfMonth("2026-10"));
  expect(found?.of(SOCIAL).get("app")?.cpu).toBe(8);
});
