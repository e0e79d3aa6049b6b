import { Argument, Option } from "commander";
import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import type { CommandDefinition } from "./command.ts";
import { addOutOption, addTreeOptions, readDay, readHead, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import { renderCatalogText } from "./render/catalog-text.ts";
import { type CatalogView, catalogView, SECTIONS, type Section } from "./render/catalog-view.ts";
import { jsonText } from "./render/json-text.ts";

interface CatalogOptions extends TreeOptions {
  readonly format: "text" | "json";
}

export const command: CommandDefinition = {
  name: "catalog",
  summary: "目录：附件1各项、价格、资源池、规格、镜像、组件 / Lines, prices, pools, flavors, images and components as tables",
  examples: [
    "npm run catalog",
    "npm run catalog -- pools",
    "npm run catalog -- lines --lang en --at 2025-08-01",
    "npm run catalog -- --format json",
  ],
  configure: (parser) => {
    addOutOption(addTreeOptions(parser))
      .addArgument(new Argument("[sections...]", "只看这些部分 / show these parts only").choices([...SECTIONS]))
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

/** Prints what the catalogue of a tree says. */
function run(options: CatalogOptions, sections: readonly string[]): number {
  const at = readDay(options.at);
  const { catalogue } = readHead(options);
  const contract = contractAt(catalogue, at);
  const view: CatalogView = catalogView(catalogue, contract, priceBookAt(catalogue, contract, at), at, options.lang);
  const wanted = sections.length === 0 ? SECTIONS : (sections as readonly Section[]);
  const shown = {
    schema: view.schema,
    at: view.at,
    contract: view.contract,
    ...Object.fromEntries(wanted.map((section) => [section, view[section]])),
  };
  writeResult(options.format === "json" ? jsonText(shown) : renderCatalogText(view, wanted, options.lang), options.out);
  return 0;
}
