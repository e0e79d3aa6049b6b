import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";
import type { Declaration } from "../../catalog/declaration.ts";
import type { ContractSubject, Place, SystemSubject, Verdict } from "../../policies/policy.ts";
import { BOOK, CATALOGUE, CONTRACT, declaration, pool } from "../declared.ts";

/** A system's subject, with nothing planned. */
export function systemSubject(declared: Declaration = declaration(), overrides: Partial<SystemSubject> = {}): SystemSubject {
  return {
    id: declared.id,
    at: Temporal.PlainDate.from("2026-01-15"),
    catalogue: CATALOGUE,
    contract: CONTRACT,
    tenant: undefined,
    declaration: declared,
    pool: pool(declared.pool),
    resources: [],
    base: undefined,
    changes: [],
    exposure: [],
    monthly: new Decimal("1000.00"),
    declaredQuantities: new Map(),
    plannedQuantities: new Map(),
    unpriced: [],
    ...overrides,
  };
}

/** The platform's subject: it is declared by no file. */
export const PLATFORM: SystemSubject = { ...systemSubject(), id: "platform", declaration: undefined, pool: undefined };

/** The contract's subject, with these declarations and half a million forecast, in the middle of its term. */
export function contractSubject(declarations: readonly Declaration[] = [], overrides: Partial<ContractSubject> = {}): ContractSubject {
  return {
    at: Temporal.PlainDate.from("2026-01-15"),
    catalogue: CATALOGUE,
    contract: CONTRACT,
    priceBook: BOOK,
    declarations,
    tenants: new Map(),
    sources: [...(overrides.tenants?.values() ?? []), ...declarations].map(({ source }) => source),
    monthly: new Map(),
    base: undefined,
    waivers: [],
    forecast: new Decimal("500000.00"),
    ...overrides,
  };
}

/** Each verdict as `kind address#attribute: message`, what is no finding by its kind alone. */
export function printed(verdicts: readonly Verdict[]): string[] {
  return verdicts.map((verdict) =>
    "message" in verdict ? `${verdict.kind} ${verdict.address}#${verdict.attribute}: ${verdict.message.en}` : verdict.kind,
  );
}

/** What does not pass. */
export function findings(verdicts: readonly Verdict[]): string[] {
  return printed(verdicts).filter((each) => each !== "pass" && each !== "not-applicable");
}

/** Place and words of the only finding. */
export function onlyFinding(
  verdicts: readonly Verdict[],
): Place & { readonly kind: string; readonly message: { readonly zh: string; readonly en: string } } {
  const found = verdicts.flatMap((verdict) => ("message" in verdict ? [verdict] : []));
  const [only, second] = found;
  if (only === undefined || second !== undefined) throw new Error(`wanted one finding, found ${found.length}`);
  return only;
}
