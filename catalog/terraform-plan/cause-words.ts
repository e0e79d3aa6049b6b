import type { Image } from "../image.ts";
import { clip } from "../source/visible-text.ts";
import { type Text, text } from "../text.ts";
import { damageNotes } from "./damage-notes.ts";
import { type ResourceChange, valuesAt } from "./planned-resource.ts";
import { subjectWords } from "./subject-words.ts";

const ACTIONS: Readonly<Record<ResourceChange["action"], Text>> = {
  create: text("新建", "it is created"),
  update: text("就地修改", "it is changed in place"),
  replace: text("销毁后重建", "it is destroyed and made anew"),
  delete: text("删除", "it is deleted"),
  forget: text("不再由 Terraform 管理", "it is let go of by Terraform"),
  "no-op": text("不变", "it stays"),
};

/**
 * What makes a change and what it is made to, as half a sentence: `size of volume shop-data changes from 20 to 15, so it is changed in place`. What
 * else there is to know about it follows.
 */
export function causeWords(change: ResourceChange, images: Images = NO_IMAGES): Text {
  const cause = causeAlone(change, keysById(images));
  return damageNotes(change).reduce((sum, note) => text(`${sum.zh}；${note.zh}`, `${sum.en}; ${note.en}`), cause);
}

/** Images of the catalogue by their keys. */
type Images = ReadonlyMap<string, Image>;
const NO_IMAGES: Images = new Map();
const KEYS = new WeakMap<Images, ReadonlyMap<string, string>>();

/** Key of an image by its id in whichever pool; read once for all changes. */
function keysById(images: Images): ReadonlyMap<string, string> {
  let keys = KEYS.get(images);
  if (keys === undefined) {
    keys = new Map([...images.values()].flatMap(({ key, pools }) => Object.values(pools).map((id) => [id, key] as const)));
    KEYS.set(images, keys);
  }
  return keys;
}

function causeAlone({ action, cause, before, after }: ResourceChange, images: ReadonlyMap<string, string>): Text {
  const what = ACTIONS[action];
  const resource = after ?? before;
  const subject = resource === undefined ? text("", "it") : subjectWords(resource);
  const [path, ...others] = cause;
  if (path === undefined) return text(`${subject.zh} ${PASSIVE.has(action) ? "被" : ""}${what.zh}`, what.en.replace(/^it/, subject.en));
  const [idBefore, idAfter] = firstDifference(valuesAt(before, path), valuesAt(after, path));
  // An image is known to people by its key in the catalogue, not by the cloud's id.
  const [from, to] = [images.get(String(idBefore)) ?? idBefore, images.get(String(idAfter)) ?? idAfter];
  const first = from === idBefore && to === idAfter ? path : "image";
  const later = after?.unknown.has(path) === true && after.sensitive?.has(path) !== true && to === undefined && from !== undefined;
  const more = alsoWords(others);
  if (from === undefined && to === undefined)
    return text(
      `${subject.zh} 的 ${first} 所引用的资源变了${more.zh}，因而${what.zh}`,
      `what ${first} of ${subject.en} refers to changes${more.en}, so ${what.en}`,
    );
  return text(
    `${subject.zh} 的 ${first} 从 ${written(from, "无")} 改为 ${later ? "执行后才知道的值" : written(to, "无")}${more.zh}，因而${what.zh}`,
    `${first} of ${subject.en} changes from ${written(from, "none")} to ${later ? "a value known after apply" : written(to, "none")}${more.en}, so ${what.en}`,
  );
}

/**
 * A change that was made behind the engine's back, as a sentence: `size of volume shop-data went from 20 to 25`. The change's `before` is what the
 * state had, its `after` what was found.
 */
export function driftWords({ action, cause, before, after }: ResourceChange): Text {
  const resource = after ?? before;
  const subject = resource === undefined ? text("", "it") : subjectWords(resource);
  if (action === "delete") return text(`${subject.zh} 已经不在云上`, `${subject.en} is no longer in the cloud`);
  const [first, ...others] = cause;
  if (first === undefined) return text(`${subject.zh} 在云上被改过`, `${subject.en} was changed in the cloud`);
  const [from, to] = firstDifference(valuesAt(before, first), valuesAt(after, first));
  const more = alsoWords(others);
  // Of a secret nobody tells more than that it is another one.
  if (from === undefined && to === undefined)
    return text(`${subject.zh} 的 ${first} 在云上被改过${more.zh}`, `${first} of ${subject.en} was changed in the cloud${more.en}`);
  return text(
    `${subject.zh} 的 ${first} 从 ${written(from, "无")} 变成了 ${written(to, "无")}${more.zh}`,
    `${first} of ${subject.en} went from ${written(from, "none")} to ${written(to, "none")}${more.en}`,
  );
}

function alsoWords(others: readonly string[]): Text {
  return others.length === 0 ? text("", "") : text(`（还有 ${others.join("、")}）`, ` (and ${others.join(", ")})`);
}

const PASSIVE: ReadonlySet<ResourceChange["action"]> = new Set(["create", "update", "replace", "delete"]);

function firstDifference(before: readonly unknown[], after: readonly unknown[]): readonly [unknown, unknown] {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index += 1) {
    if (JSON.stringify(before[index]) !== JSON.stringify(after[index])) return [before[index], after[index]];
  }
  return [undefined, undefined];
}

function written(value: unknown, none: string): string {
  if (value === undefined || value === null) return none;
  return clip(JSON.stringify(value));
}
