import { expect, test } from "vitest";
import { findSecrets } from "../../../catalog/secrets.ts";
import { noSecretInDeclaration } from "../../../policies/security/no-secret-in-declaration.ts";
import { testCases } from "../cases.ts";
import { cases } from "./no-secret-in-declaration.cases.ts";

testCases(noSecretInDeclaration, cases);

test("No finding repeats the secret, in any of its words", () => {
  const all = cases.flatMap(({ subject }) => noSecretInDeclaration.check(subject));
  const words = JSON.stringify(all);
  for (const secret of [
    "IOSFODNN7",
    "16C7e42F",
    "abcdefghijklmnop",
    "Abc123456",
    "Abc@1234",
    "s3cret",
    "wJalr",
    "9f86d081",
    "Sunny",
    "sunny",
    "Xyz12345",
  ])
    expect(words).not.toContain(secret);
});

test("A hostile text takes no longer than it is long: every form stops at its first impossible letter", () => {
  for (const part of [
    "sk-a-",
    "A1b",
    "a:",
    "://",
    "密码 ",
    "$1",
    "bearer ",
    "-----BEGIN A ",
    "rk_aaaaaaaaaaaaaaaa",
    "password set to ",
    "密码已改",
    "root/Aa1",
    "pwd ",
  ]) {
    expect(findSecrets(part.repeat(20_000 / part.length)).length).toBeLessThan(3);
  }
});
