import { expect, test } from "vitest";
import { costed, reasonOf } from "../costed.ts";

test.each([
  { input: { record: "rack-units", class: "standard", units: 4 }, costs: "18: 4" },
  { input: { record: "rack-units", class: "high-power", units: 10 }, costs: "19: 10" },
  { input: { record: "cabinet", rack: "B03" }, costs: "20: 1" },
  { input: { record: "mlps-bundle", level: 2 }, costs: "22: 1" },
  { input: { record: "mlps-bundle", level: 3 }, costs: "23: 1" },
  { input: { record: "cryptography-bundle" }, costs: "24: 1" },
  { input: { record: "platform-service" }, costs: "25: 1" },
  { input: { record: "migration" }, costs: "26: 1" },
  { input: { record: "circuit" }, costs: "L1: 1" },
  { input: { record: "retirement" }, costs: "free" },
  { input: { record: "rack-units", class: "standard" }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", class: "standard", units: 0 }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", class: "standard", units: -4 }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", class: "standard", units: 1.5 }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", class: "standard", units: "4" }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", class: "standard", units: "${var.units}" }, costs: "unpriced: input.units" },
  { input: { record: "rack-units", units: 4 }, costs: "unpriced: input.class" },
  { input: { record: "rack-units", class: "low-power", units: 4 }, costs: "unpriced: input.class" },
  { input: { record: "mlps-bundle" }, costs: "unpriced: input.level" },
  { input: { record: "mlps-bundle", level: 4 }, costs: "unpriced: input.level" },
  { input: { record: "mlps-bundle", level: "3" }, costs: "unpriced: input.level" },
  { input: { record: "tea" }, costs: "unpriced: input.record" },
  { input: { record: "${var.record}" }, costs: "unpriced: input.record" },
  { input: { anything: "else" }, costs: "unpriced: input.record" },
  { input: "migration", costs: "unpriced: input.record" },
  { input: undefined, costs: "unpriced: input.record" },
])("The record $input: $costs", ({ input, costs }) => {
  expect(costed("terraform_data", { input })).toBe(costs);
});

test("The reason is told in both languages", () => {
  expect(reasonOf("terraform_data", { input: { record: "tea" } })).toEqual({
    zh: "没有这种记录：tea",
    en: "there is no record of kind tea",
  });
  expect(reasonOf("terraform_data", {})).toEqual({ zh: "没有这种记录：未写明", en: "there is no record of kind (none)" });
});
