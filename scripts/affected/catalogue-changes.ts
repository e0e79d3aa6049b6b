import type { ItemId } from "../../catalog/annex-1.ts";
import type { Catalogue } from "../../catalog/catalogue.ts";
import { type ChangedValue, changedValues } from "../../catalog/source/changed-values.ts";
import { matchesPath } from "../../catalog/source/path-pattern.ts";
import { platformQuantities } from "../../cost/declared-quantities.ts";
import { type Change, changeWords, EVERYBODY, type FilePair, lineOf, NOBODY, pairFiles, type ReasonKind, type Touches } from "./change.ts";
import { flavorChanges } from "./flavor-changes.ts";
import { priceChanges } from "./price-changes.ts";
import type { Uses } from "./uses.ts";

interface Catalogues {
  readonly before: Catalogue;
  readonly after: Catalogue;
}

/** Whom the values of a file touch: the first pattern above a value says it, the last matches all that is not known to touch fewer. */
interface Rules {
  readonly kind: ReasonKind;
  readonly file: RegExp;
  readonly touches: readonly (readonly [pattern: string, touches: (change: ChangedValue, both: Catalogues) => Touches])[];
}

const nobody = () => NOBODY;
const everybody = () => EVERYBODY;

/** The systems of the changed value's pool, as far as they use something more. */
function ofPool({ path }: ChangedValue, more: (uses: Uses) => boolean = () => true): Touches {
  const pool = String(path[1]);
  return { platform: false, systems: (uses) => uses.pool === pool && more(uses) };
}

const withPlatform = (touches: Touches): Touches => ({ ...touches, platform: true });

const RULES: readonly Rules[] = [
  {
    kind: "contract",
    file: /^catalog\/contracts\/[^/]+\.yaml$/,
    touches: [
      ["circuits", () => withPlatform(NOBODY)],
      // Money and dates of the whole contract, and words: no system is built, priced or judged by them.
      ...["name", "purchaser", "operator", "factor", "vatRate", "estimate", "payments", "deadlines"].map((key) => [key, nobody] as const),
      ["", everybody],
    ],
  },
  {
    kind: "annex-1",
    file: /^catalog\/annex-1\.yaml$/,
    touches: [
      ...["level1", "level2", "level3", "name", "description", "clause", "doubt"].map((key) => [`items.*.${key}`, nobody] as const),
      ["items.*", ({ names }, both) => lineTouches(names[1] as ItemId, both)],
      ["", everybody],
    ],
  },
  {
    kind: "pool",
    file: /^catalog\/pools\.yaml$/,
    touches: [
      ["pools.*.name", nobody],
      ["pools.*.dataCentres.*.name", nobody],
      ["pools.*.egress.*.purpose", nobody],
      ["pools.*.racks.*", (change) => ofPool(change, ({ racks }) => racks.has(String(change.path[3])))],
      ["pools.*.gpuImage", (change) => ofPool(change, ({ boxes }) => boxes.size > 0)],
      ["pools.*.openstack", (change) => withPlatform(ofPool(change))],
      ["pools.*.*", (change) => ofPool(change)],
      ["pools.*", (change) => withPlatform(ofPool(change))],
      ["", everybody],
    ],
  },
  {
    kind: "image",
    file: /^catalog\/images\.yaml$/,
    touches: [
      ["images.*.name", nobody],
      [
        "images.*.pools.*",
        ({ path }) => withPlatform({ ...NOBODY, systems: ({ images, pool }) => pool === path[3] && images.has(String(path[1])) }),
      ],
      ["images.*", ({ path }) => withPlatform({ ...NOBODY, systems: ({ images }) => images.has(String(path[1])) })],
      ["", everybody],
    ],
  },
  {
    kind: "component",
    file: /^catalog\/components\.yaml$/,
    touches: [
      ["components.*.name", nobody],
      [
        "components.*",
        ({ path }, { before, after }) => {
          const lines = [before, after].flatMap(({ components }) => components.find(({ key }) => key === path[1])?.bundles ?? []);
          return { ...NOBODY, systems: ({ bundles }) => lines.some((line) => bundles.has(line)) };
        },
      ],
      ["", everybody],
    ],
  },
];

/** Everything that differs between two catalogues, and whom it touches; what touches nobody among it. */
export function catalogueChanges(before: Catalogue, after: Catalogue): readonly Change[] {
  const both = { before, after };
  const pairs = pairFiles(before.sources.values(), after.sources.values());
  return [
    ...pairs
      .filter(({ path }) => !COMPARED_APART.test(path))
      .flatMap((pair) => fileChanges(pair, RULES.find(({ file }) => file.test(pair.path)) ?? UNKNOWN_FILE, both)),
    ...flavorChanges(before, after),
    ...priceChanges(before, after, (item) => lineTouches(item, both)),
  ];
}

const COMPARED_APART = /^catalog\/(?:flavors\.yaml$|price-books\/)/;
/** A kind of file that nobody thought of here touches everything. */
const UNKNOWN_FILE: Rules = { kind: "platform-data", file: /^/, touches: [["", everybody]] };

function fileChanges(pair: FilePair, { kind, touches }: Rules, both: Catalogues): Change[] {
  return changedValues(pair.before?.value, pair.after?.value).map((change) => {
    const rule = touches.find(([pattern]) => matchesPath(pattern, change.path, "above"));
    return {
      kind,
      file: pair.path,
      line: lineOf(change, pair),
      words: changeWords(change),
      touches: rule === undefined ? EVERYBODY : rule[1](change, both),
    };
  });
}

/** The systems that use a line of Annex 1; what the contract has once is the platform's. */
function lineTouches(item: ItemId, { before, after }: Catalogues): Touches {
  const once = [...before.contracts, ...after.contracts].some((contract) => platformQuantities(contract).has(item));
  return { platform: once, systems: ({ items }) => items.has(item) };
}
