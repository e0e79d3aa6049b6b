import { expect, test } from "vitest";
import { isTerraformHelper } from "../../../catalog/terraform-plan/terraform-helper.ts";
import { resource } from "../../declared.ts";

const REGISTRY = "registry.terraform.io/hashicorp";
const BUILTIN = "terraform.io/builtin/terraform";

test.each([
  { type: "null_resource", provider: `${REGISTRY}/null`, helps: true },
  { type: "random_id", provider: "registry.opentofu.org/hashicorp/random", helps: true },
  { type: "time_sleep", provider: `${REGISTRY}/time`, helps: true },
  { type: "terraform_data", provider: BUILTIN, values: { input: { owner: "team-a" } }, helps: true },
  { type: "terraform_data", provider: BUILTIN, helps: true },
  { type: "terraform_data", provider: BUILTIN, values: { input: { record: "circuit" } }, helps: false },
  { type: "terraform_data", provider: BUILTIN, values: { input: "${var.input}" }, helps: false },
  { type: "random_id", provider: "registry.example/other/random", helps: false },
  { type: "random_id", provider: undefined, helps: false },
  { type: "constructor", provider: `${REGISTRY}/null`, helps: false },
  { type: "openstack_compute_instance_v2", provider: `${REGISTRY}/null`, helps: false },
])("$type of $provider with $values: $helps", ({ type, provider, values = {}, helps }) => {
  const it = resource(type, values);
  expect(isTerraformHelper(provider === undefined ? it : { ...it, provider })).toBe(helps);
});
