import { TerraformOutput } from "cdktf";
import type { Temporal } from "temporal-polyfill";
import { contractAt } from "../catalog/catalogue.ts";
import { readSynthesised } from "../catalog/terraform-plan/read-synthesised.ts";
import { applyWaivers } from "../policies/apply-waivers.ts";
import { type Finding, isRefusing, judgeContract, judgeSystem } from "../policies/evaluate.ts";
import { type BuildOptions, type BuiltApp, buildApp, synthesise } from "../stacks/build-app.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import { contractSubject, priceContract } from "./plan/build-plan.ts";
import type { CheckedRequest } from "./plan/read-request.ts";
import { declareSide, subjectOf } from "./plan/system-plan.ts";

/** Name of the output that shows a system's list price a month under "Changes to Outputs". */
const PRICE_OUTPUT = "monthly_list_price_cny";

/**
 * The composition root: stacks, each with its monthly list price as an output, and the mandatory policies as construct validations,
 * so that the bare CDKTF command line shows the cost and refuses what the plan would refuse; what is waived it lets stand.
 */
export function composeApp({ head, waivers }: CheckedRequest, at: Temporal.PlainDate, options: BuildOptions = {}): BuiltApp {
  const { catalogue, declarations } = head;
  const side = declareSide(head, contractAt(catalogue, at), at);
  const built = buildApp(catalogue, side.contract, declarations, options);
  let ofContract: readonly Finding[] | undefined;
  const contractFindings = () => {
    ofContract ??= judgeContract(contractSubject(side, undefined, priceContract(side, undefined).forecast));
    return ofContract;
  };
  for (const [id, stack] of built.stacks) {
    const declared = side.declared.get(id);
    if (declared === undefined) throw new Error(`Cannot compose ${id}: a stack was built that nobody declared`);
    // A list price is exact to the fen; as a string, so that no engine prints it as a float.
    new TerraformOutput(stack, PRICE_OUTPUT, {
      value: declared.monthly.toFixed(2),
      description: `List price of ${id} a month, CNY, VAT included (contract ${side.contract.id}, ${side.priceBook.source.path})`,
    });
    stack.node.addValidation({
      validate: () => {
        const subject = subjectOf(id, { side, resources: readSynthesised(synthesise(stack)) });
        const findings = [...judgeSystem(subject), ...contractFindings().filter(({ system }) => (system ?? PLATFORM) === id)];
        return applyWaivers(findings, waivers, at)
          .findings.filter(isRefusing)
          .map(({ policy, message }) => `${id}: ${message.zh} / ${message.en} [${policy}]`);
      },
    });
  }
  return built;
}
