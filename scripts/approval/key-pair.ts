import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { sm2 } from "sm-crypto-v2";

export const ALGORITHMS = ["sm2", "ed25519"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Default identity of GB/T 35276 and GM/T 0009, where the two sides agreed on no other. */
const SM2_IDENTITY = "1234567812345678";
/** id-ecPublicKey with the curve SM2 (1.2.156.10197.1.301), as every SM2 key in SPKI and PKCS #8 says it. */
const SM2_ALGORITHM = Buffer.from("301306072a8648ce3d020106082a811ccf5501822d", "hex");
/** The private number inside PKCS #8: ECPrivateKey of version 1 with 32 octets (RFC 5915). */
const SM2_SCALAR = Buffer.from("0201010420", "hex");
/** An uncompressed point: 04, x, y. */
const POINT_BYTES = 65;

/** A key that verifies. */
export interface VerifyingKey {
  readonly algorithm: Algorithm;
  /** Digest of the key itself (SubjectPublicKeyInfo), whatever list it stands in. */
  readonly id: string;
  readonly object: KeyObject;
}

/** A key that signs. */
export interface SigningKey extends VerifyingKey {
  readonly secret: KeyObject;
}

/** Reads a public key in PEM; undefined where it is none, or of another algorithm. */
export function readVerifyingKey(pem: string): VerifyingKey | undefined {
  try {
    return verifyingKey(createPublicKey(pem));
  } catch {
    return undefined;
  }
}

/** Reads a private key in PEM (PKCS #8, encrypted or not, or the older EC form). Throws what OpenSSL says; undefined for another algorithm. */
export function readSigningKey(pem: Buffer, passphrase: string | undefined): SigningKey | undefined {
  const secret = createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) });
  const own = verifyingKey(createPublicKey(secret));
  return own === undefined ? undefined : { ...own, secret };
}

/** A new pair of keys in PEM; with a passphrase the private one is encrypted. */
export function newKeyPair(
  algorithm: Algorithm,
  passphrase: string | undefined,
): { readonly privatePem: string; readonly publicPem: string } {
  const { privateKey, publicKey } = algorithm === "sm2" ? generateKeyPairSync("ec", { namedCurve: "SM2" }) : generateKeyPairSync("ed25519");
  const encrypted = passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase };
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem", ...encrypted }).toString(),
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

/**
 * Signs: SM2 with SM3 (GB/T 32918.2) and the default identity, in DER, which `openssl dgst -sm3 -verify … -sigopt distid:1234567812345678`
 * accepts; or Ed25519 (RFC 8032). Node's own crypto knows no SM2 identity.
 */
export function signWith({ algorithm, secret, object }: SigningKey, payload: Buffer): Buffer {
  if (algorithm === "ed25519") return sign(null, payload, secret);
  const pkcs8 = secret.export({ type: "pkcs8", format: "der" });
  const at = pkcs8.indexOf(SM2_SCALAR) + SM2_SCALAR.length;
  if (at < SM2_SCALAR.length) throw new Error("Cannot sign: the SM2 key is not of the form of RFC 5915");
  const scalar = pkcs8.subarray(at, at + 32).toString("hex");
  const options = { der: true, hash: true, publicKey: pointOf(object), userId: SM2_IDENTITY };
  return Buffer.from(sm2.doSignature(payload, scalar, options), "hex");
}

/** Whether a signature holds; bytes that are no signature at all do not. */
export function verifyWith({ algorithm, object }: VerifyingKey, payload: Buffer, signature: Buffer): boolean {
  try {
    if (algorithm === "ed25519") return verify(null, payload, object, signature);
    // Bytes after the DER sequence, which the library would pass over, are no part of any signature.
    if (signature[1] !== signature.length - 2) return false;
    return sm2.doVerifySignature(payload, signature.toString("hex"), pointOf(object), { der: true, hash: true, userId: SM2_IDENTITY });
  } catch {
    return false;
  }
}

function verifyingKey(object: KeyObject): VerifyingKey | undefined {
  const spki = object.export({ type: "spki", format: "der" });
  const id = `sha256:${createHash("sha256").update(spki).digest("hex")}`;
  if (object.asymmetricKeyType === "ed25519") return { algorithm: "ed25519", id, object };
  // Node has no name for the type of an SM2 key that it read.
  const isSm2 = spki.subarray(2, 2 + SM2_ALGORITHM.length).equals(SM2_ALGORITHM);
  return isSm2 ? { algorithm: "sm2", id, object } : undefined;
}

function pointOf(object: KeyObject): string {
  return object.export({ type: "spki", format: "der" }).subarray(-POINT_BYTES).toString("hex");
}
