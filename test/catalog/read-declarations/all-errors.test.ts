import { describe, expect, test } from "vitest";
import { errorsOf, resultOf, SERVER, SYSTEM, WHERE, withSystem } from "./declared-files.ts";

describe("All errors of all files", () => {
  const files = {
    "hrss/tenant.yaml": "nmae: 人社局\n",
    "hrss/a.yaml": "name: [\n",
    "hrss/b.yaml": SYSTEM.replace("mlps: 2", "mlps: two").replace("classified: false", "classified: no"),
    "hrss/c.yaml": SYSTEM.replace("pool: gov", "pool: none"),
    "hrss/good.yaml": SYSTEM,
    "hrss/notes.txt": "x\n",
    "health/tenant.yaml": "name: 卫健委\n",
    "health/fine.yaml": SYSTEM,
  };

  test("come in one run, each with its place", () => {
    expect(errorsOf(files).sort()).toEqual([
      "hrss/a.yaml:2:1+1 syntax: Cannot parse YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
      'hrss/b.yaml:3:7+3 not-allowed: Cannot accept mlps: found the text "two", wanted one of 2, 3',
      'hrss/b.yaml:5:13+2 wrong-type: Cannot accept classified: found the text "no", wanted true or false → false',
      'hrss/c.yaml:4:7+4 unknown-reference: Cannot find pool "none": wanted one of gov, ps',
      `hrss/notes.txt:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
      'hrss/tenant.yaml:1:1+4 unknown-key: Cannot accept the key "nmae" here: wanted one of name, monthlyBudget, range → name',
      "hrss/tenant.yaml:1:1+9 missing-key: Cannot do without the key name: it is required",
    ]);
  });

  test("leave the files without one readable", () => {
    expect(resultOf(files).declarations.systems.map(({ id }) => id)).toEqual(["health/fine", "hrss/good"]);
  });

  test("are told in Chinese as well", () => {
    expect(resultOf(withSystem(SERVER.replace("rocky-9", "rocky9"))).diagnostics[0]?.message.zh).toBe(
      "没有镜像“rocky9”；可用：kylin-v10-sp3、openeuler-22.03-sp4、uos-server-20、rocky-9",
    );
    expect(resultOf(withSystem("subnet: 10.21.0.0/24\n")).diagnostics[0]?.message.zh).toBe("10.21.0.0/24 不在本单位网段 10.20.0.0/16 内");
    expect(resultOf({ "x.yaml": "" }).diagnostics[0]?.message.zh).toBe(
      "文件位置或扩展名不对：只接受 stacks/tenants/<单位>/tenant.yaml 和 stacks/tenants/<单位>/<系统>.yaml",
    );
  });
});
