import { describe, expect, test } from "vitest";
import { commentBody, hasMarker, inert, MAX_COMMENT, runOf } from "../../../scripts/forge/comment-body.ts";
import { markdownSafe } from "../../../scripts/render/escape.ts";

const NOWHERE = { url: undefined, words: "Everything" };
const ORIGIN = { run: 12, headSha: "abc" };

describe("Nothing in a comment calls anybody or commands anything", () => {
  test.each([
    { what: "a mention, escaped as every text is", words: markdownSafe("@all"), inert: "&#64;&#8203;all" },
    {
      what: "a mention that is not escaped",
      words: "ask @all, (@owner) or a@example.org",
      inert: "ask @&#8203;all, (@&#8203;owner) or a@example.org",
    },
    { what: "a request's number", words: markdownSafe("!12 #13"), inert: "&#33;&#8203;12 &#35;&#8203;13" },
    {
      what: "a quick action of GitLab",
      words: "/approve\n  /merge\n> /close\n\t/label ~x",
      inert: "&#47;approve\n  &#47;merge\n> &#47;close\n\t&#47;label ~x",
    },
    { what: "a slash inside a line", words: "hrss/social and /tmp", inert: "hrss/social and /tmp" },
    {
      what: "fenced code, and what follows it",
      words: "```yaml\n  - @owner\n/merge\n```\n/merge",
      inert: "```yaml\n  - @owner\n/merge\n```\n&#47;merge",
    },
    { what: "tags", words: "</details>\n<br/>", inert: "</details>\n<br/>" },
  ])("$what", ({ words, inert: wanted }) => {
    expect(inert(words)).toBe(wanted);
  });
});

describe("The body", () => {
  test("begins with its marker and tells its pipeline", () => {
    const body = commentBody("plan", "## words\n", ORIGIN, {
      url: "https://gitlab.example/a/-/jobs/5/artifacts/browse",
      words: "Everything",
    });
    expect(body).toBe(
      "<!-- govcloud:plan -->\n<!-- govcloud:origin run=12 head=abc -->\n## words\n\n<sub>Everything: <https://gitlab.example/a/-/jobs/5/artifacts/browse></sub>\n",
    );
    expect([hasMarker(body, "plan"), hasMarker(body, "applied"), runOf(body)]).toEqual([true, false, 12]);
  });

  test.each([
    { what: "a quotation of our comment", body: "> <!-- govcloud:plan -->\n> words" },
    { what: "our marker further down", body: "words\n<!-- govcloud:plan -->" },
    { what: "a longer marker", body: "<!-- govcloud:planned -->" },
  ])("is not $what", ({ body }) => {
    expect(hasMarker(body, "plan")).toBe(false);
  });

  test("stays under every forge's limit, cut at a line's end, its link whole", () => {
    const url = "https://gitlab.example/a/-/jobs/5/artifacts/browse";
    const body = commentBody("plan", `${"| line |\n".repeat(20_000)}`, ORIGIN, { url, words: "Everything" });
    expect(body.length).toBeLessThanOrEqual(MAX_COMMENT);
    expect(body.endsWith(`| line |\n\n…\n\n<sub>Everything: <${url}></sub>\n`)).toBe(true);
  });

  test("holds no link that is none", () => {
    expect(
      commentBody("plan", "x", { run: undefined, headSha: undefined }, { url: "https://x.example/a>b [c](d)", words: "w" }),
    ).not.toContain("](");
    expect(runOf(commentBody("plan", "x", { run: undefined, headSha: undefined }, NOWHERE))).toBe(undefined);
  });
});
