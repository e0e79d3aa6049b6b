import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lang } from "../../../catalog/text.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { renderRightSizeHtml } from "../../../scripts/render/right-size-html.ts";
import { buildRightSize } from "../../../scripts/right-size/build-right-size.ts";
import { rightSizeResult } from "../../../scripts/right-size/put-into-words.ts";
import type { RightSizeResult } from "../../../scripts/right-size/result.ts";
import { usageMonth } from "../../catalog/sizing/usage.ts";
import { realTree } from "../../tree.ts";
import { startBrowser } from "./browser.ts";

const HEAD = readCheckedTree(realTree());
const USED = {
  "hrss/job-service/web-1": { cpu: "10", memory: "35", disk: "51.5" },
  "hrss/job-service/web-2": { cpu: "14", memory: "35", disk: "44" },
  "hrss/job-service/app-1": { cpu: "75", memory: "72" },
  "hrss/job-service/app-2": { cpu: "97", memory: "74" },
  "hrss/job-service/db-1": { cpu: "40", memory: "40", disk: "400" },
  "health/emergency-dispatch/call-1": { cpu: "15.00001", memory: "12", disk: "30", coverage: "0.5" },
  "transport/bus-dispatch/app-1": { cpu: "91", memory: "50", disk: "52" },
  "transport/bus-dispatch/app-2": { cpu: "12", memory: "50", disk: "52" },
  "transport/bus-dispatch/app-3": { cpu: "11", memory: "50", disk: "52" },
};
const HOSTILE = `</title><script>console.error("ran")</script><img src=x onerror='console.error("ran")'>&"'`;

function resultIn(lang: Lang): RightSizeResult {
  const only = new Set(["hrss/job-service", "health/emergency-dispatch", "transport/bus-dispatch"]);
  return rightSizeResult(buildRightSize(HEAD, usageMonth(USED), { at: Temporal.PlainDate.from("2026-02-02"), only }), lang);
}

function render(result: RightSizeResult, lang: Lang): string {
  return renderRightSizeHtml(result, { lang, rules: HEAD.catalogue.resourceUsage });
}

/** Words of others wherever a result has them. */
function hostileResult(): RightSizeResult {
  const result = resultIn("en");
  const [first] = result.servers;
  if (first === undefined) throw new Error("wanted a server");
  return {
    ...result,
    servers: [{ ...first, name: HOSTILE, server: HOSTILE, system: `hrss/${HOSTILE}`, tenant: HOSTILE, notes: [HOSTILE] }],
    totals: { ...result.totals, bureaus: [{ tenant: HOSTILE, name: HOSTILE, monthly: first.monthly }] },
    leftOut: [{ system: HOSTILE, server: HOSTILE, index: null, reason: HOSTILE }],
    notes: [HOSTILE],
  };
}

test("The page names no address, runs nothing and escapes what others wrote", () => {
  const page = render(hostileResult(), "en");
  // Names of namespaces are no addresses: nothing is fetched by them.
  expect(page.replaceAll(/ xmlns(?::xlink)?="http:\/\/www\.w3\.org\/[^"]*"/g, "")).not.toMatch(
    /https?:|<script|<img|@import|url\(|javascript:/i,
  );
  expect(page.match(/<script|<img|onerror='/g)).toBeNull();
  expect(page).toContain("default-src 'none'");
});

describe("In a real browser", () => {
  let browser: Browser | { readonly reason: string };
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "govcloud-page-"));
    browser = await startBrowser();
  }, 600_000);
  afterAll(async () => {
    if ("close" in browser) await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page from the disk; what its console said and what it asked for. */
  async function open(html: string) {
    if ("reason" in browser) throw new Error(browser.reason);
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    const said: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, said, asked, url: pathToFileURL(file).href };
  }

  test.each([
    [
      "zh",
      "2026-01 资源使用率与调整建议",
      ["卫生健康委员会", "人力资源和社会保障局", "交通运输局", "没有建议的服务器"],
      "全部照办，每月（目录价）",
    ],
    [
      "en",
      "Resource use and advice, 2026-01",
      ["卫生健康委员会", "人力资源和社会保障局", "交通运输局", "Servers without advice"],
      "All followed, a month (list price)",
    ],
  ] as const)(
    "the page has a chart for each bureau, the advice and the saving, and its console is silent: %s",
    async (lang, title, headings, saving) => {
      if ("reason" in browser) return console.warn(`skipped: ${browser.reason}`);
      const result = resultIn(lang);
      const { page, said, asked, url } = await open(render(result, lang));
      expect(await page.title()).toBe(title);
      expect(new Set(await page.locator("h2").allTextContents())).toEqual(new Set(headings));
      expect(await page.locator("figure svg").count()).toBe(result.totals.bureaus.length);
      const jobs = page.locator("#hrss");
      expect(await jobs.locator("figure svg text").allTextContents()).toEqual(
        expect.arrayContaining(["job-service web", "12%", "86%", "×3", "½"]),
      );
      expect(await jobs.locator("table").first().locator("tbody tr").allInnerTexts()).toEqual([
        expect.stringContaining("4 → 12"),
        expect.stringContaining("560 → 470"),
        expect.stringContaining("4 → 1"),
      ]);
      expect(await page.locator(".card").first().innerText()).toContain(saving);
      if (process.env["GOVCLOUD_SCREENSHOT"] !== undefined)
        await page.screenshot({ path: `${process.env["GOVCLOUD_SCREENSHOT"]}-${lang}.png`, fullPage: true });
      expect({ said, asked }).toEqual({ said: [], asked: [url] });
      await page.close();
    },
  );

  test("no label is cut or runs out of its picture", async () => {
    if ("reason" in browser) return console.warn(`skipped: ${browser.reason}`);
    const { page } = await open(render(resultIn("zh"), "zh"));
    const outside = await page.locator("figure svg text").evaluateAll((labels) =>
      labels
        .filter((label) => {
          const [own, whole] = [label.getBoundingClientRect(), label.closest("svg")?.getBoundingClientRect()];
          return (
            whole === undefined || own.left < whole.left || own.right > whole.right || own.top < whole.top || own.bottom > whole.bottom
          );
        })
        .map((label) => label.textContent),
    );
    expect(outside).toEqual([]);
    await page.close();
  });

  test("what others wrote is shown as text", async () => {
    if ("reason" in browser) return console.warn(`skipped: ${browser.reason}`);
    const { page, said, asked, url } = await open(render(hostileResult(), "en"));
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.locator("h2").first().textContent()).toBe(HOSTILE);
    expect({ said, asked }).toEqual({ said: [], asked: [url] });
    await page.close();
  });
});
