import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Starts the system's Chromium, which is Debian's package, installed where root and apt are there; or says why there is none. */
export async function startBrowser(): Promise<Browser | { readonly reason: string }> {
  if (!isThere() && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args: string[]) => spawnSync("apt-get", args, { env, timeout: 300_000 }).status === 0;
    const install = () => apt("install", "-y", "--no-install-recommends", "chromium");
    if (!install() && apt("update")) install();
  }
  if (!isThere()) return { reason: "this machine has no Chromium and cannot install Debian's package" };
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function isThere(): boolean {
  try {
    accessSync(CHROMIUM, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
