import { TerraformResource } from "cdktf";
import { Construct } from "constructs";

/** What has a price but no resource in a cloud, or has to stay in the state: declared, planned and priced like anything else. */
export type RecordInput =
  | {
      readonly record: "rack-units";
      readonly rack: string;
      readonly class: "standard" | "high-power";
      /** Lowest and highest U, both inclusive. */
      readonly from: number;
      readonly to: number;
      readonly units: number;
      readonly powerW: number;
    }
  | { readonly record: "cabinet"; readonly rack: string }
  | { readonly record: "mlps-bundle"; readonly level: 2 | 3; readonly components: readonly string[] }
  | { readonly record: "cryptography-bundle"; readonly components: readonly string[] }
  | { readonly record: "migration" }
  | { readonly record: "platform-service" }
  | { readonly record: "circuit"; readonly index: number; readonly bandwidthM: number }
  | { readonly record: "retirement"; readonly on: string; readonly attestation: string };

/**
 * A `terraform_data` record. CDKTF's own DataResource is not used: it starts the engine during synthesis, once for each record, to ask its version,
 * and offline work has no engine.
 */
class TerraformData extends TerraformResource {
  readonly #input: RecordInput;
  constructor(scope: Construct, id: string, input: RecordInput) {
    super(scope, id, { terraformResourceType: "terraform_data", terraformGeneratorMetadata: { providerName: "terraform" } });
    this.#input = input;
  }
  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { input: { ...this.#input } };
  }
}

/** Named records of a stack: `terraform_data.records_<key>`. */
export class Records extends Construct {
  constructor(scope: Construct) {
    super(scope, "records");
  }
  add(key: string, input: RecordInput): void {
    new TerraformData(new Construct(this, key), "record", input);
  }
}
