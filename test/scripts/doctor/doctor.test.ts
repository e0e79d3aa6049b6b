import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { DoctorResult } from "../../../scripts/doctor.ts";
import { SAMPLES } from "../../tree.ts";
import { govcloud, ROOT } from "../run.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<DoctorResult>(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/doctor.schema.json`, "utf8")) as object,
);
/** A machine without engine, credentials and cloud. */
const bare = {
  PATH: "/nowhere",
  OS_USERNAME: "",
  OS_PASSWORD: "",
  KUBE_TOKEN: "",
  GOVCLOUD_ENGINE: "",
  GOVCLOUD_STATE: join(tmpdir(), "govcloud-doctor-no-states"),
};
const doctor = (...args: string[]) => govcloud(["doctor", "--tree", SAMPLES, ...args], { env: bare });

describe("npm run doctor", () => {
  test("prints JSON of its schema, and fails where a check fails", () => {
    const { code, stdout, stderr } = doctor("--format", "json", "--pool", "gov");
    expect([code, stderr]).toEqual([1, ""]);
    const result: unknown = JSON.parse(stdout);
    if (!validate(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validate.errors, null, 2)}`);
    expect(result.checks.map(({ id, result: told }) => `${id} ${told}`)).toEqual([
      "node ok",
      "git failed",
      "engine failed",
      "providers failed",
      "state-store ok",
      "locks ok",
      "login/gov failed",
      "clock/gov not-checked",
      "role/gov not-checked",
      "references/gov not-checked",
      "quota/gov not-checked",
      "capacity/gov not-checked",
      "kubernetes/gov failed",
    ]);
    expect(result.checks.filter((check) => check.result === "failed" && check.remedy === null)).toEqual([]);
  });

  test.each([
    { lang: "en", heading: "Remedies", count: "13 checks: 5 failed, 0 warnings, 5 not checked" },
    { lang: "zh", heading: "怎么办", count: "13 项检查：失败 5，注意 0，未检查 5" },
  ])("prints a table and remedies ($lang)", ({ lang, heading, count }) => {
    const { stdout } = doctor("--lang", lang, "--pool", "gov");
    expect(stdout.split("\n")).toContain(heading);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(count);
  });

  test("checks every pool where none is named, and refuses one that is not there", () => {
    const { stdout } = doctor("--format", "json");
    expect((JSON.parse(stdout) as DoctorResult).checks.filter(({ id }) => id.startsWith("login/")).map(({ id }) => id)).toEqual([
      "login/gov",
      "login/ps",
    ]);
    const { code, stderr } = doctor("--pool", "nowhere");
    expect([code, stderr]).toEqual([3, 'Cannot check pool "nowhere": wanted one of gov, ps\n']);
  });
});
