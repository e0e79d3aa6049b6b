import type { StateStore } from "./state-store.ts";

/** What an engine and its providers need of this process's environment; everything else could override the configuration silently (#434). */
const PASSED = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TF_CLI_CONFIG_FILE",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
];
const CREDENTIALS = ["OS_USERNAME", "OS_PASSWORD", "KUBE_TOKEN"];

export interface EngineEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Takes every secret that this environment holds out of the engine's words. */
  readonly redact: (words: string) => string;
}

/** The environment of the engine's processes. Without a cloud no credential reaches them. */
export function engineEnvironment(
  from: NodeJS.ProcessEnv,
  options: { readonly store: StateStore; readonly cloud: boolean; readonly pluginCache?: string },
): EngineEnvironment {
  const variables: Record<string, string> = {
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    // Providers of one lock file are linked from the cache instead of being unpacked for every system.
    ...(options.pluginCache === undefined ? {} : { TF_PLUGIN_CACHE_DIR: options.pluginCache }),
    ...options.store.environment,
  };
  for (const name of options.cloud ? [...PASSED, ...CREDENTIALS] : PASSED) {
    const value = from[name];
    if (value !== undefined && value !== "") variables[name] = value;
  }
  const passphrase = from["GOVCLOUD_STATE_PASSPHRASE"];
  if (passphrase !== undefined && passphrase !== "") variables["TF_ENCRYPTION"] = encryption(passphrase);
  return { variables, redact: redactor([from["OS_PASSWORD"], from["KUBE_TOKEN"], passphrase, ...passwordsOf(options.store)]) };
}

/** OpenTofu's encryption of state and plan (AES-GCM, key from the passphrase by PBKDF2); enforced, so that nothing is ever written in clear. */
function encryption(passphrase: string): string {
  // A method is named by a bare reference: as a template OpenTofu refuses it.
  return JSON.stringify({
    key_provider: { pbkdf2: { govcloud: { passphrase } } },
    method: { aes_gcm: { govcloud: { keys: "${key_provider.pbkdf2.govcloud}" } } },
    state: { method: "method.aes_gcm.govcloud", enforced: true },
    plan: { method: "method.aes_gcm.govcloud", enforced: true },
  });
}

function passwordsOf({ environment }: StateStore): string[] {
  const connection = environment["PG_CONN_STR"];
  if (connection === undefined) return [];
  const { password } = new URL(connection);
  return [connection, password, decodeURIComponent(password)];
}

/** Words without the secrets, and without what looks like one in the engine's own messages. */
function redactor(secrets: readonly (string | undefined)[]): (words: string) => string {
  // A short secret would black out half the message, and is none worth keeping.
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 4);
  return (words) =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, "***"), words)
      .replace(/\b(password|token|secret|passphrase)(["']?\s*[=:]\s*)("[^"]*"|\S+)/gi, "$1$2***")
      .replace(/(\w+:\/\/[^\s:/@]+:)[^\s@]+@/g, "$1***@");
}
