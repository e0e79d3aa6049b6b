import { describe, expect, test } from "vitest";
import { type Approval, type ReadApproval, signApproval } from "../../../scripts/approval/approval.ts";
import { type ApprovalGrounds, judgeApprovals } from "../../../scripts/approval/judge-approvals.ts";
import { fingerprintOf } from "../../../scripts/plan/fingerprint.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "../plan/planned.ts";
import { approver } from "./keys.ts";

const JOB_SERVICE = "stacks/tenants/hrss/job-service.yaml";
const plan = planned(wholeTreeWith(withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 6", "first")), realTree());
const centre = approver();
const security = approver({ role: "security", holder: "officer@bigdata.example.org" }, "ed25519");
const NOW = new Date("2026-06-10T02:00:00.000Z");
const NEEDED = [{ role: "centre" as const, bureau: null, because: [{ zh: "钱", en: "money" }] }];

const grounds: ApprovalGrounds = {
  fingerprint: plan.fingerprint,
  parts: plan.parts,
  keys: [centre.listed, security.listed],
  validDays: 30,
  instant: NOW,
  authors: {
    kind: "known",
    people: [{ name: "Bureau", email: "someone@hrss.example.org" }],
    commit: "0".repeat(40),
    tree: realTree(),
    base: undefined,
  },
};
const sign = (by = centre, changes: { readonly at?: string; readonly plan?: typeof plan } = {}): Approval =>
  signApproval(changes.plan ?? plan, by.listed, {
    key: by.secret,
    instant: new Date(changes.at ?? "2026-06-09T02:00:00.000Z"),
    commit: null,
  });
const given = (...approvals: readonly Approval[]): ReadApproval[] =>
  approvals.map((approval) => ({ kind: "approval", file: "a.json", approval }));
/** Why nothing is applied; empty where it may be. */
const why = (approvals: readonly ReadApproval[], changes: Partial<ApprovalGrounds> = {}) =>
  judgeApprovals(NEEDED, approvals, { ...grounds, ...changes }).refusals.map(({ message }) => message.en);

const MISSING = "Nobody approved as centre (money)";
const NAME = "director@bigdata.example.org (centre)";

describe("approvals", () => {
  test("count where everything is right, and say who gave them", () => {
    const { accepted, refusals } = judgeApprovals(NEEDED, given(sign()), grounds);
    expect([accepted.map(({ holder }) => holder), refusals]).toEqual([["director@bigdata.example.org"], []]);
  });

  test("are not needed where no rule wants one", () => {
    expect(judgeApprovals([], [], grounds)).toEqual({ accepted: [], refusals: [] });
  });

  test("one that does not count is no harm where another does: anybody can put a file beside", () => {
    const forged: ReadApproval = { kind: "unreadable", file: "b.json", why: { zh: "坏", en: "bad" } };
    expect(why([forged, ...given({ ...sign(), signature: "AAAA" }, sign())])).toEqual([]);
    expect(why([forged])).toEqual([MISSING, "b.json: bad"]);
  });

  test("every refusal says what to do next, in both languages", () => {
    const { refusals } = judgeApprovals(NEEDED, given({ ...sign(), signature: "AAAA" }), grounds);
    expect(refusals.map(({ remedy }) => remedy.en)).toEqual([
      "the approver runs npm run approve -- --plan <plan.json> --role centre --key <private.pem>, with --post to write it on the request, or hands what it writes to apply with --approvals; then apply again",
      "have them look at this plan and approve again: npm run approve",
    ]);
    expect(refusals.every(({ message, remedy }) => /[一-龥]/.test(message.zh) && /[一-龥]/.test(remedy.zh))).toBe(true);
  });

  const other = planned(wholeTreeWith(withReplaced(JOB_SERVICE, "cpu: 8", "cpu: 10", "first")), realTree());
  const edited = (changes: Partial<Approval>, by = centre): ReadApproval[] => given({ ...sign(by), ...changes });
  const own = { holder: "director@bigdata.example.org" };
  test.each<{ cheat: string; approvals: ReadApproval[]; changes?: Partial<ApprovalGrounds>; fault: string }>([
    { cheat: "nothing", approvals: [], fault: "" },
    {
      cheat: "the fingerprint swapped",
      approvals: given({ ...sign(centre, { plan: other }), fingerprint: plan.fingerprint }),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    {
      cheat: "the role swapped",
      approvals: edited({ ...own, role: "centre" }, security),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    {
      cheat: "the time moved",
      approvals: edited({ at: "2026-06-10T01:00:00.000Z" }),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    { cheat: "its parts edited", approvals: edited({ parts: {} }), fault: `${NAME}: its signature is wrong: the approval was edited` },
    {
      cheat: "another algorithm named",
      approvals: edited({ algorithm: "ed25519" }),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    {
      cheat: "a signature of nothing",
      approvals: edited({ signature: "" }),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    {
      cheat: "another's key named",
      approvals: edited({ key: security.listed.id }),
      fault: `${NAME}: its signature is wrong: the approval was edited`,
    },
    {
      cheat: "a key of one's own",
      approvals: given(sign(approver())),
      fault: `${NAME}: its key is not in policies/approval-keys.yaml`,
    },
    {
      cheat: "an approval in a name that is not the key's",
      approvals: given(sign({ ...security, listed: { ...security.listed, ...own, role: "centre" } })),
      fault: `${NAME}: its key is that of officer@bigdata.example.org as security`,
    },
    {
      cheat: "a holder in letters that look like others",
      approvals: given(sign({ ...centre, listed: { ...centre.listed, holder: "dіrector@bigdata.example.org" } })),
      fault: "dіrector@bigdata.example.org (centre): its key is that of director@bigdata.example.org as centre",
    },
    { cheat: "another role's approval", approvals: given(sign(security)), fault: "" },
    {
      cheat: "a key not in force when it was signed",
      approvals: given(sign(centre, { at: "2025-12-31T15:59:00.000Z" })),
      fault: `${NAME}: the key of director@bigdata.example.org holds from 2026-01-01 only (2025-12-31)`,
    },
    {
      cheat: "a key that expired since",
      approvals: given(sign()),
      changes: { keys: [{ ...centre.listed, until: "2026-06-09" }] },
      fault: `${NAME}: the key of director@bigdata.example.org expired on 2026-06-09 (2026-06-10)`,
    },
    {
      cheat: "a key revoked since, with a date before",
      approvals: given(sign()),
      changes: { keys: [{ ...centre.listed, revoked: "2026-06-10" }] },
      fault: `${NAME}: the key of director@bigdata.example.org was revoked on 2026-06-10`,
    },
    {
      cheat: "a date in the future",
      approvals: given(sign(centre, { at: "2026-06-10T02:06:00.000Z" })),
      fault: `${NAME}: it is signed in the future, 2026-06-10T02:06:00.000Z`,
    },
    {
      cheat: "an approval too old",
      approvals: given(sign(centre, { at: "2026-05-11T01:59:59.000Z" })),
      fault: `${NAME}: it is older than 30 days`,
    },
    {
      cheat: "their own request, under a tag of their address",
      approvals: given(sign()),
      changes: {
        authors: {
          kind: "known",
          people: [{ name: "X", email: "Director+work@bigdata.example.org" }],
          commit: "",
          tree: realTree(),
          base: undefined,
        },
      },
      fault: `${NAME}: director@bigdata.example.org had a hand in this request, and nobody approves their own`,
    },
    {
      cheat: "their own request, under an alias",
      approvals: given(sign()),
      changes: {
        keys: [{ ...centre.listed, aliases: ["d@home.example.net"] }],
        authors: { kind: "known", people: [{ name: "X", email: "d@home.example.net" }], commit: "", tree: realTree(), base: undefined },
      },
      fault: `${NAME}: director@bigdata.example.org had a hand in this request, and nobody approves their own`,
    },
    {
      cheat: "nobody known to have written it",
      approvals: given(sign()),
      changes: { authors: { kind: "unknown", why: { zh: "浅克隆", en: "a shallow clone" } } },
      fault: `${NAME}: cannot tell that the approver did not write the request: a shallow clone`,
    },
  ])("$cheat approves nothing", ({ approvals, changes, fault }) => {
    expect(why(approvals, changes)).toEqual([MISSING, ...(fault === "" ? [] : [fault])]);
  });

  test("of another plan with the same money are told from this one's, by what differs", () => {
    // Two cores more for the second group of servers instead of the first.
    const file = realTree().entries.get(JOB_SERVICE);
    const words = file?.kind === "file" ? new TextDecoder().decode(file.bytes()) : "";
    const second = words.replace(/(cpu: 4[\s\S]*?)cpu: 4/, "$1cpu: 6");
    const twin = planned(wholeTreeWith({ [JOB_SERVICE]: second }), realTree());
    expect(twin.systems.map(({ monthly }) => monthly)).toEqual(plan.systems.map(({ monthly }) => monthly));
    const [message = ""] = why(given(sign(centre, { plan: twin }))).slice(1);
    expect(message).toMatch(
      /^director@bigdata\.example\.org \(centre\): another plan was approved \(sha256:\w{12}, this is sha256:\w{12}\): /,
    );
    expect(message).toContain("hrss/job-service the declaration");
  });

  test("of a plan that changed name the line", () => {
    const before = wholeTreeWith(withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 6", "first"));
    const after = wholeTreeWith(withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 8", "first"));
    const now = planned(after, realTree());
    const commit = "1".repeat(40);
    const approval = signApproval(plan, centre.listed, { key: centre.secret, instant: new Date("2026-06-09T02:00:00.000Z"), commit });
    const [, message = ""] = why(given(approval), {
      fingerprint: now.fingerprint,
      parts: now.parts,
      authors: { kind: "known", people: [], commit, tree: after, base: undefined },
      treeOf: (wanted) => (wanted === commit ? before : undefined),
    });
    expect(message.split("): ")[2]).toBe(
      "hrss/job-service the declaration (stacks/tenants/hrss/job-service.yaml:12 servers.web.cpu 6 → 8), hrss/job-service money, hrss/job-service resources changed",
    );
  });

  test("of a plan whose engine or state moved say so", () => {
    const engine = { "engine hrss--job-service": `sha256:${"1".repeat(64)}`, "state hrss--job-service": "a#3" };
    const approved = { ...plan, parts: { ...plan.parts, ...engine } };
    const parts = { ...approved.parts, "state hrss--job-service": "a#4", program: "0.1.0+x" };
    const approval = sign(centre, { plan: { ...approved, fingerprint: fingerprintOf(approved.parts) } });
    const [, message = ""] = why(given(approval), { parts, fingerprint: fingerprintOf(parts) });
    expect(message).toMatch(/: this program, hrss--job-service the state changed$/);
  });
});
