import { InvalidInput } from "../../catalog/source/diagnostic.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import type { Waiver } from "../../catalog/waiver.ts";
import { checkPolicyFiles } from "./check-policy-files.ts";
import { type CheckedTree, readCheckedTree, withoutRepeats } from "./read-tree.ts";
import { readWaiverFiles, type WaiverSources } from "./read-waiver-files.ts";

/** A request as it is judged: its tree, and the waivers in force for it. */
export interface CheckedRequest {
  readonly head: CheckedTree;
  readonly waivers: readonly Waiver[];
}

/** Reads a tree and its waivers, or throws every error of both at once, and with them those of the policy files in `policiesOf`, a folder. */
export function readRequest(tree: Tree, sources: WaiverSources, policiesOf?: string): CheckedRequest {
  const [head, waivers] = [attempt(() => readCheckedTree(tree)), attempt(() => readWaiverFiles(tree, sources))];
  const ofPolicies = policiesOf === undefined ? [] : checkPolicyFiles(policiesOf);
  if (head instanceof InvalidInput || waivers instanceof InvalidInput || ofPolicies.length > 0) {
    const [ofTree = [], ofWaivers = []] = [head, waivers].map((each) => (each instanceof InvalidInput ? each.diagnostics : []));
    throw new InvalidInput(withoutRepeats(withoutRepeats(ofTree, ofWaivers), ofPolicies));
  }
  return { head, waivers };
}

function attempt<T>(read: () => T): T | InvalidInput {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) return error;
    throw error;
  }
}
