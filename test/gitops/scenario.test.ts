import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Gitea, type GiteaUser, startGitea } from "../forge/gitea.ts";
import { approver } from "../scripts/approval/keys.ts";
import { ENGINE } from "../scripts/engine/fixtures.ts";
import { City } from "./city.ts";

const started = ENGINE.reason === undefined ? await startGitea() : { kind: "missing" as const, reason: ENGINE.reason };
afterAll(async () => {
  if (started.kind === "running") await started.stop();
});

const head = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" });
/** May approve for the bureau, too, but not what she writes. */
const clerksKey = approver({ role: "bureau", bureau: "hrss", holder: "hrss-clerk@example.org" });
const director = approver({ role: "centre", holder: "director@bigdata.example.org" });
const officer = approver({ role: "security", holder: "security-officer@bigdata.example.org" }, "ed25519");

const ARCHIVE = "stacks/tenants/hrss/talent-archive.yaml";
const archive = (more: string) =>
  `name: 人才档案系统\nstage: trial\nmlps: 2\npool: gov\nclassified: false\nservers:\n  app:\n${more}    family: general\n    cpu: 4\n    memoryGb: 8\n    image: openeuler-22.03-sp4\n    systemDisk: { type: sas, sizeGb: 60 }\n    listens: [{ port: 443, from: tenant }]\n`;

const title = started.kind === "running" ? "A year of requests" : `A year of requests (skipped: ${started.reason})`;
describe.skipIf(started.kind !== "running")(title, { timeout: 120_000 }, () => {
  let city: City;
  let clerk: GiteaUser;
  beforeAll(async () => {
    const gitea = started as Gitea;
    clerk = await gitea.addUser("hrss-clerk");
    city = await City.on(gitea, { writers: [clerk], approvers: [head, clerksKey, director, officer] });
  });

  test("a new system", async () => {
    const time = Date.now();
    const lap = (w: string) => console.log(w, Date.now() - time);
    const request = await city.request(clerk, "talent-archive", { [ARCHIVE]: archive("") });
    lap("request");
    const planned = await city.planRequest(request);
    lap("plan");
    console.log(planned.check, planned.plan, (await city.comment(request, "plan")).body, await city.labels(request));
    const merged = await city.merge(request);
    lap("merge");
    const saved = await city.planMerged(merged);
    lap("saved");
    console.log(JSON.stringify(merged.affected), JSON.stringify(city.apply(saved), null, 1), (await city.comment(request, "applied")).body);
    lap("applied");
    console.log(JSON.stringify(city.approve(clerksKey, clerk, { plan: saved.folder, request, base: merged.before }), null, 1));
    console.log(JSON.stringify(city.approve(head, clerk, { plan: saved.folder, request, base: merged.before }), null, 1));
    console.log(JSON.stringify(city.apply(saved), null, 1), (await city.comment(request, "applied")).body);
    lap("end");
    expect(1).toBe(1);
  });
});
