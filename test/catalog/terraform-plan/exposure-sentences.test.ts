import { describe, expect, test } from "vitest";
import { compareExposure, type ExposureChange, type Reachable, readExposure } from "../../../catalog/terraform-plan/exposure.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import { exposureSentences } from "../../../scripts/render/words.ts";
import { api, openRules } from "./exposure-plans.ts";
import { type Resources, stackOf } from "./shop.ts";

const open = (protocol: string, ports: string, from: string, server = "shop-app-1"): Reachable => ({ server, protocol, ports, from });

describe("One opening as a sentence:", () => {
  test.each([
    {
      opening: open("tcp", "443", "internet"),
      zh: "shop-app-1 的 tcp 443：此前外面不可访问，此后可从互联网访问",
      en: "shop-app-1 tcp 443: not reachable before, reachable from the internet after",
    },
    {
      opening: open("tcp", "any", "anyone"),
      zh: "shop-app-1 的 tcp 所有端口：此前外面不可访问，此后可从任何可路由到的地址访问",
      en: "shop-app-1 every tcp port: not reachable before, reachable from any address that routes to it after",
    },
    {
      opening: open("any", "any", "unknown"),
      zh: "shop-app-1 的 所有协议的所有端口：此前外面不可访问，此后可从尚不知道的来源访问",
      en: "shop-app-1 every port of every protocol: not reachable before, reachable from a source not known yet after",
    },
    {
      opening: open("icmp", "8", "10.0.0.0/8"),
      zh: "shop-app-1 的 icmp 类型 8：此前外面不可访问，此后可从10.0.0.0/8访问",
      en: "shop-app-1 icmp type 8: not reachable before, reachable from 10.0.0.0/8 after",
    },
    {
      opening: open("icmp", "any", "10.0.0.0/8"),
      zh: "shop-app-1 的 icmp 所有类型：此前外面不可访问，此后可从10.0.0.0/8访问",
      en: "shop-app-1 every icmp type: not reachable before, reachable from 10.0.0.0/8 after",
    },
    {
      opening: open("tcp", "unknown", "10.0.0.0/8"),
      zh: "shop-app-1 的 tcp 尚不知道的端口：此前外面不可访问，此后可从10.0.0.0/8访问",
      en: "shop-app-1 tcp ports not known yet: not reachable before, reachable from 10.0.0.0/8 after",
    },
  ])("$en", ({ opening, zh, en }) => {
    const change: ExposureChange = { ...opening, change: "opened" };
    const told = (lang: "zh" | "en") => exposureSentences([change], lang).map(({ words }) => words);
    expect([told("zh"), told("en")]).toEqual([[zh], [en]]);
  });
});

describe("A change of exposure tells each port before and after:", () => {
  const sentences = (before: readonly Reachable[], after: readonly Reachable[], lang: "zh" | "en") =>
    exposureSentences(compareExposure(before, after), lang).map(({ change, words }) => `${change} ${words}`);
  const exposureOf = (resources: Resources) => readExposure(readSynthesised(stackOf(resources)));

  test("what opens, what closes, what widens and what narrows", () => {
    const before = [
      open("tcp", "22", "10.99.0.0/16"),
      open("tcp", "80", "internet"),
      open("tcp", "5432", "10.20.9.0/24"),
      open("tcp", "5432", "10.20.8.0/24"),
    ];
    const after = [
      open("tcp", "22", "10.99.0.0/16"),
      open("tcp", "22", "internet"),
      open("tcp", "443", "internet"),
      open("tcp", "5432", "10.20.9.0/24"),
    ];
    expect(sentences(before, after, "en")).toEqual([
      "opened shop-app-1 tcp 22: reachable from 10.99.0.0/16 before, reachable from 10.99.0.0/16, the internet after",
      "closed shop-app-1 tcp 80: reachable from the internet before, not reachable after",
      "opened shop-app-1 tcp 443: not reachable before, reachable from the internet after",
      "closed shop-app-1 tcp 5432: reachable from 10.20.8.0/24, 10.20.9.0/24 before, reachable from 10.20.9.0/24 after",
    ]);
    expect(sentences(before, after, "zh")).toEqual([
      "opened shop-app-1 的 tcp 22：此前可从10.99.0.0/16访问，此后可从10.99.0.0/16、互联网访问",
      "closed shop-app-1 的 tcp 80：此前可从互联网访问，此后外面不可访问",
      "opened shop-app-1 的 tcp 443：此前外面不可访问，此后可从互联网访问",
      "closed shop-app-1 的 tcp 5432：此前可从10.20.8.0/24、10.20.9.0/24访问，此后可从10.20.9.0/24访问",
    ]);
  });

  test("servers of which the same is true are told together, what stays is not told", () => {
    const after = [1, 2, 3, 5].map((index) => open("tcp", "443", "internet", `shop-app-${index}`));
    expect(sentences([], after, "en")).toEqual([
      "opened shop-app-1…3, shop-app-5 tcp 443: not reachable before, reachable from the internet after",
    ]);
    expect(sentences(after, after, "en")).toEqual([]);
  });

  test("the recorded plan that opens eleven rules", () => {
    expect(sentences(exposureOf(api()), exposureOf(openRules()), "en")).toEqual([
      "opened api-1 every port of every protocol: not reachable before, reachable from 10.0.0.0/8, 10.1.0.0/16, any address that routes to it after",
      "opened api-1 every icmp type: not reachable before, reachable from 10.0.0.0/8 after",
      "opened api-1 tcp 22: reachable from 10.99.0.0/16 before, reachable from 10.99.0.0/16, any IPv6 address, any address that routes to it after",
      "opened api-1 tcp 443: not reachable before, reachable from any address that routes to it after",
      "opened api-1 every tcp port: not reachable before, reachable from 172.16.0.0/12, 172.17.0.0/16, 192.168.0.0/16 after",
    ]);
  });
});
