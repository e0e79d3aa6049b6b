import type { Decimal } from "decimal.js";

/** Groups the digits of a decimal string by threes: `1234567.80` → `1,234,567.80`. */
export function grouped(amount: string): string {
  const [whole = "", fraction] = amount.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** CNY as people read it in a sentence: two decimals, digits in groups. Results for machines hold plain decimals. */
export function amountWords(amount: Decimal): string {
  return grouped(amount.toFixed(2));
}
