import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { text } from "../../../catalog/text.ts";
import { type EngineFailureKind, failureOf } from "../../../scripts/engine/engine-failure.ts";
import { govcloud } from "../run.ts";
import { scratch } from "./fixtures.ts";

/** The engine's and its providers' words, and what kind of failure they tell. */
const WORDS: readonly (readonly [EngineFailureKind, string])[] = [
  ["disk-full", "Error: Failed to write plan file\n\nwrite plan.bin: no space left on device"],
  [
    "provider-crash",
    "Error: Plugin did not respond\n\nThe plugin encountered an error, and failed to respond to the plugin6.(*GRPCProvider).ApplyResourceChange call.",
  ],
  ["provider-crash", "Error: Request cancelled\n\npanic: runtime error: invalid memory address or nil pointer dereference"],
  ["locked", "Error: Error acquiring the state lock\n\nError message: resource temporarily unavailable"],
  ["locked", "Error: Error acquiring the state lock\n\nWorkspace is already locked: hrss--a"],
  [
    "unreadable-state",
    "Error: Error acquiring the state lock\n\nUnsupported state file format: The state file could not be parsed as JSON",
  ],
  [
    "stale-plan",
    "Error: Saved plan is stale\n\nThe given plan file can no longer be applied because the state was changed by another operation",
  ],
  ["foreign-state", "Error: Saved plan does not match the given state\n\nlineage differs"],
  ["no-provider", "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions"],
  ["no-provider", "Error: Inconsistent dependency lock file"],
  ["credentials", "Error: Error creating OpenStack identity client: Authentication failed"],
  ["credentials", "Error: Expected HTTP response code [200] but got 403 instead"],
  ["quota", "Error: Error creating openstack_compute_instance_v2: Quota exceeded for cores: Requested 8, but already used 20 of 20 cores"],
  ["quota", "Error: Error waiting for instance: No valid host was found"],
  [
    "quota",
    'Error: Expected HTTP response code [202] when accessing [POST http://192.0.2.1:8774/v2.1/servers], but got 403 instead: {"forbidden": {"code": 403, "message": "Quota exceeded for cores: Requested 8, but already used 502 of 504 cores"}}',
  ],
  ["quota", "Error: VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota. Requested 10G"],
  ["quota", "Error: VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'."],
  ["quota", 'Error: got 409 instead: {"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: [\'port\']."}}'],
  ["quota", 'Error: pods "waf" is forbidden: exceeded quota: lab--web, requested: pods=1, used: pods=4, limited: pods=4'],
  ["quota", "Error: ShareLimitExceeded: Maximum number of shares allowed (50) exceeded."],
  ["in-use", "Error: Error deleting openstack_networking_subnet_v2: 409 Conflict"],
  [
    "in-use",
    "Error: Quota backups limit must be equal or greater than existing resources. Current usage is 3 and the requested limit is 0.",
  ],
  ["in-use", "Error: Quota limit 4 for cores must be greater than or equal to already used and reserved 8"],
  ["unreachable", 'Error: Post "https://identity.example/v3/auth/tokens": dial tcp 192.0.2.1:5000: connect: connection refused'],
  ["unreachable", "Error: Expected HTTP response code [200] but got 503 instead"],
  [
    "unreachable",
    "Error: Error retrieving openstack_compute_quotaset_v2 0a1b/RegionOne: Expected HTTP response code [200] when accessing [GET http://192.0.2.1:8774/v2.1/os-quota-sets/0a1b], but got 503 instead: <h1>503</h1>\n  with openstack_compute_quotaset_v2.project",
  ],
  [
    "unreachable",
    'Error: Get "http://192.0.2.1:9696/v2.0/quotas/0a1b": context deadline exceeded\n  with openstack_networking_quota_v2.project',
  ],
  ["unreachable", 'Error: Get "https://192.0.2.1:6443/api/v1": connection refused\n  with kubernetes_resource_quota_v1.bundle_quota'],
  ["state-store", "Error: Failed to load state: open hrss--a.tfstate: permission denied"],
  ["killed", " \n"],
  ["other", "Error: Provisioner error\n\nport 4010, exit status 7, 1409 bytes, 15031 lines"],
];

test.each(WORDS)("%s: %j", (kind, words) => {
  const failure = failureOf("hrss--a", text("执行", "applying"), words);
  expect([failure.kind, failure.remedy.en.length > 20, failure.remedy.zh.length > 5]).toEqual([kind, true, true]);
  expect(failure.summary.en).toMatch(/^hrss--a: /);
});

test("problems that the engine only counts in its heading are told with it", () => {
  const words =
    "╷\n│ Error: Error refreshing state: 2 problems:\n│ \n│ - Resource instance key: a number is wanted\n│ - Invalid provider\n│ \n╵";
  expect(failureOf("hrss--a", text("计划", "planning"), words).summary.en).toBe(
    "hrss--a: planning failed: Error refreshing state: 2 problems: Resource instance key: a number is wanted; Invalid provider",
  );
});

/** An engine of a few lines that fails in its own words, as a real one would in a broken world. */
function engineThat(script: string): { readonly path: string; readonly folder: string } {
  const folder = scratch();
  const path = join(folder, "tofu");
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = version ]; then echo "OpenTofu v1.10.6"; exit 0; fi\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, folder };
}

function plan(engine: string, folder: string, more: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {}) {
  const args = ["plan", "--online", "--base", "none", "--system", "hrss/job-service", "--format", "json", "--at", "2026-01-15"];
  return govcloud([...args, ...(more.args ?? ["--cloud", "none"])], {
    env: { GOVCLOUD_ENGINE: engine, GOVCLOUD_STATE: join(folder, "state"), TF_PLUGIN_CACHE_DIR: join(folder, "cache"), ...more.env },
  });
}

/** An engine that shows a plan whose state holds these resources, and leaves them alone. */
function engineThatShows(held: readonly { readonly type: string; readonly name: string; readonly values: object }[]) {
  const resources = held.map(({ type, name, values }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.opentofu.org/terraform-provider-openstack/openstack",
    values,
  }));
  const shown = {
    format_version: "1.2",
    terraform_version: "1.10.6",
    planned_values: { root_module: { resources } },
    prior_state: { format_version: "1.0", terraform_version: "1.10.6", values: { root_module: { resources } } },
    resource_changes: resources.map(({ values, ...each }) => ({
      ...each,
      change: { actions: ["no-op"], before: values, after: values, after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
    })),
    configuration: { root_module: {} },
    errored: false,
  };
  const made = engineThat('[ "$1" = show ] && cat "$TF_PLUGIN_CACHE_DIR/../shown.json"; exit 0');
  writeFileSync(join(made.folder, "shown.json"), JSON.stringify(shown));
  return made;
}

describe("An online plan says what it was held against", () => {
  const project = (name: string) => [{ type: "openstack_identity_project_v3", name: "project", values: { id: "p-1", name } }];
  const text = ["--format", "text"];

  test.each([
    ["nothing stands in the state", [], text, "with nothing of a cloud in the states, so that no cloud was asked (hrss/job-service)"],
    ["nothing stands in the state, in Chinese", [], [...text, "--lang", "zh"], "状态里还没有云上资源，没有问过云（hrss/job-service）"],
    ["its own project stands in it", project("hrss--job-service"), text, "against the states and the clouds"],
    ["it was renamed since", project("hrss--named-otherwise"), text, "against the states and the clouds"],
  ])("%s", (_, held, args, says) => {
    const { path, folder } = engineThatShows(held);
    const { stdout } = plan(path, folder, { args });
    expect(stdout.split("\n").filter((line) => line.includes("OpenTofu"))).toEqual([expect.stringMatching(/1\.10\.6/)]);
    expect(stdout.split("\n").find((line) => line.includes("OpenTofu"))).toMatch(new RegExp(`[,，] ?${says.replace(/[()]/g, "\\$&")}$`));
  });

  test("and refuses the state of another system that is declared", () => {
    const { path, folder } = engineThatShows(project("hrss--social-insurance"));
    const { code, stderr } = plan(path, folder, { args: [] });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        "hrss/job-service: its state holds the resources of hrss/social-insurance\n  remedy: move it back: npm run state -- move hrss/job-service hrss/social-insurance",
      ),
    ]);
  });
});

describe("An online plan of which the engine makes nothing", () => {
  test.each([
    {
      why: "no provider is to be had",
      script: 'echo "Error: Failed to query available provider packages" >&2; exit 1',
      says: "hrss--job-service: initialising failed: Failed to query available provider packages",
      remedy: "let the engine find the openstack and kubernetes providers",
    },
    {
      why: "the provider crashes",
      script: '[ "$1" = init ] && exit 0; echo "Error: Plugin did not respond" >&2; exit 1',
      says: "hrss--job-service: planning failed: Plugin did not respond",
      remedy: "the provider itself crashed: plan again",
    },
    {
      why: "the disk is full",
      script: '[ "$1" = init ] && exit 0; echo "Error: Failed to write plan file: no space left on device" >&2; exit 1',
      says: "hrss--job-service: planning failed: Failed to write plan file: no space left on device",
      remedy: "free some disk space, then plan again",
    },
    {
      why: "it is killed",
      script: '[ "$1" = init ] && exit 0; kill -9 $$',
      says: "hrss--job-service: the engine ended without a word while planning: it was killed",
      remedy: "find out what ended it",
    },
    {
      why: "it hangs",
      script: '[ "$1" = init ] && exit 0; exec sleep 60',
      args: ["--cloud", "none", "--time-limit", "0.01"],
      says: "hrss--job-service: planning took longer than 0.01 minutes and was stopped",
      remedy: "find out what did not answer",
    },
    {
      why: "the plan that it shows is cut off",
      script: 'case "$1" in show) printf "{\\"format_version\\":";; *) exit 0;; esac',
      says: "hrss/job-service: cannot read the engine's plan: ",
      remedy: "plan again; if it happens again, check the engine's version",
    },
  ])("because $why: exit code 1, its words and a remedy", ({ script, args, says, remedy }) => {
    const { path, folder } = engineThat(script);
    const { code, stderr, stdout } = plan(path, folder, args === undefined ? {} : { args });
    expect(stderr).toContain(says);
    expect(stderr).toContain(remedy);
    expect([code, stdout === "" || stdout.includes('"verdict": "refused"')]).toEqual([1, true]);
  });

  test.each([
    ["en", "Could not be planned: hrss--job-service: planning failed: HTTP 503", "Nothing changes in the cloud."],
    ["zh", "没有计划成：hrss--job-service：计划失败：HTTP 503", "云上资源不变。"],
  ])("the system's own section says so, and not that nothing changes (%s)", (lang, says, not) => {
    const { path, folder } = engineThat('[ "$1" = init ] && exit 0; echo "Error: HTTP 503" >&2; exit 1');
    const { code, stdout } = plan(path, folder, { args: ["--cloud", "none", "--format", "text", "--lang", lang] });
    expect([code, stdout.includes(says), stdout.includes(not)]).toEqual([1, true, false]);
  });

  test("asks it for the systems that were named, and no other that the request touches", () => {
    const { path, folder } = engineThat('echo "$PWD" >> "$TF_PLUGIN_CACHE_DIR/../asked"; exit 1');
    plan(path, folder);
    const asked = readFileSync(join(folder, "asked"), "utf8").trim().split("\n");
    expect(new Set(asked.map((each) => basename(each)))).toEqual(new Set(["hrss--job-service"]));
  });

  test("because there is none, or it is too old: exit code 1", () => {
    const old = join(scratch(), "terraform");
    writeFileSync(old, '#!/bin/sh\necho "Terraform v1.5.7"\n');
    chmodSync(old, 0o755);
    const none = plan("/nowhere/tofu", scratch());
    expect([none.code, none.stdout, none.stderr]).toEqual([
      1,
      "",
      expect.stringMatching(/^✘ Cannot run \/nowhere\/tofu, which GOVCLOUD_ENGINE names\n {2}remedy: install OpenTofu or Terraform/),
    ]);
    const early = plan(old, scratch());
    expect([early.code, early.stderr]).toEqual([
      1,
      expect.stringMatching(/it is Terraform 1\.5\.7, wanted 1\.6 or later\n {2}remedy: use version 1\.6 or later/),
    ]);
  });

  test("saves nothing, and tells no secret", () => {
    const { path, folder } = engineThat(
      '[ "$1" = init ] && exit 0; echo "Error: login as $OS_USERNAME with $OS_PASSWORD failed: 401" >&2; exit 1',
    );
    const saved = join(folder, "saved");
    const { code, stdout, stderr } = plan(path, folder, {
      args: ["--save", saved],
      env: { OS_USERNAME: "operator", OS_PASSWORD: "Documentation-7!" },
    });
    expect([code, existsSync(join(saved, "saved-plan.json"))]).toEqual([1, false]);
    expect(stderr).toContain("login as operator with *** failed: 401");
    expect(stderr).toContain("check OS_USERNAME and OS_PASSWORD");
    expect(stdout + stderr).not.toContain("Documentation-7!");
  });

  test.each([
    [["--cloud", "none", "--save", "somewhere"], "Cannot save a plan made with --cloud none"],
    [["--system", "hrss/x; touch pwned"], 'Cannot find system "hrss/x; touch pwned"'],
    [["--jobs", "$(touch pwned)"], "wanted a whole number"],
    [["--time-limit", "-1"], "wanted minutes"],
  ])("because the request is none (%j): exit code 3", (args, says) => {
    const { path, folder } = engineThat("exit 1");
    const { code, stdout, stderr } = plan(path, folder, { args });
    expect([code, stdout === "" || stdout.includes(`"verdict": "invalid"`)]).toEqual([3, true]);
    expect(stderr).toContain(says);
    expect(readdirSync(folder).sort()).not.toContain("pwned");
  });
});
