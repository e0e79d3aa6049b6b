import { describe, expect, inject, test } from "vitest";
import { CloudClient } from "../../scripts/cloud/cloud-client.ts";
import { CloudFailure } from "../../scripts/cloud/cloud-failure.ts";
import { cloudPool } from "../openstack/cloud-pool.ts";

const cloud = inject("openstack");
const facts = cloud.kind === "running" ? cloud.facts : undefined;

describe.skipIf(facts === undefined)(`A real OpenStack${cloud.kind === "missing" ? ` (skipped: ${cloud.reason})` : ""}`, () => {
  const signIn = async (project = "vending", password = facts?.password ?? "") =>
    await CloudClient.signIn(cloudPool(facts), project, { credentials: { username: facts?.username ?? "", password }, environment: {} });
  const kindOf = async (work: Promise<unknown>) =>
    await work.then(
      () => "no failure",
      (error: unknown) => (error instanceof CloudFailure ? error.kind : String(error)),
    );

  test("lets the operator in, and tells a wrong password from a wrong project", async () => {
    const { session } = await signIn();
    expect(session.user.id).toBe(facts?.userId);
    expect(session.project).toMatchObject({ name: "vending", domainId: facts?.domainId });
    expect(session.roles).toContain("admin");
    expect(Math.abs(session.clockAhead ?? Number.NaN)).toBeLessThan(30_000);
    expect(await kindOf(signIn("vending", "wrong"))).toBe("credentials");
    expect(await kindOf(signIn("nowhere"))).toBe("project");
  });

  test("lists page by page what it lists at once", async () => {
    const client = await signIn();
    const names = async (limit: string | undefined, service: "network" | "identity", path: string, key: string) =>
      (await client.list(service, path, key, limit === undefined ? {} : { query: { limit } })).map(({ id }) => id).sort();
    expect(await names("1", "network", "security-group-rules", "security_group_rules")).toEqual(
      await names(undefined, "network", "security-group-rules", "security_group_rules"),
    );
    expect((await names(undefined, "identity", "roles", "roles")).length).toBeGreaterThan(3);
  });

  test("says 404 for what is not there, and has the services of its region", async () => {
    const client = await signIn();
    expect(await client.find("network", "networks/00000000-0000-0000-0000-000000000000")).toBeUndefined();
    expect(
      ["compute", "network", "volume", "image", "share", "object", "load-balancer", "placement"].filter(
        (service) => !client.has(service as never),
      ),
    ).toEqual([]);
    expect(await client.listBy("name", "object", "", { query: { format: "json" } })).toEqual([]);
    expect(await client.listBy("offset", "share", "shares/detail", { key: "shares", version: "2.51" })).toEqual([]);
  });
});
