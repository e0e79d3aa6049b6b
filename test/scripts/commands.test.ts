import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../scripts/govcloud.ts";
import { SAMPLES } from "../tree.ts";
import { checkResult } from "./plan/planned.ts";
import { govcloud, ROOT } from "./run.ts";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-commands-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const AT = ["--at", "2026-01-15"];
const TENANTS = "stacks/tenants";

/** A copy of this repository's data in a folder of its own, some files changed. */
function treeFolder(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(work, name);
  for (const part of ["catalog", TENANTS]) cpSync(join(SAMPLES, part), join(folder, part), { recursive: true });
  for (const [path, words] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), words);
  }
  return folder;
}

const SYSTEM = "name: 新系统\nstage: trial\nmlps: 2\npool: gov\nclassified: false\n";

describe("plan", () => {
  test("prints the JSON result of the published schema to standard output, and nothing else", () => {
    const { code, stdout, stderr } = govcloud(["plan", "--base", "none", "--format", "json", ...AT]);
    expect([code, stderr]).toEqual([0, ""]);
    const result = checkResult(JSON.parse(stdout));
    expect([result.at, result.base, result.verdict, result.total.fee.after]).toEqual(["2026-01-15", null, "accepted", "592385.06"]);
  });

  test.each(["text", "markdown", "json"])("gives the same bytes twice, as %s", (format) => {
    const run = () => govcloud(["plan", "--base", "none", "--format", format, ...AT]).stdout;
    expect(run()).toBe(run());
  });

  test("takes its language from LANG, and --lang overrides it", () => {
    expect(govcloud(["plan", "--base", "none", ...AT], { env: { LANG: "zh_CN.UTF-8" } }).stdout).toContain("✔ 通过");
    expect(govcloud(["plan", "--base", "none", "--lang", "en", ...AT], { env: { LANG: "zh_CN.UTF-8" } }).stdout).toContain("✔ ACCEPTED");
  });

  test("compares with another folder", () => {
    const head = treeFolder("added", { [`${TENANTS}/hrss/new-system.yaml`]: SYSTEM });
    const { code, stdout } = govcloud(["plan", "--tree", head, "--base", SAMPLES, "--format", "json", ...AT]);
    const result = checkResult(JSON.parse(stdout));
    expect([code, result.systems.map(({ id, change, monthly }) => `${id} ${change} ${monthly.delta}`)]).toEqual([
      0,
      ["hrss/new-system added 2160.00"],
    ]);
  });

  test("compares the work tree with its merge base on the main branch", () => {
    const folder = treeFolder("repository");
    const git = (...args: string[]) => {
      const { status, stderr } = spawnSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
    };
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
    git("switch", "-qc", "request");
    writeFileSync(join(folder, TENANTS, "hrss/new-system.yaml"), SYSTEM);
    git("add", "-A");
    git("commit", "-qm", "request");
    const { code, stdout } = govcloud(["plan", "--tree", folder, "--format", "json", ...AT]);
    expect([code, checkResult(JSON.parse(stdout)).systems.map(({ id }) => id)]).toEqual([0, ["hrss/new-system"]]);
    // A revision is a base too, and a file that is not committed counts.
    writeFileSync(join(folder, TENANTS, "hrss/other-system.yaml"), SYSTEM.replace("新系统", "另一系统"));
    const again = govcloud(["plan", "--tree", folder, "--base", "request", "--format", "json", ...AT]);
    expect(checkResult(JSON.parse(again.stdout)).systems.map(({ id }) => id)).toEqual(["hrss/other-system"]);
  });

  test("exits with 2 and says why where a mandatory policy refuses", () => {
    const head = treeFolder("classified", { [`${TENANTS}/hrss/new-system.yaml`]: SYSTEM.replace("classified: false", "classified: true") });
    const { code, stdout } = govcloud(["plan", "--tree", head, "--base", SAMPLES, ...AT]);
    expect(code).toBe(2);
    expect(stdout).toContain("✘ REFUSED");
    expect(stdout).toContain("stacks/tenants/hrss/new-system.yaml:5:13 · security/no-classified-system · contract 8.2.5");
  });

  test("shows one system in full", () => {
    const { code, stdout } = govcloud(["plan", "--base", "none", "--system", "hrss/social-insurance", ...AT]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hrss\/social-insurance {2}社会保险核心业务系统 {2}\[added\]$/m);
    expect(stdout).toMatch(/Total +18,396\.00$/m);
  });

  test("writes the result to a file", () => {
    const file = join(work, "plan.md");
    const { code, stdout } = govcloud(["plan", "--base", "none", "--format", "markdown", "--out", file, ...AT]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(readFileSync(file, "utf8")).toMatch(/^## ✅ ACCEPTED/);
    expect(readdirSync(work).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("what is asked wrongly is refused with exit code 3, a reason, and nothing on standard output", () => {
  test.each([
    {
      what: "an unknown system",
      args: ["plan", "--base", "none", "--system", "hrss/social-insurence"],
      says: 'Cannot find system "hrss/social-insurence"; did you mean hrss/social-insurance',
    },
    {
      what: "a base that does not exist",
      args: ["plan", "--base", "no-such-branch"],
      says: 'Cannot compare with base "no-such-branch": it is no commit, branch or tag',
    },
    { what: "a base that looks like an option", args: ["plan", "--base=--output=x"], says: 'Cannot compare with base "--output=x"' },
    { what: "a tree that does not exist", args: ["plan", "--tree", "no/such/folder"], says: "there is no folder" },
    { what: "a folder that is no tree", args: ["check", "--tree", "/"], says: "it has no catalog/annex-1.yaml" },
    { what: "a date that is none", args: ["plan", "--at", "2026-02-30"], says: 'Cannot read --at "2026-02-30"' },
    {
      what: "a day before any contract",
      args: ["plan", "--base", "none", "--at", "2025-06-19"],
      says: "Cannot price 2025-06-19: no contract had begun",
    },
    { what: "an unknown flag", args: ["plan", "--bogus"], says: "unknown option '--bogus'" },
    { what: "an unknown format", args: ["plan", "--format", "pdf"], says: "wanted one of text, markdown, json" },
    {
      what: "an engine's option where none is asked",
      args: ["plan", "--base", "none", "--jobs", "2", "--time-limit", "0.01"],
      says: "Cannot use --jobs, --time-limit without --online: an offline plan asks no engine; add --online or leave them out",
    },
    { what: "an unknown command", args: ["paln"], says: "unknown command 'paln'" },
    { what: "an output file in no folder", args: ["plan", "--base", "none", "--out", "no/such/folder/plan.txt"], says: "Cannot write" },
    {
      what: "a folder that synth would overwrite",
      args: ["synth", "--out", "catalog"],
      says: "it holds something else than an earlier synthesis",
    },
  ])("$what", ({ args, says }) => {
    const { code, stdout, stderr } = govcloud(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(says);
  });

  test("declarations with errors, all of them at once, each under a caret", () => {
    const head = treeFolder("bad", {
      [`${TENANTS}/hrss/bad.yaml`]: `${SYSTEM}servers:\n  app: { familiy: general, cpu: 4, memoryGb: 16GB, image: kylin-v10-sp3, systemDisk: { type: ssd, sizeGb: 60 } }\n`,
      [`${TENANTS}/hrss/worse.yaml`]: "name: [\n",
      [`${TENANTS}/stray.yaml`]: SYSTEM,
    });
    for (const command of ["plan", "check", "synth"]) {
      const { code, stdout, stderr } = govcloud([command, "--tree", head, ...(command === "plan" ? ["--base", "none"] : [])]);
      expect({ code, stdout }, command).toEqual({ code: 3, stdout: "" });
      for (const says of [
        "stacks/tenants/hrss/bad.yaml:7:10",
        "did you mean: family",
        "did you mean: 16",
        "^^^^",
        "stacks/tenants/hrss/worse.yaml",
        "stacks/tenants/stray.yaml",
        "nothing was priced or judged",
      ])
        expect(stderr, command).toContain(says);
    }
  });

  test("a base with errors, told apart from the request's own", () => {
    const base = treeFolder("bad-base", { [`${TENANTS}/hrss/bad.yaml`]: "name: x\n" });
    const { code, stderr } = govcloud(["plan", "--base", base, ...AT]);
    expect(code).toBe(3);
    expect(stderr).toContain("Cannot compare with base");
  });
});

test("an internal failure exits with 1 and its cause, never with 0", () => {
  // The program without its price schema: a defect of the installation, which no request can cause.
  const broken = join(work, "broken");
  for (const part of ["catalog", "cost", "policies", "scripts", "stacks", "package.json"])
    cpSync(join(ROOT, part), join(broken, part), { recursive: true });
  rmSync(join(broken, "catalog/schema/price-book.schema.json"));
  spawnSync("ln", ["-s", join(ROOT, "node_modules"), join(broken, "node_modules")]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(broken, "scripts/govcloud.ts"), "check"], {
    encoding: "utf8",
    env: { ...process.env, LANG: "C" },
  });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^Internal failure \(not the request's fault\): .*price-book\.schema\.json/);
});

describe("check", () => {
  test("accepts the samples in one line", () => {
    const { code, stdout, stderr } = govcloud(["check", ...AT]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^✔ ACCEPTED {2}20 systems with \d+ resources checked: 0 mandatory findings, 0 of advice\nNothing was compared, so what the change does \(data lost, outages, vanished files\) was not judged: give --base <revision\|folder>\n$/,
    );
  });

  test("compares with the merge base on the main branch, so that a file that vanished is found; outside Git it says that it does not", () => {
    const folder = treeFolder("vanished");
    const check = () => govcloud(["check", "--tree", folder, "--lang", "zh", ...AT]);
    rmSync(join(folder, TENANTS, "ecology/air-monitoring.yaml"));
    expect(check()).toMatchObject({ code: 0, stdout: expect.stringContaining("没有与基准比较") });
    rmSync(folder, { recursive: true });
    treeFolder("vanished");
    const git = (...args: string[]) =>
      spawnSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { encoding: "utf8" });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-qm", "base");
    const base = git("rev-parse", "HEAD").stdout.slice(0, 10);
    expect(check()).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`\n与 ${base} 比较\n$`)) });
    rmSync(join(folder, TENANTS, "ecology/air-monitoring.yaml"));
    const refused = check();
    expect([refused.code, refused.stdout]).toEqual([2, expect.stringContaining("life-cycle/no-vanished-file")]);
    expect(refused.stdout).toContain("stacks/tenants/ecology/air-monitoring.yaml:1:1");
    expect(govcloud(["check", "--tree", folder, "--base", "none", ...AT]).code).toBe(0);
  });

  test("points out a day after the term, and names the last day of the run-on", () => {
    const { code, stdout } = govcloud(["check", "--at", "2026-07-01", "--lang", "zh"]);
    // 30 working days after 2026-06-19: the State Council's calendar has no holiday between, so six weeks.
    expect([code, stdout]).toEqual([0, expect.stringContaining("最多继续服务到 2026-07-31")]);
  });
});

describe("synth", () => {
  test("writes every stack and a manifest, the same bytes every time, and replaces an earlier synthesis", () => {
    const out = join(work, "cdktf.out");
    const first = govcloud(["synth", "--out", out, ...AT]);
    expect([first.code, first.stdout]).toEqual([0, `Synthesised 20 stacks to ${out}\n`]);
    const files = readdirSync(out, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .sort();
    const bytes = files.map((name) => readFileSync(join(out, name), "utf8"));
    expect(files).toHaveLength(21);
    expect(govcloud(["synth", "--out", out, "--at", "2026-02-01"]).code).toBe(0);
    expect(files.map((name) => readFileSync(join(out, name), "utf8"))).toEqual(bytes);
    expect(readdirSync(work).filter((name) => name.startsWith(".cdktf.out"))).toEqual([]);
    const stack = JSON.parse(readFileSync(join(out, "stacks/hrss--social-insurance/cdk.tf.json"), "utf8")) as {
      output: Record<string, { value: string }>;
    };
    expect(stack.output["monthly_list_price_cny"]?.value).toBe("18396.00");
  });
});

describe("catalog", () => {
  test("shows every line with its ceiling, and the doubts of the scan", () => {
    const { code, stdout } = govcloud(["catalog", "lines", ...AT]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +13 {2}GPU card type 6 .*2,812\.50 .*gpuMemoryGb 48/m);
    expect(stdout).toMatch(/^ {2}\* 27: /m);
  });

  test("gives the same as JSON", () => {
    const catalogue = JSON.parse(govcloud(["catalog", "--format", "json", ...AT]).stdout) as {
      lines: { item: string; ceiling: string }[];
      pools: { key: string }[];
    };
    expect(catalogue.lines.map(({ item }) => item)).toHaveLength(28);
    expect(catalogue.pools.map(({ key }) => key)).toEqual(["gov", "ps"]);
  });

  test("refuses a part that it does not have", () => {
    expect(govcloud(["catalog", "prices"]).code).toBe(3);
  });
});

describe("help", () => {
  test("lists every command, and every file that defines one is listed", async () => {
    const { code, stdout } = govcloud(["--help"]);
    expect(code).toBe(0);
    const defined: string[] = [];
    for (const file of readdirSync(join(ROOT, "scripts")).filter((name) => name.endsWith(".ts"))) {
      if (readFileSync(join(ROOT, "scripts", file), "utf8").includes("export const command: CommandDefinition"))
        defined.push(file.slice(0, -3));
    }
    expect(Object.keys(COMMANDS).sort()).toEqual(defined.sort());
    for (const name of defined) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };
    for (const name of defined) expect(scripts[name]).toBe(`node scripts/govcloud.ts ${name}`);
  });

  test.each(Object.keys(COMMANDS))("%s --help shows options and examples", (name) => {
    const { code, stdout } = govcloud([name, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}npm run /);
    // States and comments belong to no tree.
    if (name !== "state" && name !== "comment") expect(stdout).toContain("--tree <folder>");
  });
});

describe("the official CDKTF command line on this application", () => {
  const cdktf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(ROOT, "scripts/cdktf.ts"), ...args], {
      cwd: ROOT,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${ROOT}/node_modules/.bin:${process.env["PATH"]}`,
        GOVCLOUD_AT: "2026-01-15",
        GOVCLOUD_TREE: SAMPLES,
        ...env,
      },
    });

  test("lists the stacks", { timeout: 120_000 }, () => {
    const { status, stdout } = cdktf(["list"]);
    expect(status).toBe(0);
    for (const stack of ["platform", "hrss--social-insurance", "public-security--video-analysis"]) expect(stdout).toContain(stack);
  });

  test("refuses at synthesis what a mandatory policy refuses", { timeout: 120_000 }, () => {
    const tree = treeFolder("cdktf-refused", {
      [`${TENANTS}/hrss/new-system.yaml`]: SYSTEM.replace("classified: false", "classified: true"),
    });
    const { status, stdout, stderr } = cdktf(["synth", "--output", join(work, "refused.out")], { GOVCLOUD_TREE: tree });
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("security/no-classified-system");
    expect(existsSync(join(work, "refused.out", "stacks", "hrss--new-system", "cdk.tf.json"))).toBe(false);
  });
});
