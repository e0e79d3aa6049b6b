import { TerraformOutput } from "cdktf";
import type { Temporal } from "temporal-polyfill";
import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import type { SystemId } from "../catalog/declaration.ts";
import { readSynthesised } from "../catalog/terraform-plan/read-synthesised.ts";
import { forecastTerm } from "../cost/forecast.ts";
import { monthlyFee } from "../cost/money.ts";
import { quote } from "../cost/quote.ts";
import { judgeContract, judgeSystem } from "../policies/evaluate.ts";
import { type BuiltApp, buildApp, synthesise } from "../stacks/build-app.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { addUp, declareSide, subjectOf } from "./plan/system-plan.ts";

/** Name of the output that shows a system's list price a month under "Changes to Outputs". */
export const PRICE_OUTPUT = "monthly_list_price_cny";

/**
 * The composition root: stacks, each with its monthly list price as an output, and the mandatory policies as construct validations,
 * so that the bare CDKTF command line shows the cost and refuses what the plan would refuse.
 */
export function composeApp(tree: CheckedTree, at: Temporal.PlainDate, options: { readonly outdir?: string } = {}): BuiltApp {
  const { catalogue, declarations } = tree;
  const contract = contractAt(catalogue, at);
  const priceBook = priceBookAt(catalogue, contract, at);
  const side = declareSide(tree, contract);
  const built = buildApp(catalogue, contract, declarations, options);
  const list = quote(catalogue, undefined, { quantities: addUp(side), book: priceBook }).monthly.after;
  const forecast = forecastTerm(monthlyFee(list, contract), contract);
  let ofContract: ReturnType<typeof judgeContract> | undefined;
  const contractFindings = () => {
    ofContract ??= judgeContract({ at, catalogue, contract, priceBook, declarations: declarations.systems, forecast });
    return ofContract;
  };
  for (const [id, stack] of built.stacks) {
    const declared = side.declared.get(id);
    if (declared === undefined) throw new Error(`Cannot compose ${id}: a stack was built that nobody declared`);
    // A list price is exact to the fen; as a string, so that no engine prints it as a float.
    const price = quote(catalogue, undefined, { quantities: declared.quantities, book: priceBook }).monthly.after.toFixed(2);
    new TerraformOutput(stack, PRICE_OUTPUT, {
      value: price,
      description: `List price of ${id} a month, CNY, VAT included (contract ${contract.id}, ${priceBook.source.path})`,
    });
    stack.node.addValidation({
      validate: () => {
        const subject = subjectOf(id, readSynthesised(synthesise(stack)), declared, catalogue);
        const findings = [...judgeSystem(subject), ...contractFindings().filter(({ system }) => (system ?? "platform") === id)];
        return findings
          .filter(({ level }) => level === "mandatory")
          .map(({ policy, message }) => `${id satisfies SystemId}: ${message.zh} / ${message.en} [${policy}]`);
      },
    });
  }
  return built;
}
