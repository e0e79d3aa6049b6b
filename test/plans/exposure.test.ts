import { describe, expect, test } from "vitest";
import { NAMED_PORTS } from "../../catalog/terraform-plan/exposure/named-ports.ts";
import { publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { readWorldOpenings } from "../../catalog/terraform-plan/exposure/world-openings.ts";
import { compareExposure, readExposure } from "../../catalog/terraform-plan/exposure.ts";
import { exposureSentences } from "../../scripts/render/words.ts";
import { CATALOGUE } from "../stacks/catalogue.ts";
import { recordedPlan } from "./recorded.ts";

const ADMIN_PORTS = NAMED_PORTS.filter(({ kind }) => kind === "admin");
const SPACE = publicSpaceOf(CATALOGUE);

interface Row {
  readonly plan: string;
  /** Who reaches what before and after. */
  readonly exposure: readonly string[];
  /** The same as sentences, where anything changes. */
  readonly sentences?: readonly string[];
  /** Servers, and rules of the firewall, whose administration the world reaches afterwards, or may as far as anybody can tell. */
  readonly world?: readonly string[];
}

const OPERATORS = "unchanged api-1 tcp 22 10.99.0.0/16";
const NOBODY_KNOWS = "unchanged mis-1 any any unknown";
const NEW_SYSTEM = {
  exposure: [
    "opened shop-app-1 tcp 22 10.99.0.0/16",
    "opened shop-app-1 tcp 443 10.0.0.0/8",
    "opened shop-app-2 tcp 22 10.99.0.0/16",
    "opened shop-app-2 tcp 443 10.0.0.0/8",
  ],
  sentences: [
    "shop-app-1…2 tcp 22: not reachable before, reachable from 10.99.0.0/16 after",
    "shop-app-1…2 tcp 443: not reachable before, reachable from 10.0.0.0/8 after",
  ],
};

const ROWS: readonly Row[] = [
  { plan: "create-system", ...NEW_SYSTEM },
  { plan: "delayed-auth-no-cloud", ...NEW_SYSTEM },
  // The address is reached by those alone whom the port's rules let in.
  { plan: "floating-ip-add", exposure: [OPERATORS] },
  { plan: "floating-ip-without-router", exposure: [NOBODY_KNOWS], world: ["unknown mis-1"] },
  { plan: "default-rule-conflict", exposure: [NOBODY_KNOWS], world: ["unknown mis-1"] },
  { plan: "port-security-omitted", exposure: ["unchanged ps-1 any any anyone"], world: ["open ps-1"] },
  { plan: "security-group-rule-description-change", exposure: [OPERATORS] },
  {
    plan: "security-group-rule-open",
    exposure: [
      "opened api-1 any any 10.0.0.0/8",
      "opened api-1 any any 10.1.0.0/16",
      "opened api-1 any any anyone",
      "opened api-1 icmp any 10.0.0.0/8",
      OPERATORS,
      "opened api-1 tcp 22 ::/0",
      "opened api-1 tcp 22 anyone",
      "opened api-1 tcp 443 anyone",
      "opened api-1 tcp any 172.16.0.0/12",
      "opened api-1 tcp any 172.17.0.0/16",
      "opened api-1 tcp any 192.168.0.0/16",
    ],
    world: ["open api-1"],
  },
  {
    plan: "server-add",
    exposure: [OPERATORS, "opened api-2 tcp 22 10.99.0.0/16"],
    sentences: ["api-2 tcp 22: not reachable before, reachable from 10.99.0.0/16 after"],
  },
  {
    plan: "server-remove",
    exposure: [OPERATORS, "closed api-2 tcp 22 10.99.0.0/16"],
    sentences: ["api-2 tcp 22: reachable from 10.99.0.0/16 before, not reachable after"],
  },
  { plan: "computed-unknown", exposure: ["opened unk-1 any any unknown"], world: ["unknown unk-1"] },
  { plan: "firewall", exposure: [] },
  { plan: "firewall-rule-open", exposure: [], world: ["open openstack_fw_rule_v2.ssh"] },
  {
    plan: "firewall-rule-order",
    exposure: [],
    world: [],
  },
];

describe("Who reaches what, by a recorded plan:", () => {
  test.each(ROWS)("$plan", ({ plan, exposure, sentences, world = [] }) => {
    const { before, after } = recordedPlan(plan);
    const changes = compareExposure(readExposure(before), readExposure(after, before));
    expect(changes.map(({ change, server, protocol, ports, from }) => [change, server, protocol, ports, from].join(" "))).toEqual(exposure);
    if (sentences !== undefined) expect(exposureSentences(changes, "en").map(({ words }) => words)).toEqual(sentences);
    const openings = readWorldOpenings({ resources: after, before, space: SPACE }, ADMIN_PORTS).flatMap(({ kind, servers, cause }) =>
      (servers.length === 0 ? [cause.resource.address] : servers).map((each) => `${kind} ${each}`),
    );
    const found = [...new Set(openings)].sort();
    expect(found).toEqual(world);
  });
});
