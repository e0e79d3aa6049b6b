import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ALGORITHMS, newKeyPair, readSigningKey, readVerifyingKey, signWith, verifyWith } from "../../../scripts/approval/key-pair.ts";

const folder = mkdtempSync(join(tmpdir(), "govcloud-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name);
const openssl = (...args: string[]) => spawnSync("openssl", args, { cwd: folder, encoding: "utf8" });
const hasSm2 = openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", "probe.pem").status === 0;
const PAYLOAD = Buffer.from('{"fingerprint":"sha256:0","holder":"director@bigdata.example.org"}');

describe.each(ALGORITHMS)("a pair of keys of %s", (algorithm) => {
  const { privatePem, publicPem } = newKeyPair(algorithm, undefined);
  const signer = readSigningKey(Buffer.from(privatePem), undefined);
  const verifier = readVerifyingKey(publicPem);
  if (signer === undefined || verifier === undefined) throw new Error("a new key cannot be read");

  test("signs what its other half verifies, and nothing else", () => {
    const signature = signWith(signer, PAYLOAD);
    expect(signer.id).toBe(verifier.id);
    expect(verifyWith(verifier, PAYLOAD, signature)).toBe(true);
    expect(verifyWith(verifier, Buffer.from(`${PAYLOAD} `), signature)).toBe(false);
    for (const broken of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      Buffer.alloc(72, 0x30),
      signature.subarray(1),
      Buffer.concat([signature, Buffer.from([0])]),
    ])
      expect(verifyWith(verifier, PAYLOAD, broken), broken.toString("hex")).toBe(false);
    const other = readVerifyingKey(newKeyPair(algorithm, undefined).publicPem);
    expect(other !== undefined && verifyWith(other, PAYLOAD, signature)).toBe(false);
  });

  test("with a passphrase is read with it alone", () => {
    const locked = newKeyPair(algorithm, "documentation 7").privatePem;
    expect(locked).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    expect(readSigningKey(Buffer.from(locked), "documentation 7")?.algorithm).toBe(algorithm);
    expect(() => readSigningKey(Buffer.from(locked), "another")).toThrow();
    expect(() => readSigningKey(Buffer.from(locked), undefined)).toThrow();
  });
});

test.each([
  ["P-256", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2w2DrHb8Zz5x0d1mCEgV6LqVq0iQmQ2GvHj2l9mG3o5sDkF0iK3n0o1Xk8n2Yw=="],
  ["nothing", "AAAA"],
])("takes no public key of %s", (_, base64) => {
  expect(readVerifyingKey(`-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`)).toBeUndefined();
});

describe.skipIf(!hasSm2)(hasSm2 ? "with openssl" : "with openssl (skipped: there is none that knows SM2)", () => {
  test.each([
    ["PKCS #8", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "key.pem"]],
    ["the older EC form", ["ecparam", "-name", "SM2", "-genkey", "-noout", "-out", "key.pem"]],
  ])("openssl accepts what is signed with its own key (%s)", (_, make) => {
    expect(openssl(...make).status).toBe(0);
    if (make[0] === "ecparam") openssl("ec", "-in", "key.pem", "-out", "key.pem");
    openssl("pkey", "-in", "key.pem", "-pubout", "-out", "pub.pem");
    const signer = readSigningKey(readFileSync(file("key.pem")), undefined);
    if (signer === undefined) throw new Error("openssl's key is not read");
    expect(signer.id).toBe(readVerifyingKey(readFileSync(file("pub.pem"), "utf8"))?.id);
    writeFileSync(file("payload"), PAYLOAD);
    writeFileSync(file("sig.bin"), signWith(signer, PAYLOAD));
    const verify = (identity: string) =>
      openssl("dgst", "-sm3", "-verify", "pub.pem", "-signature", "sig.bin", "-sigopt", `distid:${identity}`, "payload").stdout.trim();
    expect(verify("1234567812345678")).toBe("Verified OK");
    expect(verify("8765432187654321")).not.toBe("Verified OK");
  });

  test("what openssl signs is accepted, with the default identity alone", () => {
    const { privatePem, publicPem } = newKeyPair("sm2", undefined);
    const verifier = readVerifyingKey(publicPem);
    if (verifier === undefined) throw new Error("a new key cannot be read");
    writeFileSync(file("own.pem"), privatePem);
    writeFileSync(file("payload"), PAYLOAD);
    const sign = (identity: string) => {
      expect(openssl("dgst", "-sm3", "-sign", "own.pem", "-sigopt", `distid:${identity}`, "-out", "sig.bin", "payload").status).toBe(0);
      return readFileSync(file("sig.bin"));
    };
    expect(verifyWith(verifier, PAYLOAD, sign("1234567812345678"))).toBe(true);
    expect(verifyWith(verifier, PAYLOAD, sign("8765432187654321"))).toBe(false);
  });
});
