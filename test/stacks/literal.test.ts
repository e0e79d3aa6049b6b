import { expect, test } from "vitest";
import { literal } from "../../stacks/constructs/literal.ts";

// Each was read back unchanged from a real `terraform output`.
test.each([
  { words: "社会保险 $5 100%", emitted: "社会保险 $5 100%" },
  { words: "${path.root}", emitted: "$${path.root}" },
  { words: "%{ if true }", emitted: "%%{ if true }" },
  { words: "$${a}", emitted: "$$${a}" },
  { words: "%$${x}", emitted: "%$$${x}" },
])("$words reaches Terraform as $emitted", ({ words, emitted }) => {
  expect(literal(words)).toBe(emitted);
});

test("Text with CDKTF's own marker is refused", () => {
  expect(() => literal("${TfToken[TOKEN.0]}")).toThrow("Cannot emit the text");
});
