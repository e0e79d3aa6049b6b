import { describe, expect, test } from "vitest";
import { withReplaced } from "../../tree.ts";
import { ANNEX, COMPONENTS, errorsOf, type Refusal, textOf } from "./catalogues.ts";

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<Refusal>([
    {
      what: "a missing line",
      changes: () => withReplaced(ANNEX, '- item: "20"\n', '- item: "20x"\n'),
      found: [
        `${ANNEX} «"20x"» not-allowed: Cannot accept item: found the text "20x", wanted a line of Annex 1: "1" to "27" or "L1", in quotes`,
      ],
    },
    {
      what: "a line twice, and so another one missing",
      changes: () => withReplaced(ANNEX, '- item: "20"\n', '- item: "19"\n'),
      found: [
        `${ANNEX} «"19"» contradiction: Cannot accept line 19 twice`,
        `${ANNEX} «items» missing-key: Cannot do without line 20 of Annex 1`,
      ],
    },
    {
      what: "a bundle's component that no file describes",
      changes: () =>
        withReplaced(
          ANNEX,
          "includes: [host-security, cloud-firewall, waf, bastion, log-audit]",
          "includes: [host-security, cloud-firewall, waf, bastion, log-audits]",
        ),
      found: [
        `${ANNEX} «log-audits» unknown-reference: Cannot find component log-audits of line 22 in components.yaml`,
        `${COMPONENTS} «["22", "23"]» contradiction: Cannot put component log-audit in line 22: Annex 1 does not list it there`,
      ],
    },
    {
      what: "a component that left its bundle",
      changes: () => ({
        [COMPONENTS]: textOf(COMPONENTS, [
          '  vulnerability-scan:\n    name: { zh: 云漏洞扫描, en: Cloud vulnerability scan }\n    kind: workload\n    bundles: ["23"]',
          '  vulnerability-scan:\n    name: { zh: 云漏洞扫描, en: Cloud vulnerability scan }\n    kind: workload\n    bundles: ["24"]',
        ]),
      }),
      found: [
        `${ANNEX} «vulnerability-scan» unknown-reference: Cannot find component vulnerability-scan of line 23 in components.yaml`,
        `${COMPONENTS} «["24"]» contradiction: Cannot put component vulnerability-scan in line 24: Annex 1 does not list it there`,
      ],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });
});
