import { expect, test } from "vitest";
import { reasonForChange } from "../../catalog/change-reason.ts";
import { declaration } from "../declared.ts";

const EARLIER = "年终结算并发增加，扩容应用服务器";

test.each([
  { reason: "参保登记高峰，扩容应用服务器", wanted: undefined },
  { reason: "a busy week", wanted: undefined },
  { reason: undefined, wanted: "wanted changeReason" },
  { reason: "  ", wanted: "wanted changeReason" },
  { reason: ".", wanted: 'changeReason "." says nothing, wanted 8 characters or more' },
  { reason: "........................", wanted: 'changeReason "........................" says nothing, wanted 8 characters or more' },
  { reason: "扩容扩容扩容扩容", wanted: 'changeReason "扩容扩容扩容扩容" says nothing, wanted 8 characters or more' },
  { reason: "业务需要扩容吧", wanted: 'changeReason "业务需要扩容吧" says nothing, wanted 8 characters or more' },
  { reason: EARLIER, wanted: "changeReason is that of an earlier change, wanted this change's" },
  { reason: ` ${EARLIER.replace("，", " ")}。`, wanted: "changeReason is that of an earlier change, wanted this change's" },
])("$reason", ({ reason, wanted }) => {
  const found = reasonForChange(declaration({ changeReason: reason }), declaration({ changeReason: EARLIER }));
  expect(found.kind === "given" ? undefined : found.wanted.en).toBe(wanted);
});
